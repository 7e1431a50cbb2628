// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { App } from '../../../entrypoints/result/app';
import type { FeedMessage } from '../../../utils/browser/messaging/feed';
import { messenger } from '../../../utils/browser/messaging/messenger';
import { AppError } from '../../../utils/core/errors';
import { listenAsBackground } from '../../fixtures/background';
import { DONE } from '../../fixtures/job-states';
import { jobIn } from '../../fixtures/jobs';

/** What the background tells over its port. */
let tell: ((message: FeedMessage) => void) | undefined;
const remove = vi.fn<() => void>();

beforeEach(() => {
  fakeBrowser.reset();
  tell = undefined;
  document.title = 'Descry';
  // The fake browser has no ports and no window.
  Object.assign(fakeBrowser.runtime, {
    connect: () => ({
      onMessage: { addListener: (listener: NonNullable<typeof tell>) => (tell = listener) },
      onDisconnect: { addListener: () => {} },
      postMessage: () => {},
      disconnect: () => {},
    }),
  });
  Object.assign(fakeBrowser.windows, { getCurrent: () => Promise.resolve({ incognito: false }) });
  listenAsBackground({
    'history.problem': () => undefined,
    'job.remove': remove,
    'job.reveal': () => {
      throw new AppError('unexpected');
    },
  });
});

afterEach(() => {
  cleanup();
  messenger.removeAllListeners();
  vi.resetAllMocks();
});

const SHOWN = jobIn(DONE, { id: 'shown' });
const OTHER = jobIn({ ...DONE, text: 'Of another image.' }, { id: 'other' });

/** First it shows what is stored. */
async function hear(message: FeedMessage): Promise<void> {
  const now = await vi.waitUntil(() => tell);
  await act(() => now(message));
}

it('shows the one job it was opened for, under the name of its preset', async () => {
  render(<App jobId="shown" fromHistory={false} />);
  await hear({ type: 'jobs', jobs: [OTHER, SHOWN] });
  expect(await screen.findAllByRole('article')).toHaveLength(1);
  expect(screen.getByText(DONE.text)).toBeTruthy();
  expect(document.title).toBe(`${SHOWN.preset.name} – Descry`);
});

it('says that there is none with that id', async () => {
  render(<App jobId="gone" fromHistory={false} />);
  expect(screen.queryByText('This result is no longer available.')).toBeNull();
  await hear({ type: 'jobs', jobs: [OTHER] });
  expect(screen.getByText('This result is no longer available.')).toBeTruthy();
  expect(document.title).toBe('Descry');
});

it('deletes it, and says where its page cannot be shown', async () => {
  render(<App jobId="shown" fromHistory={false} />);
  await hear({ type: 'jobs', jobs: [SHOWN] });
  fireEvent.click(await screen.findByRole('button', { name: 'Show on the page' }));
  await vi.waitFor(() =>
    expect(screen.getByRole('alert').textContent).toBe('The page with this image is closed.'),
  );
  fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await vi.waitFor(() => expect(remove.mock.calls).toEqual([[{ jobId: 'shown' }]]));
});
