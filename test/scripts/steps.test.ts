/** How a run of steps ends, where one of them could not look. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { NOT_CHECKED, type Step } from '../../scripts/steps';

function run(...steps: readonly Omit<Step, 'title'>[]) {
  const named = steps.map(({ command, mayGoUnchecked }, at) => {
    return { title: `Step ${at + 1}`, command, mayGoUnchecked };
  });
  const code = `import { runSteps } from './scripts/steps.ts'; await runSteps(${JSON.stringify(named)});`;
  const { status, stdout } = spawnSync('node', ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  return { status, stdout };
}

const ending = (code: number): Step['command'] => ['node', '-e', `process.exit(${code})`];

it('goes on after a step that may go unchecked, and does not call it passed', () => {
  const { status, stdout } = run(
    { command: ending(NOT_CHECKED), mayGoUnchecked: true },
    { command: ending(0) },
  );
  expect(stdout).toMatch(/– NOT CHECKED: Step 1 .*\n✓ Step 2/);
  expect(status).toBe(0);
});

it('ends at every other failure, of such a step as well', () => {
  for (const step of [
    { command: ending(NOT_CHECKED) },
    { command: ending(1), mayGoUnchecked: true },
  ]) {
    const { status, stdout } = run(step, { command: ending(0) });
    expect(stdout).toContain('✗ Step 1');
    expect(stdout).not.toContain('✓ Step 2');
    expect(status).toBeGreaterThan(0);
  }
});
