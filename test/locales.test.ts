/** Every language says the same things, with the same places to fill in. */
import { globSync } from 'node:fs';
import { parseMessagesFile, parseMessagesText } from '@wxt-dev/i18n/build';
import { describe, expect, it } from 'vitest';

type Messages = ReadonlyMap<string, string>;

const wordsOf = (parsed: Awaited<ReturnType<typeof parseMessagesFile>>): Messages =>
  new Map(
    parsed.flatMap(({ key, ...rest }) =>
      'message' in rest && !key[0]?.startsWith('@@') ? [[key.join('.'), rest.message]] : [],
    ),
  );

const FILES = new Map(
  await Promise.all(
    globSync('locales/*.yml').map(
      async (file) =>
        [file.replaceAll(/.*[/\\]|\.yml$/g, ''), wordsOf(await parseMessagesFile(file))] as const,
    ),
  ),
);
const ENGLISH: Messages = FILES.get('en') ?? new Map();

/** What a message has forms of, by its key without the form. */
const PLURALS = Array.from(ENGLISH.keys()).flatMap((key) =>
  key.endsWith('.one') ? [key.slice(0, -'.one'.length)] : [],
);
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

const placesIn = (words = '') => (words.match(/\$\d/g) ?? []).toSorted().join('');

/**
 * What a language's messages lack, or have too many of, beside the English ones. Of a message for a
 * number, it needs the forms that its plural rules name, and one for nothing where English has it.
 */
function faultsIn(messages: Messages, tag: string): string[] {
  const rules = new Intl.PluralRules(tag);
  const { pluralCategories } = rules.resolvedOptions();
  const numbersOf = (form: string) =>
    Array.from({ length: 200 }, (_, count) => count).filter(
      (count) => rules.select(count) === form,
    );

  const wanted = new Map(ENGLISH);
  for (const message of PLURALS) {
    const other = ENGLISH.get(`${message}.other`) ?? '';
    const hasZero = ENGLISH.has(`${message}.zero`);
    for (const form of FORMS) {
      const isNeeded =
        pluralCategories.some((each) => each === form) || (form === 'zero' && hasZero);
      if (isNeeded) wanted.set(`${message}.${form}`, other);
      else wanted.delete(`${message}.${form}`);
    }
  }

  /** A form for a single number may leave it out: "No descriptions". */
  const mayLeaveOutNumber = (key: string) => {
    const form = FORMS.find((each) => key.endsWith(`.${each}`));
    const isPlural = PLURALS.some((message) => key === `${message}.${form}`);
    return isPlural && form !== undefined && (form === 'zero' || numbersOf(form).length === 1);
  };
  const missing = Array.from(wanted.keys()).filter((key) => !messages.has(key));
  const others = Array.from(messages.keys()).filter((key) => !wanted.has(key));
  const places = Array.from(messages).filter(([key, words]) => {
    const [has, needs] = [placesIn(words), placesIn(wanted.get(key))];
    return wanted.has(key) && has !== needs && !(mayLeaveOutNumber(key) && `$1${has}` === needs);
  });
  const empty = Array.from(messages).filter(([, words]) => words.trim() === '');
  return [
    ...missing.map((key) => `${key} is missing`),
    ...others.map((key) => `${key} is not needed`),
    ...places.map(([key]) => `${key} lacks a place to fill in, or has one too many`),
    ...empty.map(([key]) => `${key} has no words`),
  ];
}

describe('the message files', () => {
  it('are there in more than one language', () => {
    expect(FILES.size).toBeGreaterThan(1);
    expect(PLURALS.length).toBeGreaterThan(10);
  });

  it.each([...FILES])('%s says what English says', (tag, messages) => {
    expect(faultsIn(messages, tag)).toEqual([]);
  });

  it.each([...FILES])('%s names its own language', (tag, messages) => {
    expect(messages.get('format.tag')).toBe(tag);
  });
});

describe('a file in Polish', () => {
  /** English, with Polish forms of one message; `undefined` leaves a form out. */
  function polish(forms: Readonly<Record<string, string | undefined>>): Messages {
    const messages = new Map(ENGLISH);
    for (const message of PLURALS) {
      const other = ENGLISH.get(`${message}.other`) ?? '';
      for (const form of ['few', 'many']) messages.set(`${message}.${form}`, other);
    }
    for (const [form, words] of Object.entries(forms)) {
      if (words === undefined) messages.delete(`history.count.${form}`);
      else messages.set(`history.count.${form}`, words);
    }
    return messages;
  }

  it('has forms for few and for many', () => {
    const text = 'zero: Brak opisów\none: 1 opis\nfew: $1 opisy\nmany: $1 opisów\nother: $1 opisu';
    const forms = Object.fromEntries(wordsOf(parseMessagesText(text, 'YAML')));
    expect(faultsIn(polish(forms), 'pl')).toEqual([]);
  });

  it.each([
    ['history.count.few is missing', { few: undefined }],
    ['history.count.many is missing', { many: undefined }],
    ['history.count.zero is missing', { zero: undefined }],
    ['history.count.two is not needed', { two: '$1 opisy' }],
    ['history.count.few lacks a place to fill in, or has one too many', { few: 'opisy' }],
    ['history.count.one lacks a place to fill in, or has one too many', { one: '$2 opis' }],
  ])('is told that %s', (fault, forms) => {
    expect(faultsIn(polish(forms), 'pl')).toEqual([fault]);
  });

  it('is no English one', () => {
    expect(faultsIn(ENGLISH, 'pl')).toHaveLength(2 * PLURALS.length);
  });

  it('in Russian must say the number with "one", which is for 21, too', () => {
    const fault = 'history.count.one lacks a place to fill in, or has one too many';
    expect(faultsIn(polish({ one: 'описание' }), 'ru')).toContain(fault);
  });
});
