import { describe, expect, it } from 'vitest';
import { translateError } from '../../../../utils/core/vision/openai-errors';
import { NetworkFailure } from '../../../../utils/core/vision/server-fetch';
import { chunk, DONE, failure, KEY, refusal, sse } from '../../../fixtures/openai-server';

describe('failures', () => {
  it.each([
    [401, { message: 'Incorrect API key provided' }, 'keyRefused'],
    [402, { message: 'Insufficient credits' }, 'quotaUsedUp'],
    [403, { message: 'Your region is not supported' }, 'accessRefused'],
    [
      404,
      { message: 'The model `gpt-9` does not exist', code: 'model_not_found' },
      'modelNotFound',
    ],
    [404, { message: 'Not found' }, 'addressWrong'],
    [
      400,
      { message: 'Failed to download image from https://x', code: 'invalid_image_url' },
      'imageNotDownloadable',
    ],
    [400, { message: 'You uploaded an unsupported image' }, 'imageRefused'],
    [
      400,
      { message: 'Rejected by our safety system', code: 'content_policy_violation' },
      'contentRefused',
    ],
    [400, { message: 'Bad things' }, 'requestRefused'],
    [413, { message: 'Too large' }, 'imageRefused'],
    [429, { message: 'Slow down' }, 'rateLimited'],
    [
      429,
      { message: 'You exceeded your current quota', code: 'insufficient_quota' },
      'quotaUsedUp',
    ],
    [404, { message: 'No endpoints found that support image input', code: 404 }, 'imageRefused'],
    [404, { message: 'No endpoints found for openai/gpt-4-vision.', code: 404 }, 'modelNotFound'],
    [
      404,
      { message: 'No endpoints found matching your data policy (Free model publication)' },
      'accessRefused',
    ],
    [400, { message: 'openai/gpt-4-image is not a valid model ID', code: 400 }, 'modelNotFound'],
    [
      400,
      {
        message: 'The model `llama-3.2-11b-vision-preview` has been decommissioned',
        code: 'model_decommissioned',
      },
      'modelNotFound',
    ],
    [
      404,
      {
        message: 'The API deployment for this resource does not exist',
        code: 'DeploymentNotFound',
      },
      'modelNotFound',
    ],
    [410, { message: 'It was deprecated on 2026-01-01' }, 'modelNotFound'],
    [400, { message: "'messages.1.content' : content must be a string" }, 'imageRefused'],
    [
      500,
      { message: 'image input is not supported - hint: you may need to provide the mmproj' },
      'imageRefused',
    ],
    [500, { message: 'this model is missing data required for image input' }, 'imageRefused'],
    [500, { message: 'height:16 or width:16 must be larger than factor:28' }, 'imageRefused'],
    [500, { message: 'absolute aspect ratio must be smaller than 200, got 250' }, 'imageRefused'],
    [500, { message: 'Oops' }, 'serverError'],
    [529, { message: 'Overloaded' }, 'serverError'],
  ])('%i %o is %s', async (status, error, code) => {
    expect((await failure([refusal(status, error)])).code).toBe(code);
  });

  it.each([
    ['ollama', 'http://localhost:11434/v1', 'originRefused'],
    ['ollama', 'https://models.example.com/v1', 'originRefused'],
    // An Ollama that was entered as another server.
    ['custom', 'http://localhost:11434/v1', 'originRefused'],
    ['custom', 'http://192.168.1.20:11434/v1', 'originRefused'],
    ['custom', 'https://models.example.com/v1', 'accessRefused'],
  ] as const)('%s at %s, which says 403 and no more, is %s', async (provider, baseUrl, code) => {
    const error = await failure([new Response('', { status: 403 })], { provider, baseUrl });
    expect(error.code).toBe(code);
  });

  it('takes a 403 with a reason for what it says, on the own machine too', async () => {
    const error = await failure([refusal(403, { message: 'this model requires a subscription' })], {
      provider: 'ollama',
      baseUrl: 'http://localhost:11434/v1',
    });
    expect(error.code).toBe('accessRefused');
  });

  it('reads how long to wait', async () => {
    const inSeconds = await failure([refusal(429, {}, { 'retry-after': '7' })]);
    expect(inSeconds.facts.retryAfterMs).toBe(7_000);
    const at = new Date(Date.now() + 20_000).toUTCString();
    const untilDate = await failure([refusal(429, {}, { 'retry-after': at })]);
    expect(untilDate.facts.retryAfterMs).toBeGreaterThan(17_000);
    const nonsense = await failure([refusal(429, {}, { 'retry-after': 'soon' })]);
    expect(nonsense.facts.retryAfterMs).toBeUndefined();
    const before = await failure([refusal(429, {}, { 'retry-after': '-7' })]);
    expect(before.facts.retryAfterMs).toBeUndefined();
    const forever = await failure([refusal(429, {}, { 'retry-after': '9'.repeat(200) })]);
    expect(forever.facts.retryAfterMs).toBe(86_400_000);
  });

  it('keeps the server’s words, without the key', async () => {
    const error = await failure([
      refusal(401, { message: `Incorrect API key: ${KEY} or sk-test-****cdef.` }),
    ]);
    expect(error.facts.serverWords).toContain('Incorrect API key');
    expect(JSON.stringify(error.facts)).not.toMatch(/sk-|cdef/);
  });

  it('takes an answer that is no stream of ours for malformed', async () => {
    const html = new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } });
    expect((await failure([html])).code).toBe('answerMalformed');
    expect((await failure([sse('data: {"choices": [\n\n')])).code).toBe('answerMalformed');
    expect((await failure([sse('data: {"choices": 5}\n\n')])).code).toBe('answerMalformed');
  });

  it('takes a stream that was cut for broken, never for an answer', async () => {
    expect((await failure([sse(chunk('A dog and'))])).code).toBe('answerBroken');
  });

  it('hears an error inside a stream that began well', async () => {
    const error = await failure([
      sse(
        chunk('A'),
        `data: ${JSON.stringify({ error: { message: 'Provider down', code: 502 } })}\n\n`,
      ),
    ]);
    expect(error).toMatchObject({ code: 'serverError', facts: { status: 502 } });
  });

  it('hears a refusal of the content in the stream', async () => {
    expect((await failure([sse(chunk('', 'content_filter'), DONE)])).code).toBe('contentRefused');
    const refused = `data: ${JSON.stringify({ choices: [{ delta: { refusal: 'I cannot.' } }] })}\n\n`;
    expect((await failure([sse(refused, DONE)])).code).toBe('contentRefused');
  });

  it('knows offline from a server that is not there, which for a local one it always is', () => {
    const lost = new NetworkFailure(false, new TypeError('Failed to fetch'));
    const code = (local: boolean, online: boolean) =>
      translateError(lost, { key: undefined, local, online }).code;
    expect(code(false, false)).toBe('offline');
    expect(code(false, true)).toBe('unreachable');
    expect(code(true, false)).toBe('unreachable');
  });

  it('takes a failed connection for unreachable', async () => {
    expect((await failure([new TypeError('Failed to fetch')])).code).toBe('unreachable');
  });
});
