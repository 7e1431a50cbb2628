/**
 * The most bytes that each script and each zip may have, in both browsers: about 5 % above what they
 * had when the figure was set. Who needs more raises the figure here, and says in the commit why.
 * Whatever gets much smaller gets a new figure, too.
 */
export const SIZE_BUDGETS = {
  // Started with every click that finds it asleep. 4 kB more or less are a tenth of a millisecond.
  'background.js': 117_000,
  // Loaded while the page makes itself ready.
  'background-later.js': 108_000,
  // Put into every page on which something is asked.
  // A third of it is valibot, which parses what the background says, another third the accessible
  // name of an image.
  'page.js': 75_000,
  // Comes second: the image is on its way by then.
  'card.js': 94_000,
  'pick.js': 64_000,
  // Each page with every chunk that it loads, or may load later; what three pages need, all have.
  'popup.html': 185_000,
  // Its HTML names them: scripts and styles. Preact, valibot, WXT's storage and the polyfill alone
  // are 80 kB of 256 before they are packed.
  'the first frame of popup.html, gzipped': 59_000,
  'description-history.html': 206_000,
  'result.html': 139_000,
  'presets.html': 153_000,
  'options.html': 155_000,
  'welcome.html': 141_000,
  'on-device.html': 114_000,
  'chrome.zip': 355_000,
  'firefox.zip': 355_000,
  'sources.zip': 2_890_000,
} as const satisfies Readonly<Record<string, number>>;
