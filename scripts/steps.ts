/** Runs named steps one after the other, and adds up the tests that vitest ran in them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/**
 * Runs the steps until one fails, then says how many tests passed and failed, and ends the process.
 */
export async function runSteps(steps: readonly Step[]): Promise<never> {
  const total: Counts = { passed: 0, failed: 0 };
  const report: string[] = [];
  let code = 0;
  for (const step of steps) {
    console.log(`\n━━━ ${step.title} ━━━\n`);
    const begun = performance.now();
    const { exitCode, counts } = await runStep(step);
    const unchecked = step.mayGoUnchecked === true && exitCode === NOT_CHECKED;
    code = unchecked ? 0 : exitCode;
    total.passed += counts.passed;
    total.failed += counts.failed;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const mark = code === 0 ? '✓' : '✗';
    report.push(`${unchecked ? '– NOT CHECKED:' : mark} ${step.title} (${seconds} s)`);
    if (code !== 0) break;
  }
  console.log(`\n${report.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(code);
}

async function runStep({ command, env = {} }: Step): Promise<{ exitCode: number; counts: Counts }> {
  const [program, ...args] = command;
  if (program !== 'vitest') {
    return { exitCode: await run(program, args, env), counts: { passed: 0, failed: 0 } };
  }
  const file = join(mkdtempSync(join(tmpdir(), 'descry-tests-')), 'results.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const exitCode = await run(program, [...args, ...reporters], env);
  return { exitCode, counts: readCounts(file, exitCode) };
}

function run(program: string, args: readonly string[], env: Step['env']): Promise<number> {
  // The programs are npm's shell scripts, which Windows runs through its shell only.
  const options = { stdio: 'inherit', shell: process.platform === 'win32' } as const;
  const child = spawn(program, [...args], { ...options, env: { ...process.env, ...env } });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
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
