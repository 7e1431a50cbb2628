/** `npm run docs`: writes the pages that are lists of what is there: of files, and of decisions. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { format, resolveConfig } from 'prettier';

const SOURCES = '{entrypoints,components,utils,modules,scripts}/**/*.{ts,tsx,mjs,mts}';
const DECISIONS = 'docs/decisions/[0-9]*.md';

/** Each generated page with its text. `test/docs.test.ts` compares them with what is there. */
export const GENERATED_PAGES: Readonly<Record<string, () => Promise<string>>> = {
  'docs/FILES.md': () => formatted(filesPage()),
  'docs/decisions/README.md': () => formatted(decisionsPage()),
};

/** The first sentence of the comment that opens a source file. */
export function purposeOf(path: string, text: string): string {
  const code = text.replace(/^(?:#!.*\n|\/\/ @ts-check\n)+/, '');
  const comment = /^\/\*\*([^]*?)\*\//.exec(code)?.[1];
  if (comment === undefined) throw new Error(`${path} does not open with a comment on its purpose`);
  const words =
    comment
      .replaceAll(/^\s*\*/gm, '')
      .trim()
      .split(/\n\s*\n/)[0] ?? '';
  const line = words.replaceAll(/\s+/g, ' ');
  return /^.*?[.?!](?=\s|$)/.exec(line)?.[0] ?? line;
}

function filesPage(): string {
  const folders = Object.groupBy(sorted(SOURCES), dirname);
  const sections = Object.entries(folders)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, files = []]) => {
      const lines = files.map((path) => {
        const purpose = purposeOf(path, readFileSync(path, 'utf8'));
        return `- [\`${basename(path)}\`](../${path}): ${purpose}`;
      });
      return [`## ${folder}`, '', ...lines].join('\n');
    });
  return [
    '# Files',
    'Every source file, with the first sentence of the comment that opens it. `npm run docs` writes this page.',
    ...sections,
  ].join('\n\n');
}

function decisionsPage(): string {
  const lines = sorted(DECISIONS).map((path) => {
    const title = /^# (.+)$/m.exec(readFileSync(path, 'utf8'))?.[1];
    if (!title) throw new Error(`${path} has no title`);
    return `- [${title}](${basename(path)})`;
  });
  return [
    '# Decisions',
    'What was decided and why, sorted by subject. Figures were measured at the date of the decision. `npm run docs` writes this page from the titles.',
    lines.join('\n'),
  ].join('\n\n');
}

/** By code point, so that every machine sorts alike. */
function sorted(pattern: string): string[] {
  return globSync(pattern)
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted();
}

/** A page as prettier formats it. */
export async function formatted(text: string): Promise<string> {
  const options = await resolveConfig('README.md');
  return await format(text, { ...options, parser: 'markdown' });
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(GENERATED_PAGES)) writeFileSync(path, await text());
}
