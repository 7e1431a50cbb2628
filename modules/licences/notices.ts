/** What is said of the packages in the bundles: whether their licences will do, and their words. */

/** A package in the bundles, as Vite lists it. */
export interface Shipped {
  name: string;
  version: string;
  /** By SPDX; missing where a package names none. */
  identifier?: string;
  text?: string;
}

/** By SPDX: they ask for their words to go along, which they do, and for nothing of our own code. */
const ALLOWED: ReadonlySet<string | undefined> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  // For its own files, whose source is on npm.
  'MPL-2.0',
  'Unlicense',
]);

/** Published under MIT without the file: who the one in their repository names. */
const COPYRIGHTS: Readonly<Record<string, string>> = {
  // https://github.com/aklinker1/webext-core/blob/main/LICENSE
  '@webext-core/messaging': 'Copyright (c) 2022 Aaron',
  // https://github.com/wxt-dev/wxt/blob/main/LICENSE
  '@wxt-dev/browser': 'Copyright (c) 2023 Aaron',
  '@wxt-dev/i18n': 'Copyright (c) 2023 Aaron',
  '@wxt-dev/storage': 'Copyright (c) 2023 Aaron',
  wxt: 'Copyright (c) 2023 Aaron',
};

/** By name and version; where a package under MIT has no words of its own, those of `mit`. */
export function completed(shipped: Iterable<Shipped>, mit: string): readonly Shipped[] {
  return [...shipped]
    .map((each) => withWords(each, mit))
    .toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

function withWords(each: Shipped, mit: string): Shipped {
  const copyright = COPYRIGHTS[each.name];
  if (each.text || each.identifier !== 'MIT' || !copyright) return each;
  return { ...each, text: mit.replace(/^Copyright .*$/m, copyright) };
}

/** Why one of them may not ship, in words; empty where all may. */
export function problems(shipped: readonly Shipped[]): string[] {
  return shipped.flatMap((each) => {
    const { identifier, text } = each;
    if (!ALLOWED.has(identifier)) {
      return [`${idOf(each)} has the licence ${identifier ?? '(none)'}, which is not on the list`];
    }
    return text ? [] : [`${idOf(each)} comes without the words of its licence`];
  });
}

/** The file that goes along with the extension. */
export function notices(own: string, shipped: readonly Shipped[]): string {
  const parts = shipped.map((each) => `${idOf(each)} (${each.identifier})\n\n${each.text?.trim()}`);
  const words = [
    `Descry\n\n${own.trim()}`,
    'Descry is made with the packages below. Each is on npm under its name and version, as source.',
    ...parts,
  ].join(`\n\n${'-'.repeat(80)}\n\n`);
  // Browsers read a text file of an extension in the encoding of their language, but for this mark.
  return `\uFEFF${words.replaceAll('\r\n', '\n')}\n`;
}

/** The page for people, in Markdown. */
export function page(shipped: readonly Shipped[]): string {
  return [
    '# Licences',
    'The packages that ship in the extension, as the bundler reports them. The build fails if this list is out of date or a licence is not on the list of those we accept; `npm run licences` writes it. The licence texts are in `licences.txt` in the extension, linked at the foot of its settings.',
    [
      '| Package | Version | Licence |',
      '| - | - | - |',
      ...shipped.map(({ name, version, identifier }) => `| ${name} | ${version} | ${identifier} |`),
    ].join('\n'),
  ].join('\n\n');
}

function idOf({ name, version }: Shipped): string {
  return `${name} ${version}`;
}
