/** Forgets jobs, with all that is kept of them anywhere. */
import { browser } from 'wxt/browser';
import type { Compare } from './compare';
import type { Parts } from '../calls/handlers';
import { hasPrivateWindow } from '../tabs/private-windows';
import { forgetPrivateSites } from '../settings/settings-owner';

type Keepers = Pick<Parts, 'runner' | 'store' | 'kept' | 'journal'>;

/** Their words, their images, and what the history has of them. */
export async function forgetJobs(
  { runner, store, kept, journal }: Keepers,
  jobIds: readonly string[],
): Promise<void> {
  await store.ready;
  const here = jobIds.flatMap((id) => store.get(id) ?? []);
  for (const { id } of here) await runner.remove(id);
  for (const { id, compared = [] } of here) {
    for (const each of [id, ...compared.map((image) => image.id)]) await kept.remove(each);
  }
  await journal.remove(jobIds);
}

/** Forgets what private windows have left, once the last of them is closed. Call it synchronously. */
export function forgetWithPrivateWindows(parts: Keepers & { compare: Compare }): void {
  browser.windows.onRemoved.addListener(() => void forget());

  async function forget(): Promise<void> {
    if (await hasPrivateWindow()) return;
    await forgetPrivateSites();
    await parts.store.ready;
    const gone = parts.store.list().filter(({ image }) => image.private);
    if (gone.length > 0) {
      await forgetJobs(
        parts,
        gone.map(({ id }) => id),
      );
    }
    await parts.compare.remove({ private: true });
  }
}
