/**
 * The most bytes that each script and each zip may have, in both browsers: about 5 % above what they
 * had when the figure was set. Who needs more raises the figure here, and says in the commit why.
 * Whatever gets much smaller gets a new figure, too.
 */
export const SIZE_BUDGETS = {
  // Started with every click that finds it asleep. 4 kB more or less are a tenth of a millisecond.
  'background.js': 117_000,
  // Loaded while the page makes itself ready.
  'background-later.js': 103_000,
  // Put into every page on which something is asked.
  'page.js': 148_000,
  'pick.js': 64_000,
  // Each page with every chunk that it loads, or may load later.
  'popup.html': 185_000,
  'description-history.html': 169_000,
  'result.html': 104_000,
  'presets.html': 132_000,
  'options.html': 137_000,
  'welcome.html': 132_000,
  'on-device.html': 31_800,
  'chrome.zip': 355_000,
  'firefox.zip': 355_000,
  'sources.zip': 2_890_000,
} as const satisfies Readonly<Record<string, number>>;
