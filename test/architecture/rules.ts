/** The rules of docs/ARCHITECTURE.md that a parser can hold: who may import and reach for what. */
import type { Import, SourceFile } from './source-file';

export const MAX_LINES = 300;

/** From the ground up: a file imports from its own layer or from those before it. */
const LAYERS = ['errors', 'thinking', 'reaching', 'components', 'entrypoints'] as const;
type Layer = (typeof LAYERS)[number];

/** The parts of `utils/` that reach the browser; the rest of it thinks. */
const REACHING = [
  'utils/messaging/',
  'utils/settings/',
  'utils/history/',
  'utils/jobs/job-store',
  'utils/jobs/compare-tray',
  'utils/permissions',
  'utils/device-models',
];

/** What only the reaching layers may import: the extension API by any of its names. */
const BROWSER_MODULES = /^(?:wxt(?:\/.*)?|#i18n|webextension-polyfill|@webext-core\/.*)$/;

/** The raw messaging of the browser, which has one folder as its only user. */
const RAW_MESSAGING =
  /\b(?:runtime|tabs)\.(?:sendMessage|sendNativeMessage|connect|connectNative|onMessage|onConnect)$/;
const CALL_MAPS = new Set(['backgroundCalls.sendMessage', 'pageCalls.sendMessage']);

const HTML_FROM_STRINGS = new Set([
  'dangerouslySetInnerHTML',
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'setHTMLUnsafe',
]);
const CODE_FROM_STRINGS = new Set(['eval', 'Function', 'globalThis.eval', 'window.eval']);

/** Every rule that a file breaks, in words; empty for a good one. */
export function violations(file: SourceFile): string[] {
  const found = file.lines > MAX_LINES ? [`has ${file.lines} lines, more than ${MAX_LINES}`] : [];
  const layer = layerOf(file.path);
  if (layer) {
    for (const each of file.imports) found.push(...importViolations(file.path, layer, each));
    for (const reach of file.reaches) found.push(...reachViolations(file.path, layer, reach));
  }
  return found.map((what) => `${file.path} ${what}`);
}

/** The layer of a file, with or without its ending; none for tests, scripts and configuration. */
export function layerOf(path: string): Layer | undefined {
  if (path.startsWith('entrypoints/')) return 'entrypoints';
  if (path.startsWith('components/')) return 'components';
  if (!path.startsWith('utils/')) return undefined;
  if (/^utils\/errors(?:\.ts)?$/.test(path)) return 'errors';
  return REACHING.some((part) => path.startsWith(part)) ? 'reaching' : 'thinking';
}

function importViolations(path: string, layer: Layer, { specifier, ...rest }: Import): string[] {
  const found: string[] = [];
  const target = rest.path === undefined ? undefined : layerOf(rest.path);
  if (target && LAYERS.indexOf(target) > LAYERS.indexOf(layer)) {
    found.push(`(${layer}) imports ${specifier}, which is above it (${target})`);
  }
  if (rest.path !== undefined && !target && !rest.path.startsWith('locales/')) {
    found.push(`imports ${specifier}, which is no part of the extension`);
  }
  const thinks = layer === 'thinking' || layer === 'errors';
  if (thinks && BROWSER_MODULES.test(specifier)) {
    found.push(`(${layer}) imports ${specifier}: the thinking layer knows no extension API`);
  }
  // The provider is one thing in a few files: the request, the answer, the errors.
  if (/^openai(?:\/|$)/.test(specifier) && !/^utils\/vision\/openai(?:-\w+)?\.ts$/.test(path)) {
    found.push(`imports ${specifier}: only utils/vision/openai*.ts may`);
  }
  const getsKeys =
    rest.path === 'utils/settings/keys' &&
    rest.names.some((name) => /^(?:readKeys|\*)$/.test(name));
  if (getsKeys && !path.startsWith('entrypoints/background/')) {
    found.push('imports readKeys: keys never leave the background');
  }
  const [own, other] = [path, rest.path ?? ''].map(
    (each) => /^entrypoints\/([^/.]+)/.exec(each)?.[1],
  );
  if (own !== undefined && other !== undefined && own !== other) {
    found.push(`imports ${specifier} of another entrypoint: shared things live in components/`);
  }
  return found;
}

function reachViolations(path: string, layer: Layer, reach: string): string[] {
  const found: string[] = [];
  const member = reach.slice(reach.lastIndexOf('.') + 1);
  if (!path.startsWith('utils/messaging/')) {
    const raw = RAW_MESSAGING.test(reach) || (member === 'sendMessage' && !CALL_MAPS.has(reach));
    if (raw) found.push(`reaches for ${reach}: only utils/messaging may`);
  }
  if (HTML_FROM_STRINGS.has(member)) found.push(`uses ${member}: no HTML from strings`);
  if (CODE_FROM_STRINGS.has(reach)) found.push(`uses ${reach}: no code from strings`);
  if ((layer === 'thinking' || layer === 'errors') && /^(?:chrome|browser)\./.test(reach)) {
    found.push(`(${layer}) reaches for ${reach}: the thinking layer knows no extension API`);
  }
  return found;
}
