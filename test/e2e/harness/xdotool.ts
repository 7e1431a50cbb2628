/** The real pointer and keyboard, through xdotool. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Xdotool {
  /** Sends one command, such as `key Return`; they run in order. */
  send(command: string): void;
  /** How many windows the screen shows: an open menu, submenu or prompt is a window of its own. */
  countWindows(): Promise<number>;
  stop(): void;
}

/** Printed after each answer: an answer may have no line at all. */
const END_OF_ANSWER = 'end-of-answer';

/**
 * Starts xdotool on a display and feeds it line by line: a process per command costs 10 ms each.
 * There are two, because after `search` a process sends its keys to the window it found, as
 * synthetic events, and no longer to whatever has the focus.
 */
export function startXdotool(env: NodeJS.ProcessEnv): Xdotool {
  const sender = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  // Into a pipe, xdotool would hold its output back until the end; stdbuf makes it line by line.
  const searcher = spawn('stdbuf', ['-oL', 'xdotool', '-'], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting: ((count: number) => void)[] = [];
  let lines = 0;
  createInterface({ input: searcher.stdout }).on('line', (line) => {
    if (line !== END_OF_ANSWER) {
      lines += 1;
      return;
    }
    waiting.shift()?.(lines);
    lines = 0;
  });
  return {
    send: (command) => void sender.stdin.write(`${command}\n`),
    countWindows: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        searcher.stdin.write('search --onlyvisible --maxdepth 1 --class .*\n');
        searcher.stdin.write(`exec --sync echo ${END_OF_ANSWER}\n`);
      }),
    stop: () => {
      sender.kill();
      searcher.kill();
    },
  };
}
