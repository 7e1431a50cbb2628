/**
 * The one list of places that keep or show anything of a job, an image, a page, a host or a choice.
 * `test/private/places.test.ts` holds it to the code, `test/e2e/private.test.ts` looks at each of
 * them in real browsers, after all that a person can do in a private window.
 */

interface Place {
  /** What is there. */
  has: string;
  /**
   * When nothing of a private window may be there: at no time, or once the last one is closed. The
   * latter are in memory alone.
   */
  nothing: 'ever' | 'afterwards';
}

/** Stored items by area and key, files that use an area without them, and object stores. */
export const STORED = {
  'local:connections': { has: 'what the person has connected', nothing: 'ever' },
  'local:presets': { has: 'what the person has written in its editor', nothing: 'ever' },
  'local:menuEverywhere': { has: 'a choice of settings', nothing: 'ever' },
  'local:sitesWithoutPageContext': { has: 'hosts without page context', nothing: 'ever' },
  'local:historyRetention': { has: 'how long the history is kept', nothing: 'ever' },
  'local:historyKeeping': { has: 'the same, of an earlier version', nothing: 'ever' },
  'local:encryptedKeys': { has: 'keys', nothing: 'ever' },
  'local:keys': { has: 'keys of an earlier version', nothing: 'ever' },
  'local:lockedKeys': { has: 'keys of an earlier version under a passphrase', nothing: 'ever' },
  'local:keysTurnedAt': { has: 'when keys were last locked or opened', nothing: 'ever' },
  // A private answer is paid for like others, and counts: see "What does not hold" in THREATS.md.
  'local:spending': { has: 'answers, tokens and costs, by connection and month', nothing: 'ever' },
  'local:spendingHolds': { has: 'the most that requests under way can cost', nothing: 'ever' },
  'local:listedPrices': { has: 'what servers list as their prices', nothing: 'ever' },
  'session:openKeys': { has: 'keys while they are unlocked', nothing: 'ever' },
  'session:unlockedSalt': { has: 'the salt of the passphrase', nothing: 'ever' },
  'session:deviceKeysSwept': { has: 'whether old device keys were deleted', nothing: 'ever' },
  'session:comparisonTray': { has: 'the comparison tray', nothing: 'afterwards' },
  'session:privateSitesWithoutPageContext': {
    has: 'hosts without page context there',
    nothing: 'afterwards',
  },
  'utils/browser/jobs/job-store.ts': { has: 'the jobs of the session', nothing: 'afterwards' },
  'entrypoints/background/images/stored-images.ts': { has: 'stored images', nothing: 'afterwards' },
  'store:entries': { has: 'the history', nothing: 'ever' },
  'store:thumbnails': { has: 'its small images', nothing: 'ever' },
  'store:keys': { has: 'device keys', nothing: 'ever' },
  'store:images': { has: 'images of unfinished jobs', nothing: 'ever' },
} as const satisfies Record<string, Place>;

/** What other windows show, and what is told to them. */
export const SHOWN = {
  'page:popup': { has: 'results, and the comparison tray', nothing: 'ever' },
  'page:result': { has: 'one result', nothing: 'ever' },
  'page:presets': { has: 'presets', nothing: 'ever' },
  'page:welcome': { has: 'how many jobs wait', nothing: 'ever' },
  'page:options': { has: 'connections, what they cost', nothing: 'ever' },
  'page:description-history': { has: 'the history, its export', nothing: 'ever' },
  'page:on-device': { has: 'asks a model, stores and shows nothing', nothing: 'ever' },
  'script:page': { has: 'jobs and notices of its own tab', nothing: 'ever' },
  'script:card': { has: 'cards of its own tab', nothing: 'ever' },
  'script:pick': { has: 'the picker of its own tab', nothing: 'ever' },
  feed: { has: 'jobs and their words, for our own pages', nothing: 'ever' },
  badge: { has: 'how many images are in the comparison tray', nothing: 'ever' },
  'title of the button': { has: 'whether a page is too busy to show a card', nothing: 'ever' },
  menu: { has: 'entries that are there while they can do something', nothing: 'ever' },
  tabs: { has: 'results, where a page lets no card in', nothing: 'ever' },
  requests: { has: "an image fetched with other windows' cookies", nothing: 'ever' },
} as const satisfies Record<string, Place>;

export type StoredPlace = keyof typeof STORED;
export type ShownPlace = keyof typeof SHOWN;
