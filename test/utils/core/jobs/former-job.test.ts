import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { fromFormerJob } from '../../../../utils/core/jobs/former-job';
import { jobSchema } from '../../../../utils/core/jobs/job';
import { answersOf } from '../../../../utils/core/jobs/turns';

const FORMER = {
  id: 'a',
  createdAt: 1,
  tabId: -1,
  image: { kind: 'element', srcUrl: '', documentUrl: '', pageUrl: '', frameId: 0 },
  preset: { id: 'p', name: 'P', prompt: 'Describe.' },
  maxTokens: 4_000,
};

/** What became of a former job with such an earlier answer and such a present one. */
function statesFrom(earlier: object, state: object): unknown[] {
  const job = fromFormerJob({ ...FORMER, earlier: [{ state: earlier }], question: 'Why?', state });
  return answersOf(v.parse(jobSchema, job)).map((answer) => answer.state);
}

describe('the error code of a former job', () => {
  it.each([
    ['altNotTaken', 'altUnsupported'],
    ['promptNotTaken', 'promptUnsupported'],
    ['serverError', 'serverError'],
  ])('%s is now %s', (former, code) => {
    const failed = (name: string) => ({
      status: 'failed',
      failure: { code: name, status: 500 },
      text: 'A',
    });
    const retrying = (name: string) => ({
      status: 'retrying',
      failure: { code: name },
      attempt: 2,
      attempts: 3,
      until: 9,
    });
    expect(statesFrom(failed(former), retrying(former))).toEqual([failed(code), retrying(code)]);
  });

  it('that Descry never had is not understood', () => {
    const state = { status: 'failed', failure: { code: 'constructor' }, text: '' };
    expect(() => statesFrom({ status: 'stopped', text: '' }, state)).toThrow(v.ValiError);
  });
});
