/** The real pointer and keyboard, through xdotool. */
import { execFile, spawn } from 'node:child_process';

export interface Xdotool {
  /** Sends one command, such as `key Return`; they run in order. */
  send(command: string): void;
  /** The windows that the screen shows: an open menu, submenu or prompt is one of its own. */
  windows(): Promise<ReadonlySet<string>>;
  stop(): void;
}

const SEARCH = ['search', '--onlyvisible', '--maxdepth', '1', '--class', '.*'];

/** Starts xdotool on a display and feeds it line by line: a process per command costs 10 ms each. */
export function startXdotool(env: NodeJS.ProcessEnv): Xdotool {
  const sender = spawn('xdotool', ['-'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  return {
    send: (command) => void sender.stdin.write(`${command}\n`),
    windows: () => windows(env),
    stop: () => void sender.kill(),
  };
}

/**
 * In a process of its own each time: after a search, xdotool sends its keys to the windows found, as
 * synthetic events; and it dies of a window that closes while it looks, which is then tried again.
 */
function windows(env: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  return new Promise((resolve, reject) => {
    execFile('xdotool', SEARCH, { env }, (error, stdout, stderr) => {
      const ids = stdout.split('\n').filter((line) => line !== '');
      if (!error) resolve(new Set(ids));
      else if (stderr.includes('BadWindow')) resolve(windows(env));
      else if (error.code === 1 && ids.length === 0) resolve(new Set());
      else reject(new Error(stderr, { cause: error }));
    });
  });
}
