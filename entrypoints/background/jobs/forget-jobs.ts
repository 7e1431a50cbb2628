/** Forgets jobs, with all that is kept of them anywhere. */
import { browser } from 'wxt/browser';
import type { Compare } from './compare';
import type { JobRunner } from './job-runner';
import type { Dependencies } from '../calls/dependencies';
import { hasPrivateWindow } from '../tabs/private-windows';

interface Keepers extends Pick<Dependencies, 'store' | 'storedImages' | 'journal'> {
  runner: Pick<JobRunner, 'remove'>;
}

/** Their words, their images, and what the history has of them. */
export async function forgetJobs(
  { runner, store, storedImages, journal }: Keepers,
  jobIds: readonly string[],
): Promise<void> {
  await store.ready;
  const here = jobIds.flatMap((id) => store.get(id) ?? []);
  for (const { id } of here) await runner.remove(id);
  for (const { id, images = [] } of here) {
    for (const each of [id, ...images.map((image) => image.id)]) await storedImages.remove(each);
  }
  await journal.remove(jobIds);
}

/** Forgets what private windows have left, once the last of them is closed. Call it synchronously. */
export function forgetWithPrivateWindows(dependencies: Keepers & { compare: Compare }): void {
  browser.windows.onRemoved.addListener(() => void forget());

  async function forget(): Promise<void> {
    if (await hasPrivateWindow()) return;
    const { forgetPrivateSites } = await import('../settings/settings-owner');
    await forgetPrivateSites();
    await dependencies.store.ready;
    const gone = dependencies.store.list().filter(({ image }) => image.private);
    if (gone.length > 0) {
      await forgetJobs(
        dependencies,
        gone.map(({ id }) => id),
      );
    }
    await dependencies.compare.remove({ private: true });
  }
}
