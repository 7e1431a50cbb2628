/** Comparison: pictures are chosen one after the other, then asked about together. */
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import { errorSentences } from '../../components/error-words';
import { AppError, errorCode } from '../../utils/errors';
import {
  COMPARE_RANGE,
  inWindows,
  readTray,
  saveTray,
  type ChosenPicture,
} from '../../utils/jobs/compare-tray';
import { siteOfPage, type JobImage } from '../../utils/jobs/job-image';
import { byFirstRoute, routesFor } from '../../utils/jobs/routes';
import { makeThumbnail } from '../../utils/image/thumbnail';
import { pageCalls } from '../../utils/messaging/calls';
import { createInTurn } from '../../utils/in-turn';
import type { AcquiredImage, ImageSource, Wish } from './acquire-image';
import type { Describe } from './describe';
import type { KeptPictures } from './kept-pictures';
import type { PresetSource } from './preset-source';

interface Parts {
  presets: PresetSource;
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
  /** Asks about those chosen in private windows, or in others, without a card. Gives the job's id. */
  chosen(isPrivate: boolean): Promise<string>;
  /** Lets one go, or all that were chosen in private windows, or in others. */
  remove(which: { id: string } | { private: boolean }): Promise<void>;
}

/** Each small enough that eight of them are kept, and sent, together. */
const LIMITS = {
  imageTypes: ['image/png', 'image/jpeg'],
  maxImageBytes: 300_000,
  rule: { kind: 'unknown', maxSide: 1536 },
} as const;

export function createCompare(parts: Parts): Compare {
  const { presets, images, kept, describe, preparePage } = parts;
  const [LEAST, MOST] = COMPARE_RANGE;
  // Two clicks in a row must both be kept.
  const inTurn = createInTurn();

  async function choose(
    tabId: number,
    image: JobImage,
    pageReady: Promise<boolean>,
  ): Promise<readonly ChosenPicture[]> {
    const all = await readTray();
    const tray = inWindows(all, image.private);
    if (tray.some((each) => isSame(each, tabId, image))) return tray;
    if (tray.length >= MOST) throw new AppError('compareFull');
    const id = crypto.randomUUID();
    const { signal } = new AbortController();
    const wish = { image, tabId, keepAs: id, pinned: true, limits: LIMITS, pageReady, signal };
    const { bytes } = await acquire(images, wish);
    const thumbnail = bytes && (await makeThumbnail(bytes).catch(() => undefined));
    const title = titleOf(image);
    const chosen = { id, title, image, tabId, ...(thumbnail ? { thumbnail } : {}) };
    await putTray([...all, chosen]);
    return [...tray, chosen];
  }

  async function ask(tray: readonly ChosenPicture[], quietly: boolean): Promise<string> {
    const at = tray.at(-1);
    if (!at || tray.length < LEAST) throw new AppError('compareFew');
    const jobId = await describe.compare(at.tabId, at.image, {
      preset: await presets.comparing(),
      compared: tray.map(({ id, title, thumbnail }) => ({
        id,
        title,
        ...(thumbnail ? { thumbnail } : {}),
      })),
      quietly,
    });
    const ids = new Set(tray.map(({ id }) => id));
    await putTray((await readTray()).filter(({ id }) => !ids.has(id)));
    // They are the job's now, and go for newer ones as those of other jobs do.
    for (const id of ids) await kept.unpin(id);
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
      if (then === 'ask' && tray.length >= LEAST) {
        await ask(tray, false);
      } else {
        await say(tabId, pageReady, i18n.t('compare.added', tray.length, [tray.length, MOST]));
      }
    } catch (error) {
      await say(tabId, pageReady, errorSentences(errorCode(error)));
    }
  }

  return {
    add: async (tabId, image) => await inTurn(async () => await add(tabId, image, 'say')),
    addQuietly: async (tabId, image) =>
      await inTurn(async () => {
        await choose(tabId, image, preparePage(tabId));
      }),
    with: async (tabId, image) => await inTurn(async () => await add(tabId, image, 'ask')),
    chosen: async (isPrivate) =>
      await inTurn(async () => await ask(inWindows(await readTray(), isPrivate), true)),
    remove: async (which) =>
      await inTurn(async () => {
        const all = await readTray();
        const gone = new Set(
          'id' in which ? all.filter(({ id }) => id === which.id) : inWindows(all, which.private),
        );
        await putTray(all.filter((each) => !gone.has(each)));
        for (const { id } of gone) await kept.remove(id);
      }),
  };
}

async function acquire(images: ImageSource, wish: Wish): Promise<AcquiredImage> {
  return await byFirstRoute(
    routesFor(wish.image, { takesUrls: false }),
    (route) => images.byRoute(route, wish),
    (error) => errorCode(error) === 'imageUnreadable',
  );
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
  const site = siteOfPage(image);
  if (!/^https?:/.test(image.srcUrl)) return site;
  const name = new URL(image.srcUrl).pathname.split('/').at(-1) ?? '';
  return name === '' ? site : `${decoded(name).slice(0, 60)} (${site})`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Keeps the tray. How many are chosen stands on Descry's button; a page's notice goes, this stays. */
async function putTray(pictures: readonly ChosenPicture[]): Promise<void> {
  await saveTray(pictures);
  const text = pictures.length === 0 ? '' : String(pictures.length);
  await browser.action.setBadgeText({ text });
}
