// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { App } from '../../../entrypoints/popup/app';
import type { Job } from '../../../utils/jobs/job';
import { backgroundCalls, type BackgroundCalls } from '../../../utils/messaging/calls';
import type { FeedMessage } from '../../../utils/messaging/feed';
import type { PagePicture } from '../../../utils/page/picture';
import { DONE } from '../../fixtures/job-states';
import { jobIn, RUNNING } from '../../fixtures/jobs';

const DOG: PagePicture = {
  pictureId: 'dog',
  type: 'image',
  srcUrl: 'https://pictures.example.com/dog.jpg',
  documentUrl: 'https://pages.example.com/dogs',
  name: 'Dog',
  alt: 'Dog',
  shown: { width: 300, height: 200 },
  thumbnail: 'data:image/png;base64,AAAA',
};
const PNG = new File([new Uint8Array([1, 2, 3])], 'dog.png', { type: 'image/png' });

const listPictures = vi.fn<BackgroundCalls['pictures.list']>();
const describePicture = vi.fn<BackgroundCalls['picture.describe']>();
const describeFile = vi.fn<BackgroundCalls['file.describe']>();
const openPicker = vi.fn<BackgroundCalls['picker.open']>();

/** What the background tells over its port. */
let tell: (message: FeedMessage) => void;
const tabId = 7;

beforeEach(() => {
  fakeBrowser.reset();
  // The fake browser has no ports.
  Object.assign(fakeBrowser.runtime, {
    connect: () => ({
      onMessage: { addListener: (listener: typeof tell) => (tell = listener) },
      onDisconnect: { addListener: () => {} },
      disconnect: () => {},
    }),
  });
  // Nor has it a window.
  Object.assign(fakeBrowser.tabs, {
    query: ({ active, currentWindow }: { active?: boolean; currentWindow?: boolean }) =>
      Promise.resolve(active && currentWindow ? [{ id: tabId }] : []),
  });
  inWindow({ incognito: false });
  const asked = { ok: true, value: 'asked' } as const;
  listPictures.mockReturnValue({ ok: true, value: [DOG] });
  for (const call of [describePicture, describeFile]) call.mockReturnValue(asked);
  openPicker.mockReturnValue({ ok: true, value: undefined });
  backgroundCalls.onMessage('pictures.list', ({ data }) => listPictures(data));
  backgroundCalls.onMessage('picture.describe', ({ data }) => describePicture(data));
  backgroundCalls.onMessage('file.describe', ({ data }) => describeFile(data));
  backgroundCalls.onMessage('picker.open', ({ data }) => openPicker(data));
});

afterEach(() => {
  cleanup();
  backgroundCalls.removeAllListeners();
  vi.resetAllMocks();
});

function inWindow({ incognito }: { incognito: boolean }): void {
  Object.assign(fakeBrowser.windows, { getCurrent: () => Promise.resolve({ incognito }) });
}

function open(inTab = false, ...jobs: Job[]): void {
  render(<App shownJobId={undefined} firstView="results" inTab={inTab} />);
  hear({ type: 'jobs', jobs });
}

function hear(message: FeedMessage): void {
  void act(() => tell(message));
}

const tab = (name: string) => screen.getByRole('tab', { name });
const dog = () => screen.findByRole('button', { name: /^Dog/ });
const chosen = () => screen.getByRole('tab', { selected: true }).textContent;

it('looks at no page before its pictures are asked for, and then once', async () => {
  open();
  await act(() => Promise.resolve());
  expect(listPictures).not.toHaveBeenCalled();
  fireEvent.click(tab('Pictures'));
  await dog();
  fireEvent.click(tab('Results'));
  fireEvent.click(tab('Pictures'));
  expect(listPictures.mock.calls).toEqual([[{ tabId }]]);
});

it('never looks at the page that it is itself', async () => {
  open(true);
  fireEvent.click(tab('Pictures'));
  await act(() => Promise.resolve());
  expect(screen.getByRole('button', { name: 'Choose a file…' })).toBeTruthy();
  expect(listPictures).not.toHaveBeenCalled();
});

it('describes a picture, and goes on to its result', async () => {
  open(false, jobIn(DONE, { id: 'older' }));
  fireEvent.click(tab('Pictures'));
  const item = await dog();
  item.focus();
  fireEvent.click(item);
  await vi.waitFor(() => expect(chosen()).toBe('Results'));
  // The small picture stays here: nothing else needs it.
  const { name: _name, alt: _alt, shown: _shown, thumbnail: _small, ...picture } = DOG;
  expect(describePicture.mock.calls).toEqual([[{ tabId, picture }]]);
  // The pressed button is out of sight.
  expect(document.activeElement).toBe(tab('Results'));
  hear({ type: 'job', job: jobIn(RUNNING, { id: 'asked', createdAt: 2_000 }) });
  const [asked] = await screen.findAllByRole('listitem');
  await vi.waitFor(() => expect(document.activeElement).toBe(asked));
  expect(asked?.textContent).toContain(RUNNING.text);
});

it('stays where it is and says what went wrong', async () => {
  describePicture.mockReturnValue({ ok: false, code: 'storageFailed' });
  open();
  fireEvent.click(tab('Pictures'));
  fireEvent.click(await dog());
  await vi.waitFor(() =>
    expect(screen.getByRole('alert').textContent).toMatch(/^The browser could not store this\. /),
  );
  expect(chosen()).toBe('Pictures');
});

it('describes a pasted file by its name', async () => {
  open();
  fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
  await vi.waitFor(() =>
    expect(describeFile.mock.calls).toEqual([
      [{ dataUrl: 'data:image/png;base64,AQID', name: 'dog.png' }],
    ]),
  );
});

it('says of a file that it was given in a private window', async () => {
  inWindow({ incognito: true });
  open();
  fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
  await vi.waitFor(() =>
    expect(describeFile.mock.calls).toMatchObject([[{ name: 'dog.png', private: true }]]),
  );
});

describe('what was asked in a private window', () => {
  const { image } = jobIn(DONE);
  const inPrivate = (id: string, more: Partial<Job> = {}) =>
    jobIn({ ...DONE, text: `Of ${id}` }, { id, image: { ...image, private: true }, ...more });

  it('is seen there alone', async () => {
    open(false, inPrivate('a'), jobIn(DONE, { id: 'b' }));
    await act(() => Promise.resolve());
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.queryByText('Of a')).toBeNull();
    cleanup();
    inWindow({ incognito: true });
    open(false, inPrivate('a'), jobIn(DONE, { id: 'b' }));
    await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2));
    expect(screen.getByText('Of a')).toBeTruthy();
  });

  it('is seen by nobody before it is known which window this is', () => {
    Object.assign(fakeBrowser.windows, { getCurrent: () => new Promise(() => {}) });
    open(false, inPrivate('a'));
    expect(screen.queryByText('Of a')).toBeNull();
  });

  it('is seen on the page that was opened for it, which browsers may open elsewhere', async () => {
    render(<App shownJobId="a" firstView="results" inTab />);
    const opinion = inPrivate('b', { opinionOf: 'a' });
    hear({ type: 'jobs', jobs: [inPrivate('a'), opinion, inPrivate('c')] });
    await act(() => Promise.resolve());
    expect(screen.getAllByText(/^Of a/).length).toBeGreaterThan(0);
    expect(screen.getByRole('region', { name: /side by side/i }).textContent).toContain('Of b');
    expect(screen.queryByText('Of c')).toBeNull();
  });
});

it('says what is wrong with a file, before it is sent and after', async () => {
  open();
  fireEvent.paste(document.body, { clipboardData: { files: [] } });
  expect(screen.getByRole('alert').textContent).toMatch(/^That holds no picture/);
  expect(describeFile).not.toHaveBeenCalled();
  describeFile.mockReturnValue({ ok: false, code: 'imageBroken' });
  fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
  await vi.waitFor(() =>
    expect(screen.getByRole('alert').textContent).toMatch(/^The file cannot be opened/),
  );
});

it('closes once the page lets the person pick', async () => {
  const close = vi.spyOn(window, 'close').mockReturnValue();
  open();
  fireEvent.click(tab('Pictures'));
  fireEvent.click(screen.getByRole('button', { name: 'Pick on the page' }));
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(openPicker.mock.calls).toEqual([[{ tabId }]]);
});
