/** Runs named steps, one after the other or side by side, and adds up the tests that vitest ran in them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  counts?: Counts;
}

/**
 * Runs the steps until one fails, then says how many tests passed and failed, and ends the process.
 * Those of a list within the list run side by side, each to its end, each line with its step's title.
 */
export async function runSteps(steps: readonly (Step | readonly Step[])[]): Promise<never> {
  const total: Counts = { passed: 0, failed: 0 };
  const report: string[] = [];
  let code = 0;
  for (const each of steps) {
    const group: readonly Step[] = 'title' in each ? [each] : each;
    console.log(`\n━━━ ${group.map(({ title }) => title).join(' │ ')} ━━━\n`);
    const ended = await Promise.all(
      group.map(async (step) => {
        const begun = performance.now();
        const { exitCode, counts } = await runStep(step, group.length > 1);
        const unchecked = step.mayGoUnchecked === true && exitCode === NOT_CHECKED;
        total.passed += counts?.passed ?? 0;
        total.failed += counts?.failed ?? 0;
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        const mark = unchecked ? '– NOT CHECKED:' : exitCode === 0 ? '✓' : '✗';
        const tests = counts ? `: ${wordsOf(counts)}` : '';
        return {
          code: unchecked ? 0 : exitCode,
          line: `${mark} ${step.title} (${seconds} s)${tests}`,
        };
      }),
    );
    report.push(...ended.map(({ line }) => line));
    code = ended.find((step) => step.code !== 0)?.code ?? 0;
    if (code !== 0) break;
  }
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
  return { exitCode, counts: readCounts(file, exitCode) };
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
  numFailedTests: number;
  testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
}

function readCounts(file: string, exitCode: number): Counts {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as VitestResults;
    // A file that fails before its first test has no test to count.
    const brokenFiles = results.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + brokenFiles.length,
    };
  } catch {
    return { passed: 0, failed: exitCode === 0 ? 0 : 1 };
  }
}
