/** How a run of steps ends, where one of them could not look, and what side by side means. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NOT_CHECKED, type Step } from '../../scripts/steps';

type Untitled = Omit<Step, 'title'>;

function run(...steps: readonly (Untitled | readonly Untitled[])[]) {
  let count = 0;
  const titled = ({ command, mayGoUnchecked }: Untitled): Step => {
    count += 1;
    return { title: `Step ${count}`, command, mayGoUnchecked: mayGoUnchecked === true };
  };
  const named = steps.map((each) => ('command' in each ? titled(each) : each.map(titled)));
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

describe('steps side by side', () => {
  /** Ends once the other one has begun, and fails where it never does. */
  const meeting = (own: string, other: string): Step['command'] => {
    const code = `fs.writeFileSync(${JSON.stringify(own)}, ''); console.log('here');
      const end = Date.now() + 10_000;
      const look = () => fs.existsSync(${JSON.stringify(other)}) || (Date.now() > end ? process.exit(1) : setTimeout(look, 20));
      look();`;
    return ['node', '-e', code];
  };

  it('run at once, each line with its title', () => {
    const folder = mkdtempSync(join(tmpdir(), 'descry-steps-'));
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const { status, stdout } = run([
      { command: meeting(one, two) },
      { command: meeting(two, one) },
    ]);
    expect(stdout).toContain('Step 1 │ here\n');
    expect(stdout).toContain('Step 2 │ here\n');
    expect(status).toBe(0);
  });

  it('fail as a whole where one fails, after the others have come to their end', () => {
    const { status, stdout } = run([{ command: ending(0) }, { command: ending(3) }], {
      command: ending(0),
    });
    expect(stdout).toMatch(/✓ Step 1 .*\n✗ Step 2/);
    expect(stdout).not.toContain('✓ Step 3');
    expect(status).toBe(3);
  });
});

it('repeats at the end what failed, a hook that no test names among it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'descry-steps-'));
  writeFileSync(
    join(folder, 'hook.test.ts'),
    `import { beforeAll, it } from '${join(process.cwd(), 'node_modules/vitest')}';
    beforeAll(() => { throw new Error('no browser'); });
    it('is never tried', () => undefined);`,
  );
  const { status, stdout } = run(
    { command: ['vitest', 'run', '--root', folder] },
    { command: ending(0) },
  );
  const end = stdout.slice(stdout.lastIndexOf('JSON report written'));
  expect(end).toMatch(/✗ Step 1 │ .*hook\.test\.ts\nno browser\n/);
  expect(end).toContain('0 passed, 1 failed');
  expect(status).toBeGreaterThan(0);
});
