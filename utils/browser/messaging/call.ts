/** What a row for one call between contexts holds: who may make it, what it takes, what it answers. */
import * as v from 'valibot';
import type { Job } from '../../core/jobs/job';

/** The page in a tab, as the browser names it. */
export interface TabPage {
  tabId: number;
  url: string;
  /** In a private window. */
  private: boolean;
}

/** Who may make a call, and what its handler is then told about them. */
export interface Callers {
  /** Our own pages: popup, result, presets, settings, welcome, history. */
  ownPage: void;
  /** Our own pages, and the card of the tab that the job named by `jobId` belongs to. */
  jobCard: Job;
  /** Our own pages, of which nothing is told, and our scripts in any tab, of which their page is. */
  anyOwn: TabPage | undefined;
  /** The background. */
  background: void;
}
type From = keyof Callers;

/** One call. */
export interface Call<
  F extends From = From,
  Input extends v.GenericSchema = v.GenericSchema,
  Output extends v.GenericSchema = v.GenericSchema,
> {
  readonly from: F;
  readonly input: Input;
  readonly output: Output;
}
/** A table of calls by name. */
export type Calls<Name extends PropertyKey> = Readonly<Record<Name, Call>>;

/** A job has to be named where its card may call. */
type InputFrom<F extends From> = F extends 'jobCard'
  ? v.GenericSchema<unknown, { jobId: string }>
  : v.GenericSchema;

/** Declares one call; its name is its key in the table. */
export function call<F extends From, Input extends InputFrom<F>, Output extends v.GenericSchema>(
  row: Call<F, Input, Output>,
): Call<F, Input, Output> {
  return row;
}

/** What a call takes, as it is sent. */
export type InputOf<Row extends Call> = v.InferInput<Row['input']>;
/** What a call gives. */
export type OutputOf<Row extends Call> = v.InferOutput<Row['output']>;
/** The answers to the calls of a table, as functions: one that is missing does not compile. */
export type Answers<Table extends Calls<keyof Table>> = {
  readonly [Name in keyof Table]: (
    input: v.InferOutput<Table[Name]['input']>,
    caller: Callers[Table[Name]['from']],
  ) => Promise<OutputOf<Table[Name]>> | OutputOf<Table[Name]>;
};

/** The input of a call that takes nothing. */
export const noInput = v.object({});
/** The output of a call that only does something. */
export const nothing = v.void();

/**
 * An output of the background, by its type alone: who asks is of the same build, and the scripts in
 * pages stay without the schemas of what they only ever receive. What a page answers has a schema.
 */
export const trusted = <Output>() => v.custom<Output>(() => true);
