/** Files of presets, spoiled: what comes in are presets, and what does not is told with its place. */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { BUILTIN_PRESETS } from '../../utils/core/prompts/builtin';
import { presetListSchema, presetSchema, type Preset } from '../../utils/core/prompts/preset';
import {
  parsePresetFile,
  presetFileSchema,
  writePresetFile,
  type PresetFileProblem,
} from '../../utils/core/prompts/preset-file';
import { importPresets } from '../../utils/core/prompts/preset-list';
import { unknownNames } from '../../utils/core/prompts/template';
import { always } from './always';
import { spoiledJson, spoiledText } from './spoil';

const BUILTINS = BUILTIN_PRESETS.map(({ nameKey, ...preset }) => ({ ...preset, name: nameKey }));
const FULL: Preset = {
  id: 'full',
  name: 'Alles',
  prompt: 'Say {purpose} in {language}, "{caption}".\nÜber {max_characters} 犬 🐕.',
  compares: false,
  hidden: true,
  model: 'gpt-6-luna',
  detail: 'low',
  maxTokens: 500,
  effort: 'high',
  language: 'de',
  length: 200,
  context: ['caption', 'heading'],
};
const LIST = { presets: BUILTINS, defaultId: 'alt-text' };
const FILES = [
  writePresetFile(LIST),
  writePresetFile({ presets: [FULL, ...BUILTINS.slice(0, 2)], defaultId: 'full' }),
  writePresetFile({
    presets: [{ id: 'plain', name: 'Plain', prompt: 'Say it.' }],
    defaultId: 'x',
  }).replace(/"default".*/, '"default": "plain"'),
];

const FAULTS = 'missing newer noDefault otherKind placeholder sameId tooLong tooShort'.split(' ');
/** Faults that chance seldom comes to. */
const FAULTY: readonly [string, string][] = [
  ['"Say {purpose}', '"Say {who}'],
  ['"version": 1', '"version": 2'],
  ['"id": "detailed"', '"id": "full"'],
  ['"default": "full"', '"default": "none"'],
  ['"name": "Alles"', '"name": " "'],
];
const GOOD = [...FILES, ...FILES, ...FILES];
const SAMPLES = [...GOOD, ...FAULTY.map(([from, to]) => FILES[1]?.replace(from, to) ?? '')];

const names = [...Object.keys(presetSchema.entries), 'default', 'format', 'nane', '__proto__'];
const values = [true, false, 100, 200, 'low', 'page', 'de', 'full', ['caption'], 'Say {language}'];
const odd = [null, -1, 20.5, 1e308, '', ' ', 'xx-', '{who}', '\ud800', [], {}, ...values];
const shape = fc.constantFrom(undefined, 2, '\t');
const ends = fc.constantFrom('\n', '\r\n', '\r');
/** Changed as a value, then written anew with another indent and other ends of lines. */
const spoiledValue = fc
  .tuple(
    spoiledJson(
      SAMPLES.map((file) => JSON.parse(file) as unknown),
      { odd, names },
    ),
    shape,
    ends,
  )
  .map(([{ value, ...rest }, indent, end]) => {
    return { ...rest, text: (JSON.stringify(value, null, indent) ?? '').replaceAll('\n', end) };
  });
/** Changed as a text. */
const spoiledFile = spoiledText(SAMPLES, {
  puts: ['"', ',', '{', '}', '[', ']', ':', '\\', '\n', '//', '/*', '\ufeff', '\0', '{who}', '[['],
  marks: /[",{}[\]:]/g,
}).map(({ value, ...rest }) => ({ text: value, ...rest }));

function jsonIn(text: string): { value?: unknown } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return {};
  }
}

/** What stands at the place that a problem names. */
function wordsAt(text: string, { line = 0, column = 0 }: PresetFileProblem): string | undefined {
  const words = text.split(/\r\n|\r|\n/)[line - 1];
  return words !== undefined && column >= 1 && column <= words.length + 1
    ? words.slice(column - 1)
    : undefined;
}

/** How it begins, where what is wrong can be told by that. */
function beginning({ what, name = '' }: PresetFileProblem): string {
  if (what === 'unknownField' || what === 'twice') return JSON.stringify(name);
  return what === 'sameId' || what === 'noDefault' ? JSON.stringify(name) : '';
}

describe('a file of presets', () => {
  it('that is spoiled comes in as presets and goes out the same, or is told with its place', async () => {
    await always(
      fc.oneof({ weight: 3, arbitrary: spoiledValue }, { weight: 1, arbitrary: spoiledFile }),
      ({ text, intact, from }, reach) => {
        const found = parsePresetFile(text);
        const { value } = jsonIn(text);
        if (intact) expect(found.ok).toBe(from < GOOD.length);
        if (!found.ok) {
          const { problem } = found;
          reach(problem.what);
          // It stands there.
          expect([problem, wordsAt(text, problem)]).toEqual([
            problem,
            expect.stringMatching(new RegExp(`^${RegExp.escape(beginning(problem))}`)),
          ]);
          // Nothing is refused for its syntax that is JSON.
          expect(problem.what === 'syntax').toBe(value === undefined);
          return;
        }
        const { presets, defaultId } = found.file;
        reach(intact ? 'intact' : 'came in');
        expect(v.is(presetFileSchema, value)).toBe(true);
        expect(presets.flatMap(({ prompt }) => unknownNames(prompt))).toEqual([]);
        expect(v.parse(v.array(presetSchema), presets)).toEqual(presets);
        expect(presets.some((each) => 'connectionId' in each || 'slot' in each)).toBe(false);
        const again = writePresetFile({ presets, defaultId: defaultId ?? presets[0]?.id ?? '' });
        expect(parsePresetFile(again)).toMatchObject({ ok: true, file: { presets } });
        const imported = importPresets(LIST, found.file);
        if (!imported) return;
        reach('in the list');
        const { list, added, replaced } = imported;
        expect(v.parse(presetListSchema, list)).toEqual(list);
        expect(presets.filter((each) => !list.presets.some(({ id }) => id === each.id))).toEqual(
          [],
        );
        expect(added + replaced).toBe(presets.length);
      },
      {
        share: 1 / 2,
        floors: {
          intact: 0.02,
          'came in': 0.008,
          'in the list': 0.02,
          syntax: 0.03,
          unknownField: 0.02,
          value: 0.03,
          ...Object.fromEntries(FAULTS.map((what) => [what, 0.003])),
        },
      },
    );
  });
});
