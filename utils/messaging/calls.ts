/** Every call between contexts, one documented line each, and the only users of `sendMessage`. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { Result } from '../errors';
import type { OfferedModel } from '../vision/provider';

/** What pages ask of the background. All answer with data, never with a rejection of ours. */
export interface BackgroundCalls {
  /** Ends a job; what had arrived stays. */
  'job.stop': (data: { jobId: string }) => Result<void>;
  /** Asks a settled job again; `longer` doubles the room for the answer. */
  'job.retry': (data: { jobId: string; longer?: boolean }) => Result<void>;
  /** Forgets a job. Extension pages only. */
  'job.remove': (data: { jobId: string }) => Result<void>;
  /** Brings the tab that holds the job's image to the front. Extension pages only. */
  'job.reveal': (data: { jobId: string }) => Result<void>;
  /** A small picture of the job's image, for lists. From the content script of its tab. */
  'job.thumbnail': (data: { jobId: string; dataUrl: string }) => Result<void>;
  /** Opens the welcome page, or settings where a connection exists. */
  'settings.open': (data: { page: 'welcome' | 'options' }) => Result<void>;
  /** The models that a stored connection's server lists. Extension pages only. */
  'connection.models': (data: { connectionId: string }) => Result<OfferedModel[]>;
  /** Sends a tiny picture; if the model saw it, lets waiting jobs go on. Extension pages only. */
  'connection.test': (data: { connectionId: string }) => Result<ConnectionTest>;
  /** Lets waiting jobs go on without a passed test. Extension pages only. */
  'connection.use': (data: { connectionId: string }) => Result<void>;
}

/** What the background asks of the content script in a tab. */
export interface PageCalls {
  /** The bytes of an image as a `data:` URL, read with the page's own cookies and referrer. */
  'image.read': (data: { srcUrl: string }) => Result<string>;
}

/** How the test of a connection went. */
export interface ConnectionTest {
  /** What the model said of the picture, shortened. */
  answer: string;
  /** Whether it named the picture's colour: a model that cannot see answers all the same. */
  sawPicture: boolean;
  /** From the request to the first word, in milliseconds. */
  firstWordMs: number;
  model: string;
  /** Jobs that had waited for a connection and now go on. */
  resumedJobIds: string[];
}

export const backgroundCalls = defineExtensionMessaging<BackgroundCalls>();
export const pageCalls = defineExtensionMessaging<PageCalls>();
