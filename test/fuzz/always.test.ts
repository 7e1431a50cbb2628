/** What the properties stand on: cases as long as they are said to be, and branches that are reached. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always } from './always';

it('a longest length is reached', async () => {
  const made = fc.tuple(fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }));
  let longest = [0, 0];
  await always(
    made,
    (lists) => {
      longest = longest.map((length, at) => Math.max(length, lists[at]?.length ?? 0));
    },
    { share: 1 / 10 },
  );
  // fast-check's own default ends at 10.
  expect(Math.min(...longest)).toBeGreaterThan(150);
});

it('a property fails that does not get to where it should', async () => {
  const few = always(fc.nat(99), (each, reach) => reach(each < 50 ? 'low' : 'high'), {
    share: 1 / 10,
    floors: { low: 0.1, high: 0.1, none: 0.1 },
  });
  await expect(few).rejects.toThrow(/none: 0 times/);
});
