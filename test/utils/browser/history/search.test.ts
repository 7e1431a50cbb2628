import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createSearch } from '../../../../utils/browser/history/search';
import { DONE } from '../../../fixtures/job-states';
import { jobAt, saveAll, withFreshHistory } from '../../../fixtures/history';

withFreshHistory();

const { signal } = new AbortController();
const numbers = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    jobAt(at + 1, { state: { ...DONE, text: at % 2 === 0 ? 'Even' : 'Odd' } }),
  );

describe.each([
  ['in memory', 100],
  ['on disk', 1],
])('a search %s', (_where, most) => {
  it('gives pages of what fits, newest first, and counts it all', async () => {
    await saveAll(...numbers(9));
    const search = createSearch(most);
    const page = async (filter: object, skip: number) => {
      const { entries, count } = await search.find(filter, { skip, limit: 2, signal });
      return [...entries.map(({ createdAt }) => createdAt), `of ${count}`];
    };
    expect(await page({ words: 'even' }, 0)).toEqual([9, 7, 'of 5']);
    expect(await page({ words: 'even' }, 2)).toEqual([5, 3, 'of 5']);
    expect(await page({ words: 'even' }, 4)).toEqual([1, 'of 5']);
    expect(await page({}, 0)).toEqual([9, 8, 'of 9']);
    expect(await page({}, 8)).toEqual([1, 'of 9']);
  });

  it('finds what has come once it is told, and ends when it is aborted', async () => {
    const search = createSearch(most);
    const find = async () => (await search.find({ words: 'even' }, { limit: 9, signal })).count;
    expect(await find()).toBe(0);
    await saveAll(...numbers(3));
    search.forget();
    expect(await find()).toBe(2);
    const aborted = search.find({ words: 'e' }, { limit: 9, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toThrow('abort');
  });
});
