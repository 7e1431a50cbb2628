import { describe, expect, it } from 'vitest';
import { sentWords, typeName } from '../../../components/job/job-meta';
import type { Route } from '../../../utils/core/jobs/answer-state';
import { SENT } from '../../fixtures/jobs';

describe('sentWords', () => {
  it('says that an address went, and where', () => {
    expect(sentWords(SENT)).toBe('Sent to api.openai.com: the image’s address');
  });

  it.each<[Route, string]>([
    ['page', 'original file'],
    ['background', 'image downloaded with your cookies'],
    ['screenshot', 'screenshot'],
    ['upload', 'an image you added'],
  ])('says which bytes went, by which route, and where: %s', (route, what) => {
    const sent = {
      route,
      host: 'localhost:11434',
      model: 'qwen3-vl:8b',
      mimeType: 'image/jpeg',
      width: 512,
      height: 384,
      byteLength: 43_112,
    };
    const words = sentWords(sent).replaceAll('\u00A0', ' ');
    expect(words).toBe(`Sent to localhost:11434: ${what}, 512 × 384 JPEG, 44 kB`);
  });

  it('needs no facts', () => {
    const sent = { route: 'screenshot', host: 'localhost:1234', model: 'm' } as const;
    expect(sentWords(sent)).toBe('Sent to localhost:1234: screenshot');
  });
});

describe('typeName', () => {
  it.each([
    ['image/jpeg', 'JPEG'],
    ['image/svg+xml', 'SVG'],
    ['image/x-icon', 'ICON'],
  ])('says %s as %s', (mimeType, name) => {
    expect(typeName(mimeType)).toBe(name);
  });
});
