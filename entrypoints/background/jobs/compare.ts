/** Comparison: images are chosen one after the other, then asked about together. */
import pLimit from 'p-limit';
import { errorSentences } from '../../../utils/browser/words/error-words';
import { AppError, errorCode } from '../../../utils/core/errors';
import {
  COMPARE_RANGE,
  inWindows,
  readTray,
  saveTray,
  type ChosenImage,
} from '../../../utils/browser/jobs/comparison-tray';
import { siteOfPage, type JobImage } from '../../../utils/core/jobs/job-image';
import { makeThumbnail } from '../../../utils/core/image/thumbnail';
import { untilAborted } from '../../../utils/core/with-timeout';
import type { ImageSource, ImageRequest } from '../images/acquire-image';
import type { Describe } from './describe';
import type { KeepAlive } from './keep-alive';
import type { StoredImages } from '../images/stored-images';
import type { PresetSource } from '../settings/preset-source';
import { showNoticeOnPage } from '../tabs/show-notice';
import { plural } from '../../../utils/browser/words/plural';

interface Dependencies {
  presets: PresetSource;
  images: ImageSource;
  storedImages: StoredImages;
  describe: Describe;
  preparePage: (tabId: number) => Promise<boolean>;
  keepAlive: KeepAlive;
}

export interface Compare {
  /** Adds an image to those to be compared, and says on its page that it did, or why not. */
  add(tabId: number, image: JobImage): Promise<void>;
  /**
   * Adds an image without a word.
   *
   * @throws {AppError} `compareFull`, or as `acquire` does.
   */
  addWithoutCard(tabId: number, image: JobImage): Promise<void>;
  /** Adds an image, then opens a card that waits for the question about all of them. */
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

export function createCompare(dependencies: Dependencies): Compare {
  const { presets, images, storedImages, describe, preparePage, keepAlive } = dependencies;
  const [min, max] = COMPARE_RANGE;
  // Two clicks in a row must both be kept. Nothing that a page may keep waiting is done in here.
  const queue = pLimit(1);
  /** Images on their way, with whether they are of a private window. */
  const arriving = new Map<AbortController, boolean>();

  /** @param then what is to follow before anything else can be chosen. */
  async function choose(
    tabId: number,
    image: JobImage,
    pageReady: Promise<boolean>,
    then: (tray: readonly ChosenImage[]) => Promise<void> = async () => {},
  ): Promise<readonly ChosenImage[]> {
    const release = keepAlive.hold();
    const controller = new AbortController();
    const { signal } = controller;
    const keepAs = crypto.randomUUID();
    let isChosen = false;
    arriving.set(controller, image.private ?? false);
    const isThere = async () => {
      const tray = inWindows(await readTray(), image.private);
      if (tray.some((each) => isSame(each, tabId, image))) return true;
      if (tray.length >= max) throw new AppError('compareFull');
      return false;
    };
    try {
      const imageRequest = { image, tabId, pageReady, signal, keepAs };
      const added = (await isThere()) ? undefined : await fetchImage(imageRequest);
      return await queue(async () => {
        signal.throwIfAborted();
        if (added && !(await isThere())) {
          await saveTray([...(await readTray()), added]);
          isChosen = true;
        }
        const tray = inWindows(await readTray(), image.private);
        await then(tray);
        return tray;
      });
    } finally {
      arriving.delete(controller);
      release();
      if (!isChosen) await storedImages.remove(keepAs);
    }
  }

  async function fetchImage(
    imageRequest: Omit<ImageRequest, 'limits' | 'pinned' | 'takesUrls'>,
  ): Promise<ChosenImage> {
    const { image, tabId, signal, keepAs: id } = imageRequest;
    const pinned = { ...imageRequest, pinned: true, takesUrls: false, limits: LIMITS };
    const { file } = await untilAborted(images.acquire(pinned), signal);
    const thumbnail =
      file === undefined ? undefined : await makeThumbnail(file).catch(() => undefined);
    return { id, title: titleOf(image), image, tabId, ...(thumbnail ? { thumbnail } : {}) };
  }

  async function ask(tray: readonly ChosenImage[], withoutCard: boolean): Promise<string> {
    const at = tray.at(-1);
    if (!at || tray.length < min) throw new AppError('compareFew');
    const jobId = await describe.compare(at.tabId, at.image, {
      preset: await presets.comparing(),
      images: tray.map(({ id, title, thumbnail }) => ({
        id,
        title,
        ...(thumbnail ? { thumbnail } : {}),
      })),
      withoutCard,
    });
    const ids = new Set(tray.map(({ id }) => id));
    await saveTray((await readTray()).filter(({ id }) => !ids.has(id)));
    // They are the job's now, and go for newer ones as those of other jobs do.
    for (const id of ids) await storedImages.unpin(id);
    return jobId;
  }

  async function add(tabId: number, image: JobImage, then: 'say' | 'ask'): Promise<void> {
    const pageReady = preparePage(tabId);
    try {
      const asks = (tray: readonly ChosenImage[]) => then === 'ask' && tray.length >= min;
      const tray = await choose(tabId, image, pageReady, async (chosen) => {
        if (asks(chosen)) await ask(chosen, false);
      });
      if (asks(tray)) return;
      const words = plural('compare.added', tray.length, String(max));
      await showNoticeOnPage(tabId, pageReady, words);
    } catch (error) {
      await showNoticeOnPage(tabId, pageReady, errorSentences(errorCode(error)));
    }
  }

  return {
    add: async (tabId, image) => await add(tabId, image, 'say'),
    async addWithoutCard(tabId, image) {
      await choose(tabId, image, preparePage(tabId));
    },
    with: async (tabId, image) => await add(tabId, image, 'ask'),
    chosen: async (isPrivate) =>
      await queue(async () => await ask(inWindows(await readTray(), isPrivate), true)),
    async remove(which) {
      for (const [controller, isPrivate] of arriving) {
        if ('private' in which && isPrivate === which.private) {
          controller.abort(new AppError('interrupted'));
        }
      }
      await queue(async () => {
        const all = await readTray();
        const gone = new Set(
          'id' in which ? all.filter(({ id }) => id === which.id) : inWindows(all, which.private),
        );
        await saveTray(all.filter((each) => !gone.has(each)));
        for (const { id } of gone) await storedImages.remove(id);
      });
    },
  };
}

function isSame(chosen: ChosenImage, tabId: number, image: JobImage): boolean {
  const known = image.imageId !== undefined && chosen.image.imageId === image.imageId;
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
