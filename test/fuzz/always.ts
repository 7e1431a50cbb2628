/** A property that holds for every case made up, and how often each branch behind it was reached. */
import fc from 'fast-check';
import { afterAll, expect, vi } from 'vitest';

/** Of each property; `npm test` makes ten times as many. */
const RUNS = Number(process.env['DESCRY_FUZZ_RUNS'] ?? 1_200);
/** Chance can miss a floor of fewer. What is that rare is looked for where there are more cases. */
const MIN_FLOOR = 8;
let cases = 0;

// Without it no array or string has more than 10 elements, whatever its `maxLength` says.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });

// Thousands of cases on a busy machine.
vi.setConfig({ testTimeout: 600_000 });

afterAll(() => console.log(`${cases} cases`));

/** Counts a branch that a case has reached. */
export type Reach = (branch: string, times?: number) => void;

interface Extent {
  /** Of the usual number of cases, for what takes long. */
  share?: number;
  /**
   * How often each branch has to be reached, as a share of the cases: well below what it is, so
   * that chance alone never fails. A property that no longer gets anywhere fails by it.
   */
  floors?: Readonly<Record<string, number>>;
}

/** Runs a property so many times, and looks whether it got anywhere. */
export async function always<Value>(
  made: fc.Arbitrary<Value>,
  holds: (value: Value, reach: Reach) => void | Promise<void>,
  { share: ofRuns = 1, floors = {} }: Extent = {},
): Promise<void> {
  const numRuns = Math.ceil(RUNS * ofRuns);
  const reached = new Map<string, number>();
  const reach: Reach = (branch, times = 1) => {
    reached.set(branch, (reached.get(branch) ?? 0) + times);
  };
  await fc.assert(
    fc.asyncProperty(made, async (value) => {
      cases += 1;
      await holds(value, reach);
    }),
    { numRuns },
  );
  if (process.env['DESCRY_FUZZ_COUNTS']) {
    const often = [...reached].filter(([, times]) => times > numRuns / 1_000);
    const shares = often.map(([branch, times]) => {
      const floor = floors[branch] === undefined ? '' : `, at least ${floors[branch]}`;
      return `${branch}: ${(times / numRuns).toFixed(4)}${floor}`;
    });
    console.log(`${numRuns} cases\n${shares.toSorted().join('\n')}`);
  }
  const missed = Object.entries(floors).filter(([branch, share]) => {
    const floor = numRuns * share;
    return floor >= MIN_FLOOR && (reached.get(branch) ?? 0) < floor;
  });
  expect(missed.map(([branch]) => `${branch}: ${reached.get(branch) ?? 0} times`)).toEqual([]);
}
