/** The rules of docs/ARCHITECTURE.md that a parser can hold: who may import and reach for what. */
import type { Import, SourceFile } from './source-file';

export const MAX_LINES = 300;

/** From the ground up, each a folder: a file imports from its own layer or from those before it. */
export const LAYERS = [
  'utils/core/',
  'utils/page/',
  'utils/browser/',
  'components/',
  'entrypoints/',
] as const;
type Layer = (typeof LAYERS)[number];

/** What only `utils/browser/` and the layers above it may import: the extension API by any of its names. */
const BROWSER_MODULES = /^(?:wxt(?:\/.*)?|#i18n|webextension-polyfill|@webext-core\/.*)$/;

/** The stored choices of the person: read from anywhere, changed by one owner. */
const SETTINGS = /^utils\/browser\/(?:settings\/|history\/retention$)/;
const SETTINGS_OWNER = /^entrypoints\/background\/settings\/settings-owner\.ts$/;
/** What changes them, by the verb it begins with; everything at once may hold it. */
const CHANGES =
  /^(?:\*|(?:add|change|discard|forget|keep|lock|put|remove|save|set|unlock|write)[A-Z]\w*)$/;

/** The raw messaging of the browser, which has one folder as its only user. */
const RAW_MESSAGING =
  /\b(?:runtime|tabs)\.(?:sendMessage|sendNativeMessage|connect|connectNative|onMessage|onConnect)$/;

const HTML_FROM_STRINGS = new Set([
  'dangerouslySetInnerHTML',
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'setHTMLUnsafe',
]);
/** Engines throw at some 120,000 arguments. */
const TAKES_ANY_NUMBER =
  /\.(?:max|min|push|unshift|concat|splice|hypot|fromCharCode|fromCodePoint)$/;
const CODE_FROM_STRINGS = new Set(['eval', 'Function', 'globalThis.eval', 'window.eval']);

/** Every way out to a network. */
const REQUESTS =
  /^(?:(?:globalThis|window|self)\.)?(?:fetch|XMLHttpRequest|WebSocket|EventSource|WebTransport|navigator\.sendBeacon)$/;

/** What requests an address as soon as it has one. Images of a page are its own, and it has loaded them. */
const LOADS = /^new (?:(?:globalThis|window|self)\.)?(?:Image|Audio)$/;

/** What of the SDK is no client: that one follows redirects, and sends the key along. */
const SDK_PARTS = /^openai\/(?:core\/(?:error|streaming)|resources\/chat\/completions)$/;

/** Writing past the item that was declared. */
const STORES_BY_NAME = /^storage\.(?:set|update|remove)(?:Item|Items|Meta|Metas)$/;
const STORAGE_AREA = /\bstorage\.(?:local|session|sync)$/;

/** Who uses a storage area itself, and what for. */
const USES_AREA: Readonly<Record<string, string>> = {
  'entrypoints/background/index.ts': 'keeps it from pages',
  'entrypoints/background/images/stored-images.ts': 'one item an image, counted',
  'utils/browser/jobs/job-store.ts': 'one item a job',
  'utils/browser/messaging/job-feed-client.ts': 'watches it',
};

/** Who may fetch, and what. All else goes to a model server, through `server-fetch.ts`. */
const FETCHING: Readonly<Record<string, string>> = {
  'utils/core/vision/server-fetch.ts': 'model servers',
  'entrypoints/page/read-image.ts': 'an image, as its page may read it',
  'utils/page/early-fetch.ts': 'the same, a moment earlier',
  'entrypoints/background/images/acquire-image.ts': 'an image, for the origin of its tab',
};

/** Every rule that a file breaks, in words; empty for a good one. */
export function violations(file: SourceFile): string[] {
  const found = file.lines > MAX_LINES ? [`has ${file.lines} lines, more than ${MAX_LINES}`] : [];
  const layer = layerOf(file.path);
  if (layer) {
    for (const each of file.imports) found.push(...importViolations(file.path, layer, each));
    for (const reach of file.reaches) found.push(...reachViolations(file.path, layer, reach));
    // The issues of a schema hold what it was given: a key, a page, an answer.
    if (file.prints.flat().some((printed) => /\bissues\b/.test(printed))) {
      found.push('prints the issues of a schema: print `failedAt` of them');
    }
    for (const spread of file.spreads.filter((each) => TAKES_ANY_NUMBER.test(each))) {
      found.push(`spreads a list into ${spread}: one that is long enough throws`);
    }
  }
  return found.map((what) => `${file.path} ${what}`);
}

/** The layer of a file: its folder. None for tests, scripts and configuration. */
export function layerOf(path: string): Layer | undefined {
  return LAYERS.find((folder) => path.startsWith(folder));
}

/** Whether a layer knows no extension API. */
export const isPlain = (layer: Layer) => layer === 'utils/core/' || layer === 'utils/page/';

function importViolations(path: string, layer: Layer, { specifier, ...rest }: Import): string[] {
  const found: string[] = [];
  const target = rest.path === undefined ? undefined : layerOf(rest.path);
  if (target && LAYERS.indexOf(target) > LAYERS.indexOf(layer)) {
    found.push(`(${layer}) imports ${specifier}, which is above it (${target})`);
  }
  if (rest.path !== undefined && !target && !rest.path.startsWith('locales/')) {
    found.push(`imports ${specifier}, which is no part of the extension`);
  }
  if (isPlain(layer) && BROWSER_MODULES.test(specifier)) {
    found.push(`imports ${specifier}: ${layer} knows no extension API`);
  }
  // The provider is one thing in a few files: the request, the answer, the errors.
  if (
    /^openai(?:\/|$)/.test(specifier) &&
    !/^utils\/core\/vision\/openai(?:-\w+)?\.ts$/.test(path)
  ) {
    found.push(`imports ${specifier}: only utils/core/vision/openai*.ts may`);
  }
  if (/^openai(?:\/|$)/.test(specifier) && !SDK_PARTS.test(specifier)) {
    found.push(`imports ${specifier}: a client of its own, which follows redirects`);
  }
  const getsKeys =
    rest.path === 'utils/browser/settings/keys' &&
    rest.names.some((name) => /^(?:readKeys|\*)$/.test(name));
  if (getsKeys && !isOfBackground(path)) {
    found.push('imports readKeys: keys never leave the background');
  }
  found.push(...storageViolations(path, layer, { specifier, ...rest }));
  const [own, other] = [path, rest.path ?? ''].map(
    (each) => /^entrypoints\/([^/.]+)/.exec(each)?.[1],
  );
  if (own !== undefined && other !== undefined && own !== other) {
    found.push(`imports ${specifier} of another entrypoint: shared things live in components/`);
  }
  return found;
}

function storageViolations(path: string, layer: Layer, { specifier, ...rest }: Import): string[] {
  const found: string[] = [];
  const above = layer === 'components/' || layer === 'entrypoints/';
  const ofStorage = /^wxt\/utils\/storage$|^#imports$/.test(specifier);
  if (above && (ofStorage || rest.names.includes('storedItem'))) {
    found.push(`imports ${specifier}: stored items are declared in utils`);
  }
  const spends = rest.path === 'utils/browser/settings/spending' && isOfBackground(path);
  const changes = rest.names.filter((name) => CHANGES.test(name));
  if (changes.length === 0 || !SETTINGS.test(rest.path ?? '') || spends) return found;
  if (!SETTINGS.test(path.replace(/\.ts$/, '')) && !SETTINGS_OWNER.test(path)) {
    found.push(
      `imports ${changes.join(', ')}: only the background's settings-owner changes settings`,
    );
  }
  return found;
}

function isOfBackground(path: string): boolean {
  return path.startsWith('entrypoints/background/');
}

function reachViolations(path: string, layer: Layer, reach: string): string[] {
  const found: string[] = [];
  const member = reach.slice(reach.lastIndexOf('.') + 1);
  const raw = RAW_MESSAGING.test(reach) || member === 'sendMessage';
  if (raw && !path.startsWith('utils/browser/messaging/')) {
    found.push(`reaches for ${reach}: only utils/messaging may`);
  }
  const loads = LOADS.test(reach) && layer !== 'utils/page/';
  if (loads || (REQUESTS.test(reach) && !(path in FETCHING))) {
    found.push(`reaches for ${reach}: only utils/core/vision/server-fetch.ts may`);
  }
  const setsItem = /\bstorage\.(?:local|session|sync)\.(?:set|remove|clear)$/.test(reach);
  const byName = STORES_BY_NAME.test(reach) && !path.startsWith('utils/browser/settings/');
  if (setsItem || byName || (STORAGE_AREA.test(reach) && !(path in USES_AREA))) {
    found.push(`reaches for ${reach}: stored items are declared in utils`);
  }
  if (HTML_FROM_STRINGS.has(member)) found.push(`uses ${member}: no HTML from strings`);
  if (CODE_FROM_STRINGS.has(reach)) found.push(`uses ${reach}: no code from strings`);
  if (isPlain(layer) && /^(?:chrome|browser)\./.test(reach)) {
    found.push(`reaches for ${reach}: ${layer} knows no extension API`);
  }
  return found;
}
