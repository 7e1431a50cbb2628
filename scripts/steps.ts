/** Runs named steps, one after the other or side by side, and adds up the tests that vitest ran in them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Step {
  title: string;
  /** A program of `node_modules/.bin` and its arguments. */
  command: readonly [string, ...string[]];
  env?: Readonly<Record<string, string>>;
  /** It may end with `NOT_CHECKED`: what it asks is not ours. That is said, and fails nothing. */
  mayGoUnchecked?: boolean;
}

/** How a step ends that could not look (EX_TEMPFAIL of sysexits.h). */
export const NOT_CHECKED = 75;

interface Counts {
  passed: number;
  failed: number;
}

interface Ended {
  exitCode: number;
  /** Of a step that runs tests. */
  tests?: Tests;
}

interface Tests extends Counts {
  /** What failed and how, in words that stand alone. */
  failures: readonly string[];
}

/**
 * Runs the steps until one fails, then says how many tests passed and failed, repeats which failed
 * and how (a long log may be all that is kept, and only its end), and ends the process.
 * Those of a list within the list run side by side, each to its end, each line with its step's title.
 */
export async function runSteps(steps: readonly (Step | readonly Step[])[]): Promise<never> {
  const total: Counts = { passed: 0, failed: 0 };
  const report: string[] = [];
  const failures: string[] = [];
  let code = 0;
  for (const each of steps) {
    const group: readonly Step[] = 'title' in each ? [each] : each;
    console.log(`\n━━━ ${group.map(({ title }) => title).join(' │ ')} ━━━\n`);
    const ended = await Promise.all(
      group.map(async (step) => {
        const begun = performance.now();
        const { exitCode, tests } = await runStep(step, group.length > 1);
        const unchecked = step.mayGoUnchecked === true && exitCode === NOT_CHECKED;
        total.passed += tests?.passed ?? 0;
        total.failed += tests?.failed ?? 0;
        failures.push(...(tests?.failures ?? []).map((failure) => `✗ ${step.title} │ ${failure}`));
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        const mark = unchecked ? '– NOT CHECKED:' : exitCode === 0 ? '✓' : '✗';
        const counted = tests ? `: ${wordsOf(tests)}` : '';
        return {
          code: unchecked ? 0 : exitCode,
          line: `${mark} ${step.title} (${seconds} s)${counted}`,
        };
      }),
    );
    report.push(...ended.map(({ line }) => line));
    code = ended.find((step) => step.code !== 0)?.code ?? 0;
    if (code !== 0) break;
  }
  for (const failure of failures) console.log(`\n${failure}`);
  console.log(`\n${report.join('\n')}\n`);
  console.log(wordsOf(total));
  process.exit(code);
}

function wordsOf({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}

async function runStep(step: Step, beside: boolean): Promise<Ended> {
  const [program, ...args] = step.command;
  if (program !== 'vitest') return { exitCode: await run(step, step.command, beside) };
  const file = join(mkdtempSync(join(tmpdir(), 'descry-tests-')), 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = await run(step, [program, ...args, ...reporters], beside);
  return { exitCode, tests: readTests(file, exitCode) };
}

function run(
  { title, env = {} }: Step,
  [program, ...args]: Step['command'],
  beside: boolean,
): Promise<number> {
  const child = spawn(program, args, {
    stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    // The programs are npm's shell scripts, which Windows runs through its shell only.
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) printLines(stream, title);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function printLines(stream: Readable, title: string): void {
  createInterface({ input: stream }).on('line', (line) => console.log(`${title} │ ${line}`));
}

interface VitestResults {
  numPassedTests: number;
  testResults: readonly TestFile[];
}

interface TestFile {
  name: string;
  status: string;
  /** Why the file failed where no test of its did: an import, a hook. */
  message: string;
  assertionResults: readonly { fullName: string; status: string; failureMessages: string[] }[];
}

function readTests(file: string, exitCode: number): Tests {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as VitestResults;
    const failures = results.testResults.flatMap(failuresIn);
    return { passed: results.numPassedTests, failed: failures.length, failures };
  } catch {
    return { passed: 0, failed: exitCode === 0 ? 0 : 1, failures: [] };
  }
}

function failuresIn({ name, status, message, assertionResults }: TestFile): string[] {
  const file = relative(process.cwd(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  // A hook that fails skips the tests; the file alone says so.
  if (failed.length === 0) return status === 'failed' ? [`${file}\n${message}`] : [];
  return failed.map((test) => `${file} > ${test.fullName}\n${test.failureMessages.join('\n')}`);
}
