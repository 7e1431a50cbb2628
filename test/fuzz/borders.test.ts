/** What comes from outside, made up by the thousand, where no real input says more. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../utils/core/jobs/advance';
import { hasEnded, type AnswerEvent, type AnswerState } from '../../utils/core/jobs/answer-state';
import { blocksOf } from '../../utils/core/prompts/answer-blocks';
import { pageDataPart } from '../../utils/core/prompts/page-data';
import { CONTEXT_FIELDS } from '../../utils/core/prompts/page-context';
import { fillTemplate } from '../../utils/core/prompts/template';
import { always } from './always';
import { spoiledText } from './spoil';

describe('a page’s words', () => {
  it('stay between their quotation marks', async () => {
    const texts = fc.record(
      Object.fromEntries(
        CONTEXT_FIELDS.map((field) => [field, fc.string({ minLength: 1, maxLength: 300 })]),
      ),
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
        purpose: 'a link',
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

describe('an answer', () => {
  const spoiledAnswer = spoiledText(
    [
      'A bar chart.\n\n| Year | Visitors |\n| --- | ---: |\n| 2024 | 1,200 |\n| 2025 | **1,500** |\n\nMore.',
      '# Title\n\n- a *list*\n- of `two`\n\n```\ncode | here\n```\n> quoted\n\n![x](y) <b>z</b>',
      'Rows:\n\na | b\n:-- | :-:\n1<br>2 | 3 \\| 4\n\n1. one\n2. two\n\n[a]: https://example.com\n---\nend',
    ],
    {
      puts: [
        '|',
        '\n',
        '\n\n',
        '| - |\n',
        '---',
        '`',
        '```\n',
        '<br>',
        '\\',
        '    ',
        '> ',
        '\t',
        '\r\n',
        '|'.repeat(30),
      ],
      marks: /[|\n`-]/g,
    },
  );
  /** Letters and digits, without the tag that breaks lines in cells. */
  const wordsIn = (text: string) =>
    text.replaceAll(/<br\s*\/?>/gi, '').replaceAll(/[^\p{L}\p{N}]/gu, '');

  /** Whether a text is another with some left out. */
  function isWithin(part: string, whole: string): boolean {
    let at = 0;
    return Array.from(part).every((letter) => {
      at = whole.indexOf(letter, at) + 1;
      return at > 0;
    });
  }

  it('of any Markdown is blocks, which hold its words in their order and no others', async () => {
    await always(
      spoiledAnswer,
      ({ value, intact }, reach) => {
        const blocks = blocksOf(value);
        const said = blocks.map((block) => {
          reach(block.type);
          return block.type === 'text' ? block.text : [block.header, ...block.rows].flat().join('');
        });
        const [given, kept] = [wordsIn(value), wordsIn(said.join(''))];
        const hasTable = blocks.some(({ type }) => type === 'table');
        // GFM leaves out the cells that a row has beyond those of its header.
        const mayLose = hasTable && !intact;
        expect(mayLose ? isWithin(kept, given) : kept === given).toBe(true);
        const tables = blocks.flatMap((block) => (block.type === 'table' ? [block] : []));
        expect(
          tables.flatMap(({ header, rows }) => rows.filter((row) => row.length > header.length)),
        ).toEqual([]);
      },
      { share: 1 / 4, floors: { text: 0.1, table: 0.05 } },
    );
  });
});

const ENDS = { running: 0.1, retrying: 0.02, done: 0.03, failed: 0.1, stopped: 0.1 };

describe('a job', () => {
  it('that has ended is brought back by being asked again alone', async () => {
    const failure = { code: 'serverError' as const };
    const started: AnswerEvent = { type: 'started', at: 1 };
    const sending: AnswerEvent = { type: 'sending', sent: { route: 'url', host: 'h', model: 'm' } };
    const words: AnswerEvent = { type: 'words', text: 'A ', at: 2 };
    const finished: AnswerEvent = { type: 'finished', at: 3, model: 'm', cut: false };
    const event = fc.constantFrom<AnswerEvent>(
      { type: 'connectionMissing' },
      { type: 'retryPlanned', failure, attempt: 2, attempts: 3, until: 9 },
      { type: 'failed', failure },
      { type: 'stopped' },
      { type: 'askedAgain' },
      { type: 'asked' },
      started,
      sending,
      words,
      finished,
    );
    // As a job goes, with others in between.
    const way = [started, sending, words, finished];
    const made = fc
      .tuple(fc.array(event, { maxLength: 8 }), fc.array(fc.nat(8), { minLength: 4, maxLength: 4 }))
      .map(([others, places]) => {
        const inOrder = places.toSorted((a, b) => b - a);
        return inOrder.reduce(
          (all, at, index) => all.toSpliced(at, 0, ...way.slice(3 - index, 4 - index)),
          others,
        );
      });
    await always(
      made,
      (events, reach) => {
        let state: AnswerState = { status: 'queued' };
        for (const each of events) {
          const next = advance(state, each);
          const stays = !hasEnded(state) || each.type === 'askedAgain' || next === state;
          const says = next.status !== 'done' || next.text.trim() !== '';
          expect([stays, says]).toEqual([true, true]);
          state = next;
          reach(state.status);
        }
      },
      { floors: ENDS },
    );
  });
});
