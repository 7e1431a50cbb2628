// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { App } from '../../../entrypoints/popup/app';
import { AppError } from '../../../utils/core/errors';
import type { Job } from '../../../utils/core/jobs/job';
import type { FeedMessage } from '../../../utils/browser/messaging/feed';
import { messenger } from '../../../utils/browser/messaging/messenger';
import type { PageImage } from '../../../utils/page/page-image';
import { listenAsBackground, type FakeAnswers } from '../../fixtures/background';
import { DONE } from '../../fixtures/job-states';
import { jobIn, RUNNING } from '../../fixtures/jobs';

const DOG: PageImage = {
  imageId: 'dog',
  type: 'image',
  srcUrl: 'https://images.example.com/dog.jpg',
  documentUrl: 'https://pages.example.com/dogs',
  name: 'Dog',
  alt: 'Dog',
  shown: { width: 300, height: 200 },
  thumbnail: 'data:image/png;base64,AAAA',
};
const PNG = new File([new Uint8Array([1, 2, 3])], 'dog.png', { type: 'image/png' });

const listImages = vi.fn<NonNullable<FakeAnswers['images.list']>>();
const describeImage = vi.fn<NonNullable<FakeAnswers['image.describe']>>();
const describeFile = vi.fn<NonNullable<FakeAnswers['file.describe']>>();
const openPicker = vi.fn<NonNullable<FakeAnswers['picker.open']>>();

/** What the background tells over its port, and what it is told. */
let tell: ((message: FeedMessage) => void) | undefined;
let said: unknown[];
const tabId = 7;

beforeEach(() => {
  fakeBrowser.reset();
  said = [];
  tell = undefined;
  // The fake browser has no ports.
  Object.assign(fakeBrowser.runtime, {
    connect: () => ({
      onMessage: { addListener: (listener: NonNullable<typeof tell>) => (tell = listener) },
      onDisconnect: { addListener: () => {} },
      postMessage: (message: unknown) => said.push(message),
      disconnect: () => {},
    }),
  });
  // Nor has it a window.
  Object.assign(fakeBrowser.tabs, {
    query: ({ active, currentWindow }: { active?: boolean; currentWindow?: boolean }) =>
      Promise.resolve(active && currentWindow ? [{ id: tabId }] : []),
  });
  inWindow({ incognito: false });
  listImages.mockReturnValue([DOG]);
  for (const call of [describeImage, describeFile]) call.mockReturnValue('asked');
  listenAsBackground({
    'images.list': listImages,
    'image.describe': describeImage,
    'file.describe': describeFile,
    'picker.open': openPicker,
  });
});

afterEach(() => {
  cleanup();
  messenger.removeAllListeners();
  vi.resetAllMocks();
});

function inWindow({ incognito }: { incognito: boolean }): void {
  Object.assign(fakeBrowser.windows, { getCurrent: () => Promise.resolve({ incognito }) });
}

async function open(inTab = false, ...jobs: Job[]): Promise<void> {
  render(<App inTab={inTab} />);
  // First it shows what is stored.
  await vi.waitFor(() => expect(tell).toBeDefined());
  hear({ type: 'jobs', jobs });
}

function hear(message: FeedMessage): void {
  void act(() => tell?.(message));
}

const tab = (name: string) => screen.getByRole('tab', { name });
const dog = () => screen.findByRole('button', { name: /^Dog/ });
const chosen = () => screen.getByRole('tab', { selected: true }).textContent;

it('looks at no page before its images are asked for, and then once', async () => {
  await open();
  await act(() => Promise.resolve());
  expect(listImages).not.toHaveBeenCalled();
  fireEvent.click(tab('Images'));
  await dog();
  fireEvent.click(tab('Results'));
  fireEvent.click(tab('Images'));
  expect(listImages.mock.calls).toEqual([[{ tabId }]]);
});

it('never looks at the page that it is itself', async () => {
  await open(true);
  fireEvent.click(tab('Images'));
  await act(() => Promise.resolve());
  expect(screen.getByRole('button', { name: 'Choose a file…' })).toBeTruthy();
  expect(listImages).not.toHaveBeenCalled();
});

it('describes an image, and goes on to its result', async () => {
  await open(false, jobIn(DONE, { id: 'older' }));
  fireEvent.click(tab('Images'));
  const item = await dog();
  item.focus();
  fireEvent.click(item);
  await vi.waitFor(() => expect(chosen()).toBe('Results'));
  // The small image stays here: nothing else needs it.
  const { name: _name, alt: _alt, shown: _shown, thumbnail: _small, ...image } = DOG;
  expect(describeImage.mock.calls).toEqual([[{ tabId, image }]]);
  // The pressed button is out of sight.
  expect(document.activeElement).toBe(tab('Results'));
  hear({ type: 'job', job: jobIn(RUNNING, { id: 'asked', createdAt: 2_000 }) });
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2));
  const [asked] = screen.getAllByRole('listitem');
  await vi.waitFor(() => expect(document.activeElement).toBe(asked));
  expect(asked?.textContent).toContain(RUNNING.text);
});

it('stays where it is and says what went wrong', async () => {
  describeImage.mockRejectedValue(new AppError('storageFailed'));
  await open();
  fireEvent.click(tab('Images'));
  fireEvent.click(await dog());
  await vi.waitFor(() =>
    expect(screen.getByRole('alert').textContent).toMatch(/^The browser could not store this\. /),
  );
  expect(chosen()).toBe('Images');
});

it('describes a pasted file by its name', async () => {
  await open();
  fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
  await vi.waitFor(() =>
    expect(describeFile.mock.calls).toEqual([
      [{ dataUrl: 'data:image/png;base64,AQID', name: 'dog.png' }],
    ]),
  );
});

it('says of a file that it was given in a private window', async () => {
  inWindow({ incognito: true });
  await open();
  fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
  await vi.waitFor(() =>
    expect(describeFile.mock.calls).toMatchObject([[{ name: 'dog.png', private: true }]]),
  );
});

it.each([
  [true, [{ type: 'private' }]],
  [false, []],
])(
  'tells the feed where it is in a private window (%s), and nothing else',
  async (incognito, told) => {
    inWindow({ incognito });
    await open();
    await act(() => Promise.resolve());
    expect(said).toEqual(told);
  },
);

it('says what is wrong with a file, before it is sent and after', async () => {
  await open();
  fireEvent.paste(document.body, { clipboardData: { files: [] } });
  expect(screen.getByRole('alert').textContent).toMatch(/^No image found there/);
  expect(describeFile).not.toHaveBeenCalled();
  for (const code of ['imageBroken', 'imageUnreadable'] as const) {
    describeFile.mockRejectedValueOnce(new AppError(code));
    fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toMatch(/^The file cannot be opened/),
    );
  }
});

it('closes once the page lets the person pick', async () => {
  const close = vi.spyOn(window, 'close').mockReturnValue();
  await open();
  fireEvent.click(tab('Images'));
  fireEvent.click(screen.getByRole('button', { name: 'Pick on the page' }));
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(openPicker.mock.calls).toEqual([[{ tabId }]]);
});
