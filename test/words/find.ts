/** Finds banned words in texts and in the names of source code. */
import { parseSync, Visitor } from 'oxc-parser';
import { ALLOWED, BANNED, type Place } from './banned';

/** What is looked at: where it stands, and its words. */
export interface Said {
  where: string;
  words: string;
}

/** `keptImage` as "kept image", `KEPT_IMAGE` as "KEPT IMAGE", `job.goOn` as "job go on". */
export function apart(name: string): string {
  const [first = '', ...rest] = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '');
  const isConstant = /^[A-Z\d_]+$/.test(name);
  return [first, ...rest.map((word) => (isConstant ? word : word.toLowerCase()))].join(' ');
}

/** The names that a source file makes or uses, and those of its folders and itself. */
export function namesIn(path: string, text: string): Said[] {
  const names = new Set(path.replace(/\.\w+$/, '').split('/'));
  if (path.endsWith('.css')) {
    for (const [, name = ''] of text.matchAll(/\.(-?[a-z][\w-]*)(?=[^{}]*\{)/gi)) names.add(name);
  } else {
    const { program } = parseSync(path, text);
    const visitor = new Visitor({
      Identifier: ({ name }) => names.add(name),
      JSXIdentifier: ({ name }) => names.add(name),
      // Message keys, names of calls and of classes.
      Literal({ value }) {
        if (typeof value === 'string' && /^[\w.-]+(?: [\w-]+)*$/.test(value)) {
          for (const each of value.split(' ')) names.add(each);
        }
      },
    });
    visitor.visit(program);
  }
  return [...names].map((name) => ({ where: `${path}: ${name}`, words: apart(name) }));
}

/** The lines of a page, without code and addresses. */
export function linesOf(path: string, text: string): Said[] {
  return text
    .replaceAll(/^```[^]*?^```/gm, (code) => code.replaceAll(/[^\n]/g, ''))
    .split('\n')
    .map((line, at) => ({
      where: `${path}:${at + 1}: ${line.trim()}`,
      words: line.replaceAll(/\]\([^)]*\)|`[^`]*`/g, ''),
    }));
}

/** Every banned word that is said, each with what to say instead. */
export function bannedIn(said: readonly Said[], place: Place): string[] {
  const rules = BANNED.filter(({ places }) => places.includes(place));
  return said.flatMap(({ where, words }) =>
    rules.flatMap(({ pattern, instead }) => {
      const [found] = pattern.exec(words) ?? [];
      const isAllowed = ALLOWED.some(({ what }) => what.test(where));
      return found === undefined || isAllowed ? [] : [`${where}: "${found}", say: ${instead}`];
    }),
  );
}
