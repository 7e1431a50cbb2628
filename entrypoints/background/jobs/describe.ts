/** Turns a request from any surface into a job, and shows it. */
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import { NO_TAB, type Job } from '../../../utils/core/jobs/job';
import type { JobImage } from '../../../utils/core/jobs/job-image';
import type { JobStore } from '../../../utils/browser/jobs/job-store';
import type { TabPage } from '../../../utils/browser/messaging/call';
import { callPage } from '../../../utils/browser/messaging/call-page';
import type { JobFeed } from '../../../utils/browser/messaging/job-feed-server';
import type { PickedImage } from '../../../utils/page/page-image';
import type { Preset, Slot } from '../../../utils/core/prompts/preset';
import type { JobRequest, JobRunner } from './job-runner';
import type { StoredImages } from '../images/stored-images';
import { openResult } from '../tabs/open-pages';
import type { PresetSource } from '../settings/preset-source';
import { markWhileBusy } from '../tabs/busy-mark';

interface Dependencies {
  runner: JobRunner;
  store: JobStore;
  feed: JobFeed;
  presets: PresetSource;
  storedImages: StoredImages;
  preparePage: (tabId: number) => Promise<boolean>;
  /** The same, with what picks and lists images. */
  preparePicks: (tabId: number) => Promise<boolean>;
}

export interface Describe {
  /** Asks about an image, with the default preset where none is named. */
  image(tabId: number, image: JobImage, options?: DescribeOptions): Promise<JobId>;
  /** Asks about an image that was picked on a page. */
  picked(page: TabPage, pickedImage: PickedImage, options?: DescribeOptions): Promise<JobId>;
  /** Opens a card that waits for a question about an image; nothing is sent before it comes. */
  ask(tabId: number, image: JobImage): Promise<JobId>;
  /** Opens a card, or withoutCard a job, that waits for a question about several images. */
  compare(
    tabId: number,
    image: JobImage,
    about: { preset: Preset; images: NonNullable<Job['images']>; withoutCard: WithoutCard },
  ): Promise<JobId>;
  /** Asks about all that the window shows of a tab. */
  view(tabId: number, options?: DescribeOptions): Promise<JobId>;
  /** Asks about what is under the pointer; where that is not one image, lets the person pick. */
  here(tabId: number, presetId?: string): Promise<void>;
  /** As `here`, with the preset of a shortcut; the default one where none is bound to it. */
  bySlot(tabId: number, slot: Slot): Promise<void>;
  /** Lets the person pick an image; where the page lets nobody in, asks about the view instead. */
  pick(tabId: number, presetId?: string): Promise<void>;
  /**
   * Asks about a file.
   *
   * @throws {AppError} as `prepareImage` does: at once, while the person can choose another.
   */
  file(dataUrl: string, about: { name: string; private?: boolean | undefined }): Promise<JobId>;
}

/**
 * Without a card: the page that asked shows the answer itself. A card would take the focus from it,
 * close a popup in Firefox, and say everything a second time.
 */
type WithoutCard = boolean;

/** With which preset, the default where none is named, and whether without a card. */
export interface DescribeOptions {
  presetId?: string | undefined;
  withoutCard?: WithoutCard;
}

/** Of the job that the question became, or already was. */
type JobId = string;

/** What any server takes. The server's own limits are kept when it is asked. */
const ANY_SERVER = {
  imageTypes: ['image/png', 'image/jpeg'],
  maxImageBytes: 2_000_000,
  rule: { kind: 'unknown', maxSide: 2048 },
} as const;

export function createDescribe(dependencies: Dependencies): Describe {
  const { runner, store, feed, presets, storedImages, preparePage, preparePicks } = dependencies;

  async function image(
    tabId: number,
    about: JobImage,
    { presetId, withoutCard = false }: DescribeOptions = {},
  ): Promise<JobId> {
    const pageReady = preparePage(tabId);
    const preset = await presets.byId(presetId);
    return await begin({ tabId, image: about, preset, pageReady }, withoutCard);
  }

  async function ask(tabId: number, about: JobImage): Promise<JobId> {
    const pageReady = preparePage(tabId);
    return await begin({ tabId, image: about, preset: askPreset(), pageReady, waits: true });
  }

  async function compare(
    tabId: number,
    about: JobImage,
    { preset, images, withoutCard }: Parameters<Describe['compare']>[2],
  ): Promise<JobId> {
    const pageReady = preparePage(tabId);
    const request = { tabId, image: about, preset, pageReady, waits: true, images };
    return await begin(request, withoutCard);
  }

  async function begin(request: JobRequest, withoutCard: WithoutCard = false): Promise<JobId> {
    const { job, stored } = runner.start(request);
    await stored;
    if (!withoutCard) await show(job, request.pageReady);
    return job.id;
  }

  async function show(job: Job, pageReady: Promise<boolean>): Promise<void> {
    feed.open(store.get(job.id) ?? job);
    void markWhileBusy(job.tabId, pageReady);
    if (await pageReady) return;
    feed.dontOpen(job.id);
    await openResult(job, { from: job.tabId });
  }

  async function picked(
    page: TabPage,
    pickedImage: PickedImage,
    options?: DescribeOptions,
  ): Promise<JobId> {
    return await image(page.tabId, imageOfPicked(page, pickedImage), options);
  }

  async function view(tabId: number, options?: DescribeOptions): Promise<JobId> {
    const { url, private: isPrivate } = await pageOf(tabId);
    const about = {
      kind: 'view' as const,
      srcUrl: '',
      documentUrl: url,
      pageUrl: url,
      frameId: 0,
      private: isPrivate,
    };
    return await image(tabId, about, options);
  }

  async function pick(tabId: number, presetId?: string): Promise<void> {
    if (!(await preparePicks(tabId))) return void (await view(tabId, { presetId }));
    await callPage(tabId, 'picker.open', { presetId });
  }

  async function here(tabId: number, presetId?: string): Promise<void> {
    const ready = await preparePicks(tabId);
    const hovered = ready && (await callPage(tabId, 'image.hovered', {}).catch(() => undefined));
    if (hovered) {
      await picked(await pageOf(tabId), hovered, { presetId });
      return;
    }
    await pick(tabId, presetId);
  }

  async function bySlot(tabId: number, slot: Slot): Promise<void> {
    await here(tabId, (await presets.bySlot(slot))?.id);
  }

  async function file(
    dataUrl: string,
    { name, private: isPrivate = false }: { name: string; private?: boolean | undefined },
  ): Promise<JobId> {
    const { signal } = new AbortController();
    const { prepareImage } = await import('../../../utils/core/image/encode');
    const prepared = await prepareImage(dataUrl, ANY_SERVER, signal);
    const id = crypto.randomUUID();
    const { dataUrl: ready, original } = prepared;
    await storedImages.keep({ id, dataUrl: ready, route: 'upload', original, private: isPrivate });
    const about = {
      kind: 'file' as const,
      name,
      private: isPrivate,
      srcUrl: '',
      documentUrl: '',
      pageUrl: '',
      frameId: 0,
    };
    const preset = await presets.byId();
    const pageReady = Promise.resolve(false);
    await runner.start({ id, tabId: NO_TAB, image: about, preset, pageReady }).stored;
    return id;
  }

  return { image, ask, compare, picked, view, here, bySlot, pick, file };
}

/** An image that was picked on a page, as jobs know it. */
export function imageOfPicked(page: TabPage, { type, ...known }: PickedImage): JobImage {
  const kind = type === 'region' ? 'region' : 'element';
  return { kind, pageUrl: page.url, frameId: 0, private: page.private, ...known };
}

/** What a question is asked with that the person types before anything else. */
function askPreset(): Preset {
  return {
    id: 'ask',
    name: i18n.t('preset.ask'),
    prompt: 'Answer the question about this image.',
    context: ['page_title', 'existing_alt', 'caption'],
  };
}

/** The click, the key or the open popup lets us see the address of this one tab. */
export async function pageOf(tabId: number): Promise<TabPage> {
  const { url = '', incognito } = await browser.tabs.get(tabId);
  return { tabId, url, private: incognito };
}
