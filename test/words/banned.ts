/** The words that the project does not use, what it says instead, and what may say them all the same. */

/** Where a word is looked for: texts of the interface and docs, names in code, or both. */
export type Place = 'texts' | 'names';

export interface Banned {
  /**
   * Words apart, as in a sentence. Names are split the same way: "kept image" for `keptImage`,
   * "Kept image" for `KeptImage`, "KEPT IMAGE" for `KEPT_IMAGE`.
   */
  pattern: RegExp;
  instead: string;
  places: readonly Place[];
}

const BOTH: readonly Place[] = ['texts', 'names'];
const TEXTS: readonly Place[] = ['texts'];
const NAMES: readonly Place[] = ['names'];

const ban = (pattern: RegExp, instead: string, places = BOTH): Banned => ({
  pattern,
  instead,
  places,
});

export const BANNED: readonly Banned[] = [
  ban(/\bpictures?\b/i, 'image'),
  ban(/\bphotograph(?:ed|ing)\b/i, 'take a screenshot', TEXTS),
  ban(/\bphotograph(?:s|ed|ing)?\b/i, 'screenshot', NAMES),
  ban(/\bwish(?:es)?\b/i, 'prompt, request'),
  ban(/\b(?:built-in|new|descry’s|descry's) prompts?\b|\bprompts tab\b/i, 'preset', TEXTS),
  ban(/\bprompt (?:list|item|editor)\b|^prompts props$/i, 'preset', NAMES),
  ban(/\bone in use\b/i, 'default connection', TEXTS),
  ban(/\bkinds? of server\b/i, 'provider', TEXTS),
  ban(/\brole of\b|\broles\b/i, 'purpose', NAMES),
  ban(/\bwords of (?:the|a) page\b|\bpage’s words\b|\bpage's words\b/i, 'page context', TEXTS),
  ban(/\bwhat the page says\b/i, 'page context', TEXTS),
  ban(/\bgiven file\b|\b(?:by|sent) given\b/i, 'upload', NAMES),
  ban(/\bby screen\b/i, 'screenshot', NAMES),
  ban(/\blet(?:s|ting)? (?:\w+ )?go\b/i, 'remove'),
  ban(/\bchosen images\b/i, 'comparison tray', NAMES),
  ban(/\bkept images?\b/i, 'stored image'),
  ban(/\bknown answers?\b/i, 'answer cache'),
  ban(/\bkept answers?\b/i, 'blocked response'),
  ban(/\b(?:go|goes|gone|going) on\b/i, 'continue, resume'),
  ban(/\blined up\b|\bin line\b/i, 'queued, waitingForSlot', NAMES),
  ban(/\bquiet sites?\b|\bsites? quiet\b|^is quiet$/i, 'sitesWithoutPageContext'),
  ban(/\bkeeping\b|\boutlived\b/i, 'retention', NAMES),
  ban(/\boutlive[ds]?\b/i, 'retention', TEXTS),
  ban(/^(?:How|Again|Asked|Parts|Try)$/, '…Options, …Request, Dependencies, Attempt', NAMES),
  ban(/\bin turn\b|\bin time\b/i, 'pLimit(1), withTimeout', NAMES),
  ban(/^(?:MOST|LEAST|LONGEST)\b|\bLIMIT$/, 'MAX_, MIN_', NAMES),
  ban(/^heard$/i, 'visually-hidden', NAMES),
  ban(/\bours\b|\bmust be our page\b/i, 'own, isExtensionPage', NAMES),
  ban(/\b(?:go|goes|went|going) along\b/i, 'is sent with', TEXTS),
  ban(/\bof all else\b|\bis nobody[’']s\b|\bhas it in it\b/i, 'a plain sentence', TEXTS),
];

/** A banned word that stays, in the place named, and why. */
export interface Allowed {
  /** The message key, the name in code, or for docs the words around it. */
  what: RegExp;
  reason: string;
}

/** Old names of what earlier versions stored or exported, in the code that reads it. */
const FORMER = 'read in what earlier versions wrote';

export const ALLOWED: readonly Allowed[] = [
  { what: /former-job\.ts: (?:goesOn|pictureHash|pictureId)$/, reason: FORMER },
  { what: /history\/upgrade\.ts: pictures$/, reason: FORMER },
  { what: /export-(?:csv|markdown)\.ts: Picture$/, reason: FORMER },
  { what: /: pick-picture$/, reason: 'the browser stores the shortcut of a command by its name' },
];
