/** Holds what the pages for people say of the code: names, figures and the labels of the interface. */
import { globSync, readFileSync } from 'node:fs';
import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { describe, expect, it } from 'vitest';
import { COMPARE_RANGE } from '../utils/browser/jobs/comparison-tray';
import { MAX_FILE_BYTES } from '../utils/core/image/open';
import { BUILTIN_PRESETS } from '../utils/core/prompts/builtin';
import { isDevice } from '../utils/core/vision/provider-kind';
import { PROVIDERS } from '../utils/core/vision/providers';
import { MAX_ATTEMPTS } from '../entrypoints/background/jobs/retry-policy';
import { MAX_LINES } from './architecture/rules';
import { readReviewed } from './built/manifests';

const read = (path: string) => readFileSync(path, 'utf8');

const MESSAGES = new Map(
  (await parseMessagesFile('locales/en.yml')).flatMap(({ key, ...rest }) =>
    'message' in rest ? [[key.join('.'), rest.message]] : [],
  ),
);
const SERVERS = Object.values(PROVIDERS).filter(({ id }) => !isDevice(id));

/** Pages that people write. Decisions are of their date; the other lists are made, or held elsewhere. */
const MADE = /CHANGELOG|FILES|LICENCES|MANIFEST|PERFORMANCE|fuzz/;
const PAGES = globSync(['*.md', 'docs/*.md', 'test/README.md']).filter((page) => !MADE.test(page));

/** A page without code, addresses, the numbers of lists, and the tables that tests write. */
function proseOf(page: string): string {
  return read(page)
    .replaceAll(/^```[^]*?^```/gm, '')
    .replaceAll(/<!-- table:[^]*?<!-- end of the table/g, '')
    .replaceAll(/`[^`]*`|\]\([^)]*\)|^\d+\. /gm, '');
}

describe('README.md names', () => {
  const table = read('README.md').split('## Connect a model')[1]?.split('\n- ')[0] ?? '';

  it.each(SERVERS.map(({ name }) => name))('the provider %s', (name) => {
    expect(table).toContain(name);
  });

  it('the languages', () => {
    const names = new Intl.DisplayNames('en', { type: 'language' });
    const tags = globSync('locales/*.yml').map((path) => path.replaceAll(/.*[/\\]|\.yml$/g, ''));
    const listed = new Intl.ListFormat('en-GB').format(
      tags.map((tag) => names.of(tag) ?? tag).toSorted(),
    );
    expect(read('README.md')).toContain(`For Chrome and Firefox, in ${listed}.`);
  });

  it('the providers that download images', () => {
    const names = SERVERS.filter(({ takesUrls }) => takesUrls).map(({ name }) => name);
    const listed = new Intl.ListFormat('en-GB').format(names);
    expect(read('README.md')).toContain(`${listed} download public images by address`);
  });

  it.each(BUILTIN_PRESETS.map(({ nameKey }) => MESSAGES.get(nameKey) ?? nameKey))(
    'the preset "%s", as docs/PROMPTS.md does',
    (name) => {
      expect(read('README.md').toLowerCase()).toContain(name.toLowerCase().replace(/\?$/, ''));
      expect(read('docs/PROMPTS.md').toLowerCase()).toContain(
        name.toLowerCase().replace(/\?$/, ''),
      );
    },
  );
});

/** A figure of the code that is named where it is used alone. */
function constant(path: string, name: string): number {
  const digits = new RegExp(`\\b${name} = (?:\\{.*\\bdays: )?([\\d_]+)\\b`).exec(read(path))?.[1];
  if (digits === undefined) throw new Error(`${path} has no figure ${name}`);
  return Number(digits.replaceAll('_', ''));
}

const english = (figure: number) => figure.toLocaleString('en');
const version = (value: unknown) => String(value).replace(/\.0$/, '');

const maxJobs = constant('utils/browser/jobs/job-store.ts', 'MAX_JOBS');
const days = constant('utils/browser/history/retention.ts', 'USUAL: RetentionChoice');
const [fewest, most] = COMPARE_RANGE;
const ports = ['ollama', 'lmstudio', 'llamacpp', 'vllm'].map(
  (id) => new URL(PROVIDERS[id as keyof typeof PROVIDERS].baseUrl ?? '').port,
);
const { gecko } = readReviewed('firefox')['browser_specific_settings'] as Record<string, object>;

/** Each sentence with a figure, made of what the code says. */
const FIGURES = [
  `Chrome ${version(readReviewed('chrome')['minimum_chrome_version'])} or newer`,
  `Firefox ${version(Reflect.get(gecko ?? {}, 'strict_min_version'))} or newer`,
  `${fewest} to ${most} images`,
  `kept for ${days} days`,
  `(${days} days unless changed)`,
  `Ports ${new Intl.ListFormat('en-GB').format(ports)} of this computer`,
  `tried up to ${MAX_ATTEMPTS} times`,
  `the newest ${maxJobs}`,
  `at most ${maxJobs}.`,
  `at most ${constant('utils/browser/history/sent-images.ts', 'MAX_IMAGES')}`,
  `at most ${MAX_LINES} lines`,
  `every ${constant('entrypoints/background/jobs/job-changes.ts', 'STORE_WORDS_MS')} ms`,
  `more than ${constant('utils/core/image/open.ts', 'MAX_PIXELS') / 1e6} megapixels`,
  `exceed ${MAX_FILE_BYTES / 1e6} MB`,
  `an image of ${constant('entrypoints/background/images/image-limits.ts', 'LOW_DETAIL_SIDE')} pixels`,
  `or ${constant('utils/core/prompts/prompt.ts', 'USUAL_LENGTH')} `,
  `at ${english(constant('utils/browser/settings/encrypted-keys.ts', 'ITERATIONS'))} rounds`,
];

/** Names with a figure in them, of others. */
const NAMES = [
  'Shift+F10',
  'F12',
  'at most 60 characters',
  'Alt+Shift+1, 2 and 3',
  'X11',
  'W3C',
  'Node 24',
  'UTF-16',
  'status 403',
  'Firefox ESR 153',
  '16 bits per channel',
];

/** What a line has in bold, but for the words that it begins with: they are a heading. */
function boldIn(line: string): string[] {
  const parts = line.split('**');
  return parts.filter((_, at) => at % 2 === 1 && /[^\s\-*.]/.test(parts.slice(0, at).join('')));
}

describe.each(PAGES)('%s', (page) => {
  it('has no figure that is not made of the code', () => {
    const rest = [...FIGURES, ...NAMES].reduce(
      (text, each) => text.replaceAll(each, ''),
      proseOf(page),
    );
    expect(rest.match(/.{0,30}\d.{0,20}/g) ?? []).toEqual([]);
  });

  it('names what is to be pressed as it is labelled', () => {
    const labels = new Set([...MESSAGES.values(), ...LABELS_OF_BROWSERS]);
    const named = proseOf(page)
      .split('\n')
      .flatMap(boldIn)
      .filter((label) => !EMPHASIS.has(label));
    expect(named.filter((label) => !labels.has(label))).toEqual([]);
  });
});

const LABELS_OF_BROWSERS = [
  'Developer mode',
  'Load unpacked',
  'Load Temporary Add-on',
  'service worker',
  'Inspect',
  'Application',
  'Storage',
];
const EMPHASIS = new Set([
  'real right-clicks',
  'Paid APIs and real local servers such as Ollama are not exercised by the tests.',
]);

it('each figure is in a page', () => {
  const all = PAGES.map(proseOf).join('\n');
  expect(FIGURES.filter((figure) => !all.includes(figure))).toEqual([]);
});
