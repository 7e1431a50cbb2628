/**
 * Every call that the background answers, one row each: those of jobs and settings, and the rest.
 */
import * as v from 'valibot';
import type { ErrorCode } from '../../core/errors';
import { pickedImageSchema, type PageImage } from '../../page/page-image';
import type { ProviderId } from '../../core/vision/provider-kind';
import type { CheckReport } from '../../core/vision/check-report';
import type { OfferedModel } from '../../core/vision/provider';
import { call, noInput, nothing, trusted } from './call';
import { jobCalls, jobInput } from './job-calls';
import { settingsCalls } from './settings-calls';

const tabInput = v.object({ tabId: v.number() });
const connectionInput = v.object({ connectionId: v.string() });
/** Of private windows, or of the others. */
const windowsInput = v.object({ private: v.boolean() });
const jobId = trusted<string>();

/** A model server on this computer. */
export interface FoundServer {
  provider: ProviderId;
  /**
   * How many models it lists; `refused` where it lets no extension in; `hidden` where it may be there,
   * and the browser may hide its answers.
   */
  models: number | 'refused' | 'hidden';
}

/** What the doctor found in settings, or on the way to a first connection. */
export interface ConnectionCheck {
  report: CheckReport;
  /** Resumes jobs that were waiting for a connection. */
  resumedJobIds: string[];
}

export const backgroundCalls = {
  ...jobCalls,
  ...settingsCalls,
  /**
   * Asks about an image that was picked on its page or in its list, with the default preset where
   * none is named. A content script asks about its own tab; our pages name the tab, and show the
   * answer themselves. Gives the job's id, as the two below do.
   */
  'image.describe': call({
    from: 'anyOwn',
    input: v.object({
      image: pickedImageSchema,
      tabId: v.optional(v.number()),
      presetId: v.optional(v.string()),
    }),
    output: jobId,
  }),
  /** Asks about all that the window shows of a tab. */
  'view.describe': call({ from: 'ownPage', input: tabInput, output: jobId }),
  /** Asks about an image file, given as a `data:` URL. */
  'file.describe': call({
    from: 'ownPage',
    input: v.object({
      dataUrl: v.pipe(v.string(), v.startsWith('data:')),
      name: v.string(),
      /** It was given in a private window. */
      private: v.optional(v.boolean()),
    }),
    output: jobId,
  }),
  /** Adds an image of a tab's list to the comparison tray. */
  'compare.add': call({
    from: 'ownPage',
    input: v.object({ image: pickedImageSchema, ...tabInput.entries }),
    output: nothing,
  }),
  /** Asks about the images in the tray of private windows, or of the others. Gives the job's id. */
  'compare.ask': call({ from: 'ownPage', input: windowsInput, output: jobId }),
  /** Removes one image from the tray, or all those of private windows, or of the others. */
  'compare.remove': call({
    from: 'ownPage',
    input: v.union([v.object({ id: v.string() }), windowsInput]),
    output: nothing,
  }),
  /** The images of a tab's page. */
  'images.list': call({ from: 'ownPage', input: tabInput, output: trusted<PageImage[]>() }),
  /** Lets the person pick an image on a tab's page. */
  'picker.open': call({ from: 'ownPage', input: tabInput, output: nothing }),
  /** Opens the welcome page, or settings where a connection exists. */
  'settings.open': call({
    from: 'anyOwn',
    input: v.object({ page: v.picklist(['welcome', 'options']) }),
    output: nothing,
  }),
  /** The models that a stored connection's server lists. */
  'connection.models': call({
    from: 'ownPage',
    input: connectionInput,
    output: trusted<OfferedModel[]>(),
  }),
  /**
   * Looks at a connection step by step, with a tiny image; where all is well, lets waiting jobs go
   * on.
   */
  'connection.check': call({
    from: 'ownPage',
    input: connectionInput,
    output: trusted<ConnectionCheck>(),
  }),
  /** Asks the usual ports of this computer which model servers run there. */
  'servers.look': call({ from: 'ownPage', input: noInput, output: trusted<FoundServer[]>() }),
  /** Takes a job of the history up again, and opens it. */
  'history.open': call({ from: 'ownPage', input: jobInput, output: nothing }),
  /** Forgets jobs, here and in the history. */
  'history.remove': call({
    from: 'ownPage',
    input: v.object({ jobIds: v.array(v.string()) }),
    output: nothing,
  }),
  /** Why the last job could not be written into the history, if so. */
  'history.problem': call({
    from: 'ownPage',
    input: noInput,
    output: trusted<ErrorCode | undefined>(),
  }),
  /** Resumes the jobs that wait for a connection, without a passed test. */
  'jobs.resume': call({ from: 'ownPage', input: noInput, output: nothing }),
};
/** For who calls: the rows themselves, with the schemas of their inputs, are the background's. */
export type BackgroundCalls = typeof backgroundCalls;
