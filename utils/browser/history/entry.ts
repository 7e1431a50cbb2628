/** A description in the history: the job as it ended, and what it is found by. */
import * as v from 'valibot';
import { textOf } from '../../core/jobs/answer-state';
import { jobSchema, NO_TAB, type Job } from '../../core/jobs/job';
import {
  answerModel,
  answersOf,
  answerText,
  isJobSettled,
  pageContextOf,
} from '../../core/jobs/turns';
import { siteOfPage } from '../../core/jobs/job-image';

export const entrySchema = v.object({
  id: v.string(),
  /** Milliseconds since 1970. */
  createdAt: v.number(),
  /** The same, negative: the database sorts upwards, and the newest come first. */
  newest: v.number(),
  /** The site of the page, or empty. */
  site: v.string(),
  /** The preset's name, as it was. */
  presetName: v.string(),
  /** Of all its answers, as the servers named them. */
  models: v.array(v.string()),
  /** Of the first question and its image, for each answer that may answer them again. */
  contentKeys: v.array(v.string()),
  /** 1 while it is being answered; the index of unfinished ones has no others. */
  unfinished: v.optional(v.literal(1)),
  /** Without its thumbnail, which is kept apart: a search reads all entries. */
  job: jobSchema,
});
export type Entry = v.InferOutput<typeof entrySchema>;

/** The entry of a job as it stands. */
export function entryOf({ thumbnail: _thumbnail, unsaved: _unsaved, ...job }: Job): Entry {
  const { id, createdAt, image, preset, turns } = job;
  return {
    id,
    createdAt,
    newest: -createdAt,
    site: siteOfPage(image),
    presetName: preset.name,
    models: [...new Set(answersOf(job).flatMap((answer) => answerModel(answer) ?? []))],
    contentKeys: turns[0].answers.flatMap(({ contentKey }) => contentKey ?? []),
    ...(isJobSettled(job) ? {} : { unfinished: 1 as const }),
    job: { ...job, tabId: NO_TAB },
  };
}

/** Which entries are wanted; what is absent does not matter. */
export interface HistoryFilter {
  /** Each of these words is somewhere in the entry, in any case and with or without accents. */
  words?: string;
  site?: string;
  presetName?: string;
  model?: string;
  /** From this moment on, in milliseconds since 1970. */
  from?: number;
  /** Before this moment. */
  until?: number;
}

/** What an entry is found by. */
export interface Findable extends Pick<Entry, 'site' | 'presetName' | 'models' | 'createdAt'> {
  /** All its words, as `foldedText` gives them. */
  text: () => string;
}

/** Whether an entry is wanted. */
export function matches(filter: HistoryFilter): (entry: Entry) => boolean {
  const isWanted = finds(filter);
  return (entry) => isWanted({ ...entry, text: () => foldedText(entry) });
}

/** The same for what is at hand of an entry. */
export function finds(filter: HistoryFilter): (entry: Findable) => boolean {
  const words = folded(filter.words ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  const { site, presetName, model, from, until } = filter;
  return (entry) => {
    if (site !== undefined && entry.site !== site) return false;
    if (presetName !== undefined && entry.presetName !== presetName) return false;
    if (model !== undefined && !entry.models.includes(model)) return false;
    if (from !== undefined && entry.createdAt < from) return false;
    if (until !== undefined && entry.createdAt >= until) return false;
    if (words.length === 0) return true;
    const text = entry.text();
    return words.every((word) => text.includes(word));
  };
}

/** All the words of an entry, in which a word is looked for. */
export function foldedText(entry: Entry): string {
  return folded(textsOf(entry).join('\n'));
}

/** All that a person may remember of an entry. */
function textsOf({ job, site, presetName, models }: Entry): string[] {
  const { image, turns } = job;
  const questions = turns.flatMap(({ question }) => question ?? []);
  const said = answersOf(job).flatMap((answer) => [answerText(answer), textOf(answer.state)]);
  const context = pageContextOf(job);
  const page = context ? Object.values(context.texts).flatMap((text) => text ?? []) : [];
  return [
    ...questions,
    ...said,
    presetName,
    ...models,
    site,
    image.pageUrl,
    image.name ?? '',
    ...page,
  ];
}

/** In small letters, without accents: "É" is found by "e". */
function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
