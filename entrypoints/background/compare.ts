/** Comparison: pictures are chosen one after the other, then asked about together. */
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import { errorWords } from '../../components/error-words';
import { AppError, errorCode } from '../../utils/errors';
import {
  COMPARE_RANGE,
  readTray,
  saveTray,
  type ChosenPicture,
} from '../../utils/jobs/compare-tray';
import { hostOfPage, type JobImage } from '../../utils/jobs/job-image';
import { routesFor } from '../../utils/jobs/routes';
import { makeThumbnail } from '../../utils/image/thumbnail';
import { pageCalls } from '../../utils/messaging/calls';
import type { Preset } from '../../utils/prompts/preset';
import { ourPresets, readPresets } from '../../utils/settings/settings';
import type { AcquiredImage, ImageSource, Wish } from './acquire-image';
import type { Describe } from './describe';
import type { KeptPictures } from './kept-pictures';

interface Parts {
  images: ImageSource;
  kept: KeptPictures;
  describe: Describe;
  preparePage: (tabId: number) => Promise<boolean>;
}

export interface Compare {
  /** Adds a picture to those to be compared, and says on its page that it did, or why not. */
  add(tabId: number, image: JobImage): Promise<void>;
  /**
   * Adds a picture without a word.
   *
   * @throws {AppError} `compareFull`, or as `byRoute` does.
   */
  addQuietly(tabId: number, image: JobImage): Promise<void>;
  /** Adds a picture, then opens a card that waits for the question about all of them. */
  with(tabId: number, image: JobImage): Promise<void>;
  /** Asks about those that are chosen, without a card. Gives the job's id. */
  chosen(): Promise<string>;
  /** Lets one go, or all. */
  remove(id?: string): Promise<void>;
}

/** Each small enough that eight of them are kept, and sent, together. */
const LIMITS = {
  imageTypes: ['image/png', 'image/jpeg'],
  maxImageBytes: 300_000,
  rule: { kind: 'unknown', maxSide: 1536 },
} as const;

export function createCompare({ images, kept, describe, preparePage }: Parts): Compare {
  const [LEAST, MOST] = COMPARE_RANGE;
  let last: Promise<unknown> = Promise.resolve();

  /** Two clicks in a row must both be kept. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  async function choose(
    tabId: number,
    image: JobImage,
    pageReady: Promise<boolean>,
  ): Promise<ChosenPicture[]> {
    const tray = await readTray();
    if (tray.some((each) => isSame(each, tabId, image))) return tray;
    if (tray.length >= MOST) throw new AppError('compareFull');
    const id = crypto.randomUUID();
    const { signal } = new AbortController();
    const wish = { image, tabId, keepAs: id, pinned: true, limits: LIMITS, pageReady, signal };
    const { bytes } = await acquire(images, wish);
    const thumbnail = bytes && (await makeThumbnail(bytes).catch(() => undefined));
    const title = titleOf(image);
    const next = [...tray, { id, title, image, tabId, ...(thumbnail ? { thumbnail } : {}) }];
    await saveTray(next);
    return next;
  }

  async function ask(tray: readonly ChosenPicture[], quietly: boolean): Promise<string> {
    const at = tray.at(-1);
    if (!at || tray.length < LEAST) throw new AppError('compareFew');
    const jobId = await describe.compare(at.tabId, at.image, {
      preset: await comparePreset(),
      compared: tray.map(({ id, title, thumbnail }) => ({
        id,
        title,
        ...(thumbnail ? { thumbnail } : {}),
      })),
      quietly,
    });
    await saveTray([]);
    // They are the job's now, and go for newer ones as those of other jobs do.
    for (const { id } of tray) await kept.unpin(id);
    return jobId;
  }

  async function say(tabId: number, pageReady: Promise<boolean>, words: string): Promise<void> {
    if (!(await pageReady)) return;
    await pageCalls.sendMessage('notice.show', { words }, { tabId, frameId: 0 });
  }

  async function add(tabId: number, image: JobImage, then: 'say' | 'ask'): Promise<void> {
    const pageReady = preparePage(tabId);
    try {
      const tray = await choose(tabId, image, pageReady);
      await showCount(tray.length);
      if (then === 'ask' && tray.length >= LEAST) {
        await ask(tray, false);
        await showCount(0);
      } else {
        await say(tabId, pageReady, i18n.t('compare.added', tray.length, [tray.length, MOST]));
      }
    } catch (error) {
      const { title, next } = errorWords(errorCode(error));
      await say(tabId, pageReady, `${i18n.t(title)}. ${i18n.t(next)}`);
    }
  }

  return {
    add: async (tabId, image) => await inTurn(async () => await add(tabId, image, 'say')),
    addQuietly: async (tabId, image) =>
      await inTurn(async () => {
        await showCount((await choose(tabId, image, preparePage(tabId))).length);
      }),
    with: async (tabId, image) => await inTurn(async () => await add(tabId, image, 'ask')),
    chosen: async () =>
      await inTurn(async () => {
        const jobId = await ask(await readTray(), true);
        await showCount(0);
        return jobId;
      }),
    remove: async (id) =>
      await inTurn(async () => {
        const tray = await readTray();
        const left = tray.filter((each) => id !== undefined && each.id !== id);
        await saveTray(left);
        await showCount(left.length);
        for (const each of tray) if (!left.includes(each)) await kept.remove(each.id);
      }),
  };
}

async function acquire(images: ImageSource, wish: Wish): Promise<AcquiredImage> {
  let lastError: unknown = new AppError('imageUnreadable');
  for (const route of routesFor(wish.image, { takesUrls: false })) {
    try {
      return await images.byRoute(route, wish);
    } catch (error) {
      if (errorCode(error) !== 'imageUnreadable') throw error;
      lastError = error;
    }
  }
  throw lastError;
}

function isSame(chosen: ChosenPicture, tabId: number, image: JobImage): boolean {
  const known = image.pictureId !== undefined && chosen.image.pictureId === image.pictureId;
  const named =
    image.srcUrl !== '' &&
    chosen.image.srcUrl === image.srcUrl &&
    chosen.image.documentUrl === image.documentUrl;
  return chosen.tabId === tabId && (known || named);
}

/** Its file's name, which tells it from the others of a page; else its site. */
function titleOf(image: JobImage): string {
  const host = hostOfPage(image).replace(/^www\./, '');
  if (!/^https?:/.test(image.srcUrl)) return host;
  const name = new URL(image.srcUrl).pathname.split('/').at(-1) ?? '';
  return name === '' ? host : `${decoded(name).slice(0, 60)} (${host})`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The person's first prompt for several pictures, else ours. */
async function comparePreset(): Promise<Preset> {
  const all = [...(await readPresets()).presets, ...ourPresets()];
  const found = all.find(({ compares }) => compares);
  if (!found) throw new AppError('unexpected');
  return found;
}

/** How many are chosen stands on Descry's button; each page's notice goes, this stays. */
async function showCount(count: number): Promise<void> {
  await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) });
}
