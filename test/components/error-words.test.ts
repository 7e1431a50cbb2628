import { describe, expect, it } from 'vitest';
import { i18n } from '#i18n';
import { errorWords } from '../../components/error-words';
import { ERROR_CODES } from '../../utils/errors';

describe('errorWords', () => {
  it.each(ERROR_CODES)('has words for %s', (code) => {
    const { title, next } = errorWords(code);
    expect(i18n.t(title)).not.toBe('');
    expect(i18n.t(next)).toMatch(/[.?]$/);
  });

  it('leads to where the failure can be mended', () => {
    expect(errorWords('noConnection').step).toBe('connect');
    expect(errorWords('keyRefused').step).toBe('settings');
    expect(errorWords('rateLimited').step).toBe('retry');
    expect(errorWords('answerEmpty').step).toBe('retryLonger');
  });
});
