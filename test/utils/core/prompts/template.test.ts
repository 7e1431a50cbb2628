import { expect, it } from 'vitest';
import { CONTEXT_FIELDS } from '../../../../utils/core/prompts/page-context';
import {
  contextIn,
  fillTemplate,
  namesIn,
  PLACEHOLDERS,
  speaksOf,
  unknownNames,
  withPresentNames,
} from '../../../../utils/core/prompts/template';

const filling = {
  purpose: 'It is decorative.',
  language: 'German',
  max_characters: '125',
  sent: ['caption'] as const,
};

it('fills in what is ours, and names what is the page’s', () => {
  expect(fillTemplate('{purpose} In {language}, {max_characters} at most.', filling)).toBe(
    'It is decorative. In German, 125 at most.',
  );
  expect(fillTemplate('See {caption} and {heading}.', filling)).toBe(
    'See page_data.caption and page_data.heading (not given).',
  );
});

it('fills in the same name each time it stands there', () => {
  expect(fillTemplate('{language}/{language}', filling)).toBe('German/German');
});

it('leaves alone braces that are no placeholder', () => {
  for (const text of ['{"a": 1}', '{}', '{ role }', '{Purpose}', '{nonsense}', '{{', 'f{1}']) {
    expect(fillTemplate(text, filling)).toBe(text);
  }
});

it('says which names stand for nothing, each once', () => {
  expect(unknownNames('{purpose} {porpose} {page_titel} {porpose} {"json": 1}')).toEqual([
    'porpose',
    'page_titel',
  ]);
  expect(unknownNames(PLACEHOLDERS.map((name) => `{${name}}`).join(' '))).toEqual([]);
});

it('knows the page’s words among the names', () => {
  const all = PLACEHOLDERS.map((name) => `{${name}}`).join(' ');
  expect(namesIn(all)).toEqual([...PLACEHOLDERS]);
  expect(contextIn(all)).toEqual([...CONTEXT_FIELDS]);
});

it('takes a former name for the present one, and offers it no more', () => {
  const former = 'For {role}, in {language}. {Role} {roles}';
  expect(fillTemplate(former, filling)).toBe('For It is decorative., in German. {Role} {roles}');
  expect(speaksOf(former, 'purpose')).toBe(true);
  expect(speaksOf('{roles} role', 'purpose')).toBe(false);
  expect(unknownNames(former)).toEqual(['roles']);
  expect(withPresentNames(former)).toBe('For {purpose}, in {language}. {Role} {roles}');
  expect(PLACEHOLDERS).not.toContain('role');
});
