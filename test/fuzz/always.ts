/** A property that holds for every case made up, and how many cases that were. */
import fc from 'fast-check';
import { afterAll, vi } from 'vitest';

const RUNS = Number(process.env['DESCRY_FUZZ_RUNS'] ?? 12_000);
let cases = 0;

// Thousands of cases on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

afterAll(() => console.log(`${cases} cases`));

/**
 * Runs a property so many times, and counts.
 *
 * @param share of the usual number, for what takes long.
 */
export async function always<Value>(
  made: fc.Arbitrary<Value>,
  holds: (value: Value) => void | Promise<void>,
  share = 1,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(made, async (value) => {
      cases += 1;
      await holds(value);
    }),
    { numRuns: Math.ceil(RUNS * share) },
  );
}
