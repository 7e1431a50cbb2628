/** Types of `machine.mjs`, which is plain JavaScript so that set-up runs on any Node. */

/** `chrome` is any Chromium: Chrome, Chromium or Edge. */
export type BrowserName = 'chrome' | 'firefox';

export declare function findExecutable(name: string): string | undefined;
export declare function findBrowser(browser: BrowserName): string | undefined;
export declare function hasDesktop(): boolean;
