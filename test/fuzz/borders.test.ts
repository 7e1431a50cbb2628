/**
 * What comes from outside, made up by the thousand: servers, pages, files, pictures. Each property
 * holds for every case, and the number of cases is printed: `DESCRY_FUZZ_RUNS` for each, 12,000 in
 * `npm run check`, which makes 108,000 here and 49,000 in the files beside it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../utils/errors';
import { sniffImage } from '../../utils/image/sniff';
import { advance } from '../../utils/jobs/advance';
import { hasEnded, type JobEvent, type JobState } from '../../utils/jobs/job';
import { blocksOf } from '../../utils/prompts/answer-blocks';
import { pageDataPart } from '../../utils/prompts/page-data';
import { CONTEXT_FIELDS } from '../../utils/prompts/page-context';
import { parsePresetFile } from '../../utils/prompts/preset-file';
import { fillTemplate } from '../../utils/prompts/template';
import { providerKind, SERVER_IDS } from '../../utils/vision/catalog';
import { listModels } from '../../utils/vision/model-list';
import { translateError } from '../../utils/vision/openai-errors';
import { APIError } from 'openai/core/error';
import { all, KEY, provider, request, sse } from '../fixtures/openai-server';
import { always } from './always';

const signal = new AbortController().signal;

describe('a picture', () => {
  const heads = [
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    [0xff, 0xd8, 0xff],
    [...Buffer.from('GIF89a')],
    [...Buffer.from('RIFF\0\0\0\0WEBPVP8X')],
    [...Buffer.from('\0\0\0\x18ftypavif')],
    [...Buffer.from('BM')],
    [0, 0, 1, 0, 1, 0],
    [...Buffer.from('<svg ')],
    [],
  ];
  it('of any bytes is told or not, and never an error', async () => {
    const made = fc.tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }));
    await always(made, ([head, tail]) => {
      const found = sniffImage(Uint8Array.from([...head, ...tail]));
      expect(found === undefined || found.type !== undefined).toBe(true);
    });
  });
});

describe('a stream', () => {
  const word = fc.string({ unit: 'grapheme', maxLength: 12 });
  it('says the same wherever the network cuts it', async () => {
    const made = fc.tuple(
      fc.array(word, { maxLength: 6 }),
      fc.array(fc.nat(400), { maxLength: 5 }),
    );
    await always(made, async ([words, cuts]) => {
      const lines = words.map((content) => ({ choices: [{ delta: { content } }] }));
      const end = { choices: [{ delta: {}, finish_reason: 'stop' }] };
      const text = [...lines, end].map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');
      const bytes = new TextEncoder().encode(`${text}data: [DONE]\n\n`);
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length];
      const pieces = at
        .toSorted((a, b) => a - b)
        .map((from, index, every) => {
          return bytes.subarray(from, every[index + 1] ?? from);
        });
      const events = await all(provider([sse(...pieces)]).describe(request, signal));
      const said = events.map((event) => (event.type === 'words' ? event.text : '')).join('');
      expect(said).toBe(words.join(''));
    });
  });

  it('of anything at all ends with an answer or a failure by name', async () => {
    const line = fc.oneof(
      fc.json({ maxDepth: 3 }).map((json) => `data: ${json}\n\n`),
      fc.string({ maxLength: 30 }).map((text) => `${text}\n`),
      fc.constant('data: [DONE]\n\n'),
      fc.record({ error: fc.object({ maxDepth: 1 }) }).map((e) => `data: ${JSON.stringify(e)}\n\n`),
    );
    await always(fc.array(line, { maxLength: 5 }), async (lines) => {
      const asked = all(provider([sse(...lines)]).describe(request, signal));
      const failure: unknown = await asked.then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure === undefined || failure instanceof AppError).toBe(true);
    });
  });
});

describe('a server’s words', () => {
  it('never hold the key, wherever it repeats it', async () => {
    const made = fc.tuple(fc.string(), fc.string(), fc.constantFrom(400, 401, 403, 404, 429, 500));
    await always(made, ([before, after, status]) => {
      const error = { message: `${before}${KEY}${after}` };
      const thrown = APIError.generate(status, { error }, undefined, new Headers());
      const { facts } = translateError(thrown, { key: KEY, local: false });
      expect(JSON.stringify(facts)).not.toContain(KEY);
    });
  });

  it('about its models are models, or a failure by name', async () => {
    const loose = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constant(undefined));
    const entry = fc.record({
      id: fc.oneof({ weight: 5, arbitrary: fc.string() }, { weight: 1, arbitrary: loose }),
      capabilities: loose,
      pricing: loose,
      architecture: loose,
      context_length: loose,
      deprecation: loose,
    });
    const made = fc.tuple(fc.constantFrom(...SERVER_IDS), fc.array(entry, { maxLength: 3 }));
    await always(made, async ([id, data]) => {
      const listed = await listModels(providerKind(id), () => Promise.resolve({ data })).catch(
        (error: unknown) => error,
      );
      expect(Array.isArray(listed) || listed instanceof AppError).toBe(true);
    });
  });
});

describe('a page’s words', () => {
  it('stay between their quotation marks', async () => {
    const texts = fc.record(
      Object.fromEntries(CONTEXT_FIELDS.map((field) => [field, fc.string({ minLength: 1 })])),
      { requiredKeys: [] },
    );
    await always(texts, (given) => {
      const part = pageDataPart(given);
      if (part === undefined) return;
      expect(JSON.parse(part.slice(part.indexOf('\n') + 1))).toEqual(given);
    });
  });
});

describe('a template', () => {
  it('of any text is filled, and holds no more than it and what was filled in', async () => {
    const made = fc.string({
      unit: fc.constantFrom('{', '}', 'language', 'existing_alt', 'caption', 'x', '$&', ' '),
      maxLength: 20,
    });
    await always(made, (template) => {
      const filled = fillTemplate(template, {
        role: 'a link',
        language: 'German',
        max_characters: '9',
        sent: ['existing_alt'],
      });
      const rest = filled
        .replaceAll('German', '{language}')
        .replaceAll(/page_data\.(existing_alt|caption)(?: \(not given\))?/g, '{$1}');
      expect(rest).toBe(template);
    });
  });
});

describe('files and answers', () => {
  it('of any text are presets, or say what is wrong; an answer is blocks of text', async () => {
    const made = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.json({ maxDepth: 4 }),
      fc
        .record({ format: fc.constant('descry-presets'), presets: fc.anything() })
        .map((each) =>
          JSON.stringify(each, (_key, value: unknown) =>
            typeof value === 'bigint' ? String(value) : value,
          ),
        ),
    );
    await always(made, (text) => {
      const found = parsePresetFile(text);
      expect(found.ok || found.problem.what !== undefined).toBe(true);
      expect(Array.isArray(blocksOf(text))).toBe(true);
    });
  });
});

describe('a job', () => {
  it('that has ended is brought back by being asked again alone', async () => {
    const failure = { code: 'serverError' as const };
    const event = fc.constantFrom<JobEvent>(
      { type: 'connectionMissing' },
      { type: 'started', at: 1 },
      { type: 'words', text: 'A ', at: 2 },
      { type: 'sending', sent: { route: 'url', host: 'h', model: 'm' } },
      { type: 'retryPlanned', failure, attempt: 2, attempts: 3, until: 9 },
      { type: 'finished', at: 3, model: 'm', cut: false },
      { type: 'failed', failure },
      { type: 'stopped' },
      { type: 'askedAgain' },
      { type: 'asked' },
    );
    await always(fc.array(event, { maxLength: 12 }), (events) => {
      let state: JobState = { status: 'queued' };
      for (const each of events) {
        const next = advance(state, each);
        const stays = !hasEnded(state) || each.type === 'askedAgain' || next === state;
        const says = next.status !== 'done' || next.text.trim() !== '';
        expect([stays, says]).toEqual([true, true]);
        state = next;
      }
    });
  });
});
