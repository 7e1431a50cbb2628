import { describe, expect, it } from 'vitest';
import { BUILTIN_PRESETS } from '../../../../utils/core/prompts/builtin';
import { instructionsFor } from '../../../../utils/core/prompts/instructions';
import { needsPage, promptFor } from '../../../../utils/core/prompts/prompt';
import { PURPOSES } from '../../../../utils/core/prompts/purpose';
import { unknownNames } from '../../../../utils/core/prompts/template';

const preset = { id: 'p', name: 'P', prompt: 'Describe.' };
const page = { texts: {}, language: 'fr' };

describe('the language of an answer', () => {
  it.each([
    [undefined, page, 'en-GB'],
    ['page' as const, page, 'fr'],
    ['page' as const, { texts: {} }, 'en-GB'],
    ['page' as const, undefined, 'en-GB'],
    ['pt-BR', page, 'pt-BR'],
  ])('for %j on %j is %s', (language, context, expected) => {
    const found = promptFor(
      { ...preset, ...(language ? { language } : {}) },
      { context, browserLanguage: 'en-GB' },
    );
    expect(found.language).toBe(expected);
  });

  it('keeps the words of the image as they are, with a translation after them', () => {
    const instructions = instructionsFor('pt-BR');
    expect(instructions).toContain('Write in Brazilian Portuguese');
    expect(instructions).toContain('exactly, in their own language');
    expect(instructions).toContain('put a translation in brackets after them');
  });
});

describe('the length of an answer', () => {
  it('is a target at the end of the prompt', () => {
    expect(promptFor({ ...preset, length: 80 }, { browserLanguage: 'en' }).text).toBe(
      'Describe. Aim for about 80 characters.',
    );
  });

  it('stands where the prompt wants it, once', () => {
    const own = { ...preset, prompt: 'In {max_characters} characters.', length: 80 };
    expect(promptFor(own, { browserLanguage: 'en' }).text).toBe('In 80 characters.');
  });
});

it('tells each purpose in other words, and the person’s choice outranks the page', () => {
  const own = { ...preset, prompt: '{purpose}' };
  const former = { ...preset, prompt: '{role}' };
  const words = PURPOSES.map((purpose) => promptFor(own, { purpose, browserLanguage: 'en' }).text);
  expect(new Set(words).size).toBe(PURPOSES.length);
  const context = { texts: {}, purpose: { kind: 'complex', reason: 'chartInName' } } as const;
  expect(promptFor(own, { context, browserLanguage: 'en' }).text).toBe(
    words[PURPOSES.indexOf('complex')],
  );
  expect(promptFor(own, { context, purpose: 'decorative', browserLanguage: 'en' }).text).toBe(
    words[PURPOSES.indexOf('decorative')],
  );
  expect(promptFor(former, { context, browserLanguage: 'en' }).text).toBe(
    words[PURPOSES.indexOf('complex')],
  );
});

it('asks the page only where the prompt has a use for it', () => {
  expect(needsPage(preset)).toBe(false);
  expect(needsPage({ ...preset, context: [] })).toBe(false);
  expect(needsPage({ ...preset, context: ['caption'] })).toBe(true);
  expect(needsPage({ ...preset, language: 'page' })).toBe(true);
  expect(needsPage({ ...preset, prompt: 'It is {purpose}' })).toBe(true);
  expect(needsPage({ ...preset, prompt: 'It is {role}' })).toBe(true);
});

it('has no preset of ours with a placeholder that there is not', () => {
  for (const { prompt } of BUILTIN_PRESETS) expect(unknownNames(prompt)).toEqual([]);
});
