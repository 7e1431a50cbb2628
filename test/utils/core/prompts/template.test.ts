import { expect, it } from 'vitest';
import { CONTEXT_FIELDS } from '../../../../utils/core/prompts/page-context';
import {
  contextIn,
  fillTemplate,
  namesIn,
  PLACEHOLDERS,
  unknownNames,
} from '../../../../utils/core/prompts/template';

const filling = {
  role: 'It is decorative.',
  language: 'German',
  max_characters: '125',
  sent: ['caption'] as const,
};

it('fills in what is ours, and names what is the page’s', () => {
  expect(fillTemplate('{role} In {language}, {max_characters} at most.', filling)).toBe(
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
  for (const text of ['{"a": 1}', '{}', '{ role }', '{Role}', '{nonsense}', '{{', 'f{1}']) {
    expect(fillTemplate(text, filling)).toBe(text);
  }
});

it('says which names stand for nothing, each once', () => {
  expect(unknownNames('{role} {rolle} {page_titel} {rolle} {"json": 1}')).toEqual([
    'rolle',
    'page_titel',
  ]);
  expect(unknownNames(PLACEHOLDERS.map((name) => `{${name}}`).join(' '))).toEqual([]);
});

it('knows the page’s words among the names', () => {
  const all = PLACEHOLDERS.map((name) => `{${name}}`).join(' ');
  expect(namesIn(all)).toEqual([...PLACEHOLDERS]);
  expect(contextIn(all)).toEqual([...CONTEXT_FIELDS]);
});
