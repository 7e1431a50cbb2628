/** A screen to open browsers on: the desktop's own, or a virtual one (Xvfb, with openbox). */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { hasDesktop } from './machine.mjs';

export interface Display {
  /** What programs need in their environment to appear here. */
  env: NodeJS.ProcessEnv;
  virtual: boolean;
  stop(): Promise<void>;
}

/** Large enough for a browser window with a menu and its submenu beside it. */
const SCREEN = '1280x1000x24';

/** The desktop where there is one, else a virtual screen. */
export async function openDisplay(): Promise<Display> {
  if (hasDesktop()) {
    return { env: process.env, virtual: false, stop: () => Promise.resolve() };
  }
  return startVirtualDisplay();
}

/** A screen of our own, on which nobody else moves the pointer. Linux only. */
export async function startVirtualDisplay(): Promise<Display> {
  // With -displayfd, Xvfb takes the first free number and says which, once it accepts windows.
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = `:${await firstLine(xvfb)}`;
  // WAYLAND_DISPLAY would win over DISPLAY; a session bus would reach the desktop's own services.
  const { WAYLAND_DISPLAY: _, DBUS_SESSION_BUS_ADDRESS: __, ...rest } = process.env;
  const env = { ...rest, DISPLAY: display, GDK_BACKEND: 'x11' };
  // Without a window manager menus open but get no keyboard focus.
  const openbox = spawn('openbox', { env, stdio: 'ignore' });
  openbox.once('error', () => undefined);
  // A crash of ours must leave no screen behind.
  const abandon = () => xvfb.kill();
  process.once('exit', abandon);
  return {
    env,
    virtual: true,
    stop: async () => {
      process.off('exit', abandon);
      await end(openbox);
      await end(xvfb);
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  const pipe = child.stdio[3] as Readable;
  return new Promise((resolve, reject) => {
    let line = '';
    pipe.on('data', (data: Buffer) => {
      line += data.toString();
      if (line.includes('\n')) resolve(line.trim());
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}
