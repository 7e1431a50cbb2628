/** Every call between contexts, one documented line each, and the only users of `sendMessage`. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { ErrorCode, Result } from '../errors';
import type { JobImage } from '../jobs/job-image';
import type { PagePicture, PickedPicture } from '../page/picture';
import type { AnswerBlock } from '../prompts/answer-blocks';
import type { PageContext } from '../prompts/page-context';
import type { Role } from '../prompts/purpose';
import type { ProviderId } from '../vision/catalog';
import type { CheckReport } from '../vision/check-report';
import type { OfferedModel } from '../vision/provider';

/** What pages ask of the background. All answer with data, never with a rejection of ours. */
export interface BackgroundCalls {
  /** Ends a job; what had arrived stays. */
  'job.stop': (data: { jobId: string }) => Result<void>;
  /**
   * Asks a settled job again; `longer` doubles the room for the answer, `role` is what the person
   * says the image is for.
   */
  'job.retry': (data: { jobId: string; longer?: boolean; role?: Role }) => Result<void>;
  /** Goes on from the words that had arrived, where the model can; else asks again. */
  'job.goOn': (data: { jobId: string }) => Result<void>;
  /**
   * Asks a question in a job: the first, where it waits for one, else the next. Without one, the
   * preset's own prompt.
   */
  'job.ask': (data: { jobId: string; question?: string | undefined }) => Result<void>;
  /** Keeps the last answer as the person has changed it; `undefined` for the model's own words. */
  'job.edit': (data: { jobId: string; text?: string | undefined }) => Result<void>;
  /** Makes a text the alt text of a job's image on its page; without one, takes it back. */
  'job.putAlt': (data: { jobId: string; alt?: string | undefined }) => Result<void>;
  /** An answer taken apart into words and tables: the parser is not in every page's script. */
  'text.blocks': (data: { text: string }) => Result<AnswerBlock[]>;
  /** The models that may give a second opinion, by connection. */
  'job.models': (data: { jobId: string }) => Result<ModelChoice[]>;
  /** Asks a job's question another time, there or where it was asked. Gives the new job's id. */
  'job.opinion': (data: {
    jobId: string;
    using?: { connectionId: string; model: string };
  }) => Result<string>;
  /** Looks at the connection that a job is asked by, step by step, with a tiny picture. */
  'job.check': (data: { jobId: string }) => Result<CheckReport>;
  /** Uses the model that was named in place of one that is gone, from now on, and asks again. */
  'job.replaceModel': (data: { jobId: string }) => Result<void>;
  /** Whether the words of a job's page may go along with its pictures, from now on. */
  'site.quiet': (data: { jobId: string; quiet: boolean }) => Result<void>;
  /** Forgets a job. Extension pages only. */
  'job.remove': (data: { jobId: string }) => Result<void>;
  /** Brings the tab that holds the job's image to the front. Extension pages only. */
  'job.reveal': (data: { jobId: string }) => Result<void>;
  /** What the content script of its tab sees of the job's image: its size, and a small picture. */
  'job.seen': (data: {
    jobId: string;
    thumbnail?: string;
    size?: { width: number; height: number };
  }) => Result<void>;
  /** The picture as it was sent, as a `data:` URL; none where an address was, or it is kept no more. */
  'job.picture': (data: { jobId: string }) => Result<string | undefined>;
  /**
   * Asks about a picture that was picked on its page or in its list, with the default preset where
   * none is named. A content script asks about its own tab; our pages name the tab, and show the
   * answer themselves. Gives the job's id, as the two below do.
   */
  'picture.describe': (data: {
    picture: PickedPicture;
    tabId?: number;
    presetId?: string | undefined;
  }) => Result<string>;
  /** Asks about all that the window shows of a tab. Extension pages only. */
  'view.describe': (data: { tabId: number }) => Result<string>;
  /** Asks about an image file, given as a `data:` URL. Extension pages only. */
  'file.describe': (data: {
    dataUrl: string;
    name: string;
    /** It was given in a private window. */
    private?: boolean | undefined;
  }) => Result<string>;
  /** Adds a picture of a tab's list to those to be compared. Extension pages only. */
  'compare.add': (data: { picture: PickedPicture; tabId: number }) => Result<void>;
  /** Asks about the pictures chosen in private windows, or in others. Extension pages only. */
  'compare.ask': (data: { private: boolean }) => Result<string>;
  /** Lets a chosen picture go, or all of private windows, or of others. Extension pages only. */
  'compare.remove': (data: { id: string } | { private: boolean }) => Result<void>;
  /** The pictures of a tab's page. Extension pages only. */
  'pictures.list': (data: { tabId: number }) => Result<PagePicture[]>;
  /** Lets the person pick a picture on a tab's page. Extension pages only. */
  'picker.open': (data: { tabId: number }) => Result<void>;
  /** Opens the welcome page, or settings where a connection exists. */
  'settings.open': (data: { page: 'welcome' | 'options' }) => Result<void>;
  /** The models that a stored connection's server lists. Extension pages only. */
  'connection.models': (data: { connectionId: string }) => Result<OfferedModel[]>;
  /**
   * Looks at a connection step by step, with a tiny picture; where all is well, lets waiting jobs go
   * on. Extension pages only.
   */
  'connection.check': (data: { connectionId: string }) => Result<ConnectionCheck>;
  /** Asks the usual ports of this computer which model servers run there. Extension pages only. */
  'servers.look': (data: object) => Result<FoundServer[]>;
  /** Takes a job of the history up again, and opens it. Extension pages only. */
  'history.open': (data: { jobId: string }) => Result<void>;
  /** Forgets jobs, here and in the history. Extension pages only. */
  'history.remove': (data: { jobIds: string[] }) => Result<void>;
  /** Why the last job could not be written into the history, if so. Extension pages only. */
  'history.problem': (data: object) => Result<ErrorCode | undefined>;
  /** Lets waiting jobs go on without a passed test. Extension pages only. */
  'connection.use': (data: { connectionId: string }) => Result<void>;
}

/** What the background asks of the content script in a tab. */
export interface PageCalls {
  /** The bytes of an image as a `data:` URL, read with the page's own cookies and referrer. */
  'image.read': (data: { image: JobImage }) => Result<string>;
  /** The colour that the page shows behind an image, as CSS. */
  'image.backdrop': (data: { image: JobImage }) => Result<string>;
  /**
   * Brings an image into view, hides what is ours, and says where it stands. Everything goes back
   * with `screen.restore`, or by itself after a few seconds.
   */
  'screen.prepare': (data: { image: JobImage }) => Result<ScreenPart>;
  'screen.restore': (data: object) => Result<void>;
  /** The pictures of the page, in the order of the page. */
  'pictures.list': (data: object) => Result<PagePicture[]>;
  /** What the page says of an image. */
  'image.context': (data: { image: JobImage }) => Result<PageContext>;
  /** Makes a text an image's alt text, or puts back what was there before. */
  'image.putAlt': (data: { image: JobImage; alt?: string | undefined }) => Result<void>;
  /** Says in a few words what a menu entry did. */
  'notice.show': (data: { words: string }) => Result<void>;
  /** Lets the person pick one, which is then asked about with a preset. */
  'picker.open': (data: { presetId?: string | undefined }) => Result<void>;
  /** What picture lies under the pointer; none where there is none, or more than one. */
  'picture.hovered': (data: object) => Result<PickedPicture | undefined>;
}

/** A connection with the models it offers. */
export interface ModelChoice {
  connectionId: string;
  name: string;
  models: string[];
}

/** Where an image stands in the window, each number a share of the window's width or height. */
export interface ScreenPart {
  left: number;
  top: number;
  width: number;
  height: number;
  /** False where the window shows only a part of it. */
  whole: boolean;
}

/** A model server that answered on this computer. */
export interface FoundServer {
  provider: ProviderId;
  /** How many models it lists; `refused` where it lets no extension in. */
  models: number | 'refused';
}

/** What the doctor found in settings, or on the way to a first connection. */
export interface ConnectionCheck {
  report: CheckReport;
  /** Jobs that had waited for a connection and now go on. */
  resumedJobIds: string[];
}

export const backgroundCalls = defineExtensionMessaging<BackgroundCalls>();
export const pageCalls = defineExtensionMessaging<PageCalls>();
