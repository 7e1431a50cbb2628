import { globSync } from 'node:fs';
import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { describe, expect, it } from 'vitest';
import { errorWords } from '../../../../utils/browser/words/error-words';
import { ERROR_CODES } from '../../../../utils/core/errors';
import { CHECK_STEPS, placeOf } from '../../../../utils/core/vision/check-report';

describe.each(globSync('locales/*.yml'))('%s', async (file) => {
  const messages = await parseMessagesFile(file);
  const wordsOf = (key: string) =>
    messages.flatMap((each) =>
      each.type !== 'plural' && each.key.join('.') === key ? [each.message] : [],
    );

  it.each(ERROR_CODES)('says what %s means, and what to do', (code) => {
    const { title, next } = errorWords(code);
    expect(wordsOf(title)).toEqual([expect.stringMatching(/[^.]$/)]);
    expect(wordsOf(next)).toEqual([expect.stringMatching(/[.?]$/)]);
  });

  it('names each step of the connection check, and each setting that mends it', () => {
    const settings = ERROR_CODES.flatMap((code) => placeOf(code)?.setting ?? []);
    const keys = [
      ...CHECK_STEPS.map((step) => `doctor.steps.${step}`),
      ...settings.map((setting) => `doctor.settings.${setting}`),
    ];
    expect(keys.filter((key) => wordsOf(key).length !== 1)).toEqual([]);
  });
});
