/** Answers what is asked about jobs, by cards for those of their own tab and by our pages for all. */
import { browser } from 'wxt/browser';
import { AppError } from '../../../utils/core/errors';
import { NO_TAB, type Answer, type Job } from '../../../utils/core/jobs/job';
import { hostOfPage } from '../../../utils/core/jobs/job-image';
import { findAnswer } from '../../../utils/core/jobs/turns';
import type { Answers } from '../../../utils/browser/messaging/call';
import { callPage } from '../../../utils/browser/messaging/call-page';
import type { jobCalls, ModelChoice } from '../../../utils/browser/messaging/job-calls';
import { nameOf } from '../../../utils/core/vision/connection-kind';
import { checkConnection } from '../connections/check-connection';
import type { OpenConnection } from '../connections/open-connection';
import { forgetJobs } from '../jobs/forget-jobs';
import type { Dependencies } from './dependencies';
import { saveConnection, setPrivateSite, setSitePageContext } from '../settings/settings-owner';

/** How long to wait for a server's list of models; without it, its own model is offered. */
const LIST_MS = 8_000;

/** The answers over the parts of the background. */
export function jobAnswers(dependencies: Dependencies): Answers<typeof jobCalls> {
  const { runner, store, connections, storedImages, preparePage } = dependencies;
  return {
    'job.stop': (place) => runner.stop(place),
    'job.retry': ({ jobId, answerId, ...options }) => runner.retry({ jobId, answerId }, options),
    'job.continue': (place) => runner.resume(place),
    'job.ask': ({ jobId, question }) => runner.ask(jobId, question),
    'job.edit': ({ text, ...place }) => runner.edit(place, text),
    async 'job.setAlt'({ alt, ...place }, { tabId, image }) {
      if (!(await preparePage(tabId))) throw new AppError('altUnsupported');
      await callPage(tabId, 'image.setAlt', { image, alt });
      await runner.setAltSet(place, alt !== undefined);
    },
    'job.models': async () => await Promise.all((await connections.all()).map(choicesOf)),
    'job.opinion': ({ jobId, using }) => runner.opinion(jobId, using),
    async 'job.check'({ answerId }, job) {
      const open = await connections.choose(answerOf(job, answerId).using ?? job.preset);
      if (!open) throw new AppError('noConnection');
      return await checkConnection(open);
    },
    async 'job.replaceModel'(place, job) {
      const { state, using } = answerOf(job, place.answerId);
      const open = await connections.choose(using ?? job.preset);
      const model = state.status === 'failed' ? state.failure.replacement : undefined;
      if (!open || model === undefined) throw new AppError('unexpected');
      const { id } = open.connection;
      // What a prompt or a second opinion names is theirs to keep, and a private window changes no
      // connection; this answer goes on all the same.
      if (!using && job.preset.model === undefined && !job.image.private)
        await saveConnection({ id, set: { model }, unset: ['price'] });
      await runner.retry(place, { using: { connectionId: id, model } });
    },
    async 'site.withoutPageContext'({ withhold }, { image }) {
      const host = hostOfPage(image);
      await (image.private ? setPrivateSite(host, withhold) : setSitePageContext(host, withhold));
    },
    async 'job.remove'({ jobId }) {
      await forgetJobs(dependencies, [jobId]);
    },
    async 'job.reveal'({ jobId }) {
      await store.ready;
      const tab = await browser.tabs.update(store.get(jobId)?.tabId ?? NO_TAB, { active: true });
      if (tab?.windowId !== undefined)
        await browser.windows.update(tab.windowId, { focused: true });
    },
    'job.seen': ({ jobId, ...seen }) => runner.see(jobId, seen),
    'job.image': async ({ jobId }) => (await storedImages.get(jobId))?.dataUrl,
  };
}

function answerOf(job: Job, answerId: string): Answer {
  const found = findAnswer(job, answerId);
  if (!found) throw new AppError('unexpected');
  return found.answer;
}

/** The models of a connection: as its server lists them, those that cannot see left out. */
async function choicesOf({ connection, provider }: OpenConnection): Promise<ModelChoice> {
  const { id: connectionId, model } = connection;
  const listed = await provider.listModels(AbortSignal.timeout(LIST_MS)).catch(() => []);
  const seeing = listed.filter(({ vision }) => vision !== false).map(({ id }) => id);
  const models = [...new Set([...(model ? [model] : []), ...seeing])];
  return { connectionId, name: nameOf(connection), models };
}
