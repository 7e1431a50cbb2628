import { expect, it } from 'vitest';
import { resumeAnswer, type ResumedText } from '../../../../utils/core/jobs/resume';
import { words } from '../../../fixtures/job-runner';

const PART = 'A brown dog runs along a wide beach';

/** What comes of an answer in these pieces: its words put together, and whether it began anew. */
async function told(part: string, ...pieces: string[]) {
  const events: ResumedText[] = [];
  for await (const event of resumeAnswer(part, words(...pieces))) events.push(event);
  expect(events.at(-1)?.type).toBe('end');
  expect(events.filter(({ type }) => type === 'end')).toHaveLength(1);
  const text = events.flatMap((event) => (event.type === 'words' ? event.text : [])).join('');
  const anew = events.flatMap(({ type }, at) => (type === 'anew' ? at : []));
  return { text, anew };
}

it.each([
  [' in the sun.'],
  [' in', ' the sun.'],
  // As far as it goes, it might be the beginning again.
  ['A', ' brown cat.'],
  ['A brown', ' d'],
])('what goes on is told as it comes: %j', async (...pieces) => {
  expect(await told(PART, ...pieces)).toEqual({ text: pieces.join(''), anew: [] });
});

it.each([
  [[PART + '.']],
  [['A ', 'brown ', 'dog ', 'runs ', 'along', ' a beach.']],
  [['\n\n', PART]],
])('what says the beginning once more begins anew, before its first word: %j', async (pieces) => {
  expect(await told(`\n${PART}`, ...pieces)).toEqual({ text: pieces.join(''), anew: [0] });
});

it('the first word is not kept back longer than it is in doubt', async () => {
  const events = resumeAnswer(PART, words(' in', ' the sun.'))[Symbol.asyncIterator]();
  expect(await events.next()).toMatchObject({ value: { type: 'words', text: ' in' } });
});

it('an end without a word is an end', async () => {
  expect(await told(PART)).toEqual({ text: '', anew: [] });
});

it('fails as it fails', async () => {
  async function* broken() {
    yield* words('A br');
    await Promise.reject(new Error('its own'));
  }
  const all = async () => {
    for await (const _ of resumeAnswer('A', broken()));
  };
  await expect(all()).rejects.toThrow('its own');
});
