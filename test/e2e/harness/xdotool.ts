/** The real pointer and keyboard, through xdotool. */
import { execFile, spawn } from 'node:child_process';

export interface Xdotool {
  /** Sends one command, such as `key Return`; they run in order. */
  send(command: string): void;
  /** How many windows the screen shows: an open menu, submenu or prompt is a window of its own. */
  countWindows(): Promise<number>;
  stop(): void;
}

const SEARCH = ['search', '--onlyvisible', '--maxdepth', '1', '--class', '.*'];

/** Starts xdotool on a display and feeds it line by line: a process per command costs 10 ms each. */
export function startXdotool(env: NodeJS.ProcessEnv): Xdotool {
  const sender = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  return {
    send: (command) => void sender.stdin.write(`${command}\n`),
    countWindows: () => countWindows(env),
    stop: () => void sender.kill(),
  };
}

/**
 * In a process of its own each time: after a search, xdotool sends its keys to the windows found, as
 * synthetic events; and it dies of a window that closes while it looks, which is then tried again.
 */
function countWindows(env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    execFile('xdotool', SEARCH, { env }, (error, stdout, stderr) => {
      const ids = stdout.split('\n').filter((line) => line !== '');
      if (!error) resolve(ids.length);
      else if (stderr.includes('BadWindow')) resolve(countWindows(env));
      else if (error.code === 1 && ids.length === 0) resolve(0);
      else reject(new Error(stderr, { cause: error }));
    });
  });
}
