import { describe, expect, it } from 'vitest';
import { sentWords } from '../../components/job-meta';
import { SENT } from '../fixtures/jobs';

describe('sentWords', () => {
  it('says that an address went, and where', () => {
    expect(sentWords(SENT)).toBe('Sent: the picture’s address to api.openai.com');
  });

  it('says which bytes went, and where', () => {
    const sent = {
      route: 'page',
      host: 'localhost:11434',
      model: 'qwen3-vl:8b',
      mimeType: 'image/jpeg',
      width: 512,
      height: 384,
      byteLength: 43_112,
    } as const;
    const words = sentWords(sent).replaceAll('\u00A0', ' ');
    expect(words).toBe('Sent: 512 × 384 JPEG, 44 kB, to localhost:11434');
  });

  it('needs no facts', () => {
    const sent = { route: 'background', host: 'localhost:1234', model: 'm' } as const;
    expect(sentWords(sent)).toBe('Sent: a picture, to localhost:1234');
  });
});
