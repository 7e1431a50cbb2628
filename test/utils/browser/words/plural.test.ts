import { parseMessagesText, generateChromeMessages } from '@wxt-dev/i18n/build';
import { expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { plural } from '../../../../utils/browser/words/plural';

it('says English numbers, with words for nothing where there are some', () => {
  expect([0, 1, 2, 1_234].map((count) => plural('history.count', count))).toEqual([
    'No descriptions',
    '1 description',
    '2 descriptions',
    '1,234 descriptions',
  ]);
  expect(plural('images.count', 0)).toBe('0 images on this page');
  expect(plural('history.found', 1, '20')).toBe('1 of 20 descriptions');
});

it.each([
  [
    'pl',
    ['zero: Brak', 'one: $1 opis', 'few: $1 opisy', 'many: $1 opisów', 'other: $1 opisu'],
    { 0: 'Brak', 1: '1 opis', 2: '2 opisy', 5: '5 opisów', 22: '22 opisy', 25: '25 opisów' },
  ],
  [
    'ru',
    ['one: $1 описание', 'few: $1 описания', 'many: $1 описаний', 'other: $1 описания'],
    { 0: '0 описаний', 1: '1 описание', 3: '3 описания', 11: '11 описаний', 21: '21 описание' },
  ],
  [
    'ar',
    ['zero: لا', 'one: وصف', 'two: وصفان', 'few: $1 أوصاف', 'many: $1 وصفًا', 'other: $1 وصف'],
    { 0: 'لا', 1: 'وصف', 2: 'وصفان', 3: '3 أوصاف', 11: '11 وصفًا', 100: '100 وصف' },
  ],
  ['ja', ['other: $1 件'], { 0: '0 件', 1: '1 件', 2: '2 件' }],
] as const)('says what %s has a form of its own for', (tag, forms, said) => {
  const text = `format:\n  tag: ${tag}\nhistory:\n  count:\n    ${forms.join('\n    ')}\n`;
  const messages = generateChromeMessages(parseMessagesText(text, 'YAML'));
  vi.spyOn(browser.i18n, 'getMessage').mockImplementation((name, values = []) =>
    (messages[name]?.message ?? '').replace('$1', [values].flat()[0] ?? ''),
  );
  const latin = (words: string) =>
    words.replaceAll(/[٠-٩]/g, (digit) => `${'٠١٢٣٤٥٦٧٨٩'.indexOf(digit)}`);
  expect(
    Object.fromEntries(
      Object.keys(said).map((count) => [count, latin(plural('history.count', Number(count)))]),
    ),
  ).toEqual(said);
});
