/** One word for each thing: holds texts, docs and names to the list of banned words. */
import { globSync, readFileSync } from 'node:fs';
import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { describe, expect, it } from 'vitest';
import { ALLOWED } from './words/banned';
import { apart, bannedIn, linesOf, namesIn, type Said } from './words/find';

const read = (path: string) => readFileSync(path, 'utf8');
const SOURCES = globSync('{entrypoints,components,utils}/**/*.{ts,tsx,css}').map((path) =>
  path.replaceAll('\\', '/'),
);
const PAGES = globSync(['*.md', 'docs/*.md', 'test/README.md']).filter(
  (path) => path !== 'CHANGELOG.md',
);

const MESSAGES = (await parseMessagesFile('locales/en.yml')).flatMap(({ key, ...rest }) =>
  'message' in rest ? [{ where: key.join('.'), words: rest.message }] : [],
);
const KEYS: Said[] = MESSAGES.map(({ where }) => ({ where: `key ${where}`, words: apart(where) }));

describe('no banned word', () => {
  it('is in the texts of the interface, or in their keys', () => {
    expect(MESSAGES.length).toBeGreaterThan(500);
    expect(bannedIn(MESSAGES, 'texts')).toEqual([]);
    expect(bannedIn(KEYS, 'names')).toEqual([]);
  });

  it.each(PAGES)('is in %s', (path) => {
    expect(bannedIn(linesOf(path, read(path)), 'texts')).toEqual([]);
  });

  it.each(SOURCES)('is among the names of %s', (path) => {
    expect(bannedIn(namesIn(path, read(path)), 'names')).toEqual([]);
  });
});

describe('what stays has a reason, and is still there:', () => {
  const places = [
    ...SOURCES.flatMap((path) => namesIn(path, read(path))),
    ...PAGES.flatMap((path) => linesOf(path, read(path))),
  ].map(({ where }) => where);

  it.each(ALLOWED)('$what', ({ what, reason }) => {
    expect(reason).not.toBe('');
    expect(places.some((where) => what.test(where))).toBe(true);
  });
});

/** Of a text or of code, what the rules say to say instead. */
const inText = (words: string) => bannedIn([{ where: 'planted', words }], 'texts');
const inCode = (text: string, path = 'utils/core/jobs/planted.ts') =>
  bannedIn(namesIn(path, text), 'names');

describe('a planted word is found', () => {
  it.each([
    ['This picture is too large.', 'image'],
    ['The tab is photographed.', 'screenshot'],
    ['What do you wish?', 'prompt'],
    ['Descry’s prompts are back.', 'preset'],
    ['The one in use is asked.', 'default connection'],
    ['For each kind of server.', 'provider'],
    ['No words of the page were sent.', 'page context'],
    ['The page’s words are data.', 'page context'],
    ['Let all go', 'remove'],
    ['The image is let go.', 'remove'],
    ['Kept images and known answers.', 'stored image'],
    ['Go on from here', 'continue'],
    ['It goes on by itself.', 'continue'],
    ['Quiet sites', 'sitesWithoutPageContext'],
    ['The history outlives the browser.', 'retention'],
    ['The caption goes along.', 'is sent with'],
    ['A key that is nobody’s.', 'a plain sentence'],
  ])('in the text "%s"', (text, instead) => {
    expect(inText(text).join('\n')).toContain(instead);
  });

  it.each([
    ['export const keptImages = [];', 'stored image'],
    ['interface KeptPicture {}', 'image'],
    ["call('job.goOn', {});", 'continue'],
    ["i18n.t('history.keeping');", 'retention'],
    ['const all = goneOn(part, events);', 'continue'],
    ['function roleOf(job: Job): Role {}', 'purpose'],
    ['const GivenFile = useGivenFile();', 'upload'],
    ['type Wish = { image: string };', 'request'],
    ['function describe(how: How) {}', '…Options'],
    ['interface Parts { store: Store }', 'Dependencies'],
    ['const MOST_JOBS = 3;', 'MAX_'],
    ['const SIZE_LIMIT = 3;', 'MAX_'],
    ['if (isOurs(page)) mustBeOurPage();', 'isExtensionPage'],
    ['const setQuietSite = siteQuiet;', 'sitesWithoutPageContext'],
    ['await inTurn(work);', 'pLimit(1)'],
    ['const known = knownAnswers.get(key);', 'answer cache'],
    ['const view = <PromptList />;', 'preset'],
    ['const view = <p class="heard">a</p>;', 'visually-hidden'],
  ])('in the code "%s"', (text, instead) => {
    expect(inCode(text, 'components/planted.tsx').join('\n')).toContain(instead);
  });

  it.each([
    ['components/prompt-list.css', '.a { color: red }', 'preset'],
    ['components/a.css', '.heard { color: red }', 'visually-hidden'],
    ['utils/core/kept-answers.ts', 'export {};', 'blocked response'],
  ])('in %s', (path, text, instead) => {
    expect(inCode(text, path).join('\n')).toContain(instead);
  });
});

describe('what is right is left alone', () => {
  it.each([
    'A photograph of an airplane.',
    'Descry continues with this image.',
    'The prompt is sent to the model; a preset has a name.',
    'Results are kept until you close the browser.',
    'A line of text.',
  ])('in the text "%s"', (text) => {
    expect(inText(text)).toEqual([]);
  });

  it.each([
    'const image = message.parts.at(0);',
    'export const MAX_JOBS = 200;',
    'const { limits } = rateLimits;',
    'function retry(again = true) {}',
    'const isQuietButton = look;',
  ])('in the code "%s"', (text) => {
    expect(inCode(text)).toEqual([]);
  });
});
