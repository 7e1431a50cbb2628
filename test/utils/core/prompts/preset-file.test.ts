import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import type { Preset, PresetList } from '../../../../utils/core/prompts/preset';
import {
  parsePresetFile,
  PRESET_FILE_MAX_LENGTH,
  presetFileSchema,
  writePresetFile,
} from '../../../../utils/core/prompts/preset-file';

const SCHEMA = 'docs/presets.schema.json';

const FULL: Preset = {
  id: 'full',
  name: 'Everything',
  prompt: 'Say {purpose} in {language}: {caption}.',
  compares: false,
  hidden: true,
  model: 'gpt-6-luna',
  detail: 'low',
  maxTokens: 500,
  effort: 'high',
  language: 'de',
  length: 200,
  context: ['caption'],
};
const PLAIN: Preset = { id: 'plain', name: 'Plain', prompt: 'Say it.' };
const LIST: PresetList = { presets: [FULL, PLAIN], defaultId: 'plain' };

const good = writePresetFile(LIST);
const problem = (text: string) => {
  const result = parsePresetFile(text);
  return result.ok ? undefined : result.problem;
};

/** The good file with one thing changed; throws where it would change nothing. */
function changed(from: string | RegExp, to: string): string {
  const text = good.replace(from, to);
  if (text === good) throw new Error(`nothing like ${String(from)} in the file`);
  return text;
}

/** The line on which the good file has these words. */
const lineOf = (words: string) => good.slice(0, good.indexOf(words)).split('\n').length;

describe('a file of presets', () => {
  it('is read as it was written', () => {
    expect(parsePresetFile(good)).toEqual({
      ok: true,
      file: { presets: LIST.presets, defaultId: 'plain' },
    });
  });

  it('keeps the former name of a placeholder, as the person wrote it', () => {
    const presets = [{ ...PLAIN, prompt: 'Say it. {role}' }];
    const text = writePresetFile({ presets, defaultId: 'plain' });
    expect(text).toContain('"Say it. {role}"');
    expect(parsePresetFile(text)).toMatchObject({ ok: true, file: { presets } });
  });

  it('never holds a connection, and takes none', () => {
    const list = { ...LIST, presets: [{ ...PLAIN, connectionId: 'my-server' }] };
    expect(writePresetFile(list)).not.toContain('my-server');
    expect(problem(changed('"model"', '"connectionId"'))).toMatchObject({
      what: 'unknownField',
      name: 'connectionId',
      line: lineOf('"model"'),
      column: 7,
    });
  });

  it('may leave out its schema and its default', () => {
    const { presets } = LIST;
    const text = JSON.stringify({ format: 'descry-presets', version: 1, presets });
    expect(parsePresetFile(text)).toEqual({ ok: true, file: { presets, defaultId: undefined } });
  });
});

describe('a bad file says what is wrong, and where', () => {
  it.each<[string, string | RegExp, string, string, object]>([
    [
      'a comma is missing',
      '"full",',
      '"full"',
      '"name"',
      { what: 'syntax', detail: 'CommaExpected' },
    ],
    ['a string has no end', '"Plain",', '"Plain,', '"Plain"', { detail: 'UnexpectedEndOfString' }],
    ['a comment', '"id": "plain"', '/* mine */ "id": "plain"', '"plain"', { what: 'syntax' }],
    [
      'a field is unknown',
      '"effort"',
      '"efort"',
      '"effort"',
      { what: 'unknownField', name: 'efort' },
    ],
    ['a field is of the file', '"default"', '"defalt"', '"default"', { what: 'unknownField' }],
    ['no such choice', '"high"', '"huge"', '"effort"', { what: 'value', name: 'effort' }],
    ['a number is a text', '500', '"500"', '"maxTokens"', { what: 'value', name: 'maxTokens' }],
    ['a number is too small', '500', '5', '"maxTokens"', { what: 'value', detail: '>=16' }],
    ['a number is no whole one', '500', '50.5', '"maxTokens"', { what: 'value' }],
    ['no such language', '"de"', '"in German"', '"language"', { what: 'value', name: 'language' }],
    ['no such text of the page', '"caption"\n', '"captoin"\n', '  "caption"', { name: 'context' }],
    ['a name is empty', '"Plain"', '"  "', '"Plain"', { what: 'tooShort', name: 'name' }],
    [
      'a name is too long',
      '"Plain"',
      `"${'x'.repeat(61)}"`,
      '"Plain"',
      { what: 'tooLong', detail: '60' },
    ],
    ['an id is there twice', '"plain",', '"full",', '"plain",', { what: 'sameId', name: 'full' }],
    [
      'a field is there twice',
      '"detail": "low"',
      '"model": "x"',
      '"detail"',
      { what: 'twice', name: 'model' },
    ],
    [
      'the default is none of them',
      '"default": "plain"',
      '"default": "x"',
      '"default"',
      { what: 'noDefault' },
    ],
    ['a newer version', '"version": 1', '"version": 2', '"version"', { what: 'newer' }],
    ['another version', '"version": 1', '"version": 0', '"version"', { what: 'value' }],
    ['another kind', '"descry-presets"', '"other"', '"format"', { what: 'otherKind' }],
  ])('%s', (_, from, to, where, expected) => {
    expect(problem(changed(from, to))).toMatchObject({ ...expected, line: lineOf(where) });
  });

  it('a placeholder that there is not, to the very brace', () => {
    const at = good.split('\n').find((line) => line.includes('{caption}'));
    expect(problem(changed('{caption}', '{captoin}'))).toEqual({
      what: 'placeholder',
      name: 'captoin',
      line: lineOf('{caption}'),
      column: (at?.indexOf('{caption}') ?? 0) + 1,
    });
  });

  it('a field that is missing, at the preset that misses it', () => {
    const text = changed(/\n *"name": "Plain",/, '');
    expect(problem(text)).toEqual({
      what: 'missing',
      name: 'name',
      line: lineOf('"id": "plain"') - 1,
      column: 5,
    });
  });

  it('a list where a preset should be, at the list', () => {
    expect(problem(changed(/\{\n +"id": "plain"[^}]*\}/, '[["x"]]'))).toEqual({
      what: 'value',
      name: 'presets',
      detail: 'Object',
      line: lineOf('"id": "plain"') - 1,
      column: 5,
    });
  });

  it.each([
    ['', 'syntax'],
    ['not JSON at all', 'syntax'],
    ['[]', 'otherKind'],
    ['null', 'otherKind'],
    ['{"presets": []}', 'otherKind'],
    ['['.repeat(200_000), 'syntax'],
    ['{"format": "descry-presets", "version": 1, "presets": []}', 'tooShort'],
    [' '.repeat(PRESET_FILE_MAX_LENGTH + 1), 'tooLarge'],
  ])('%.60s', (text, what) => {
    expect(problem(text)?.what).toBe(what);
  });

  it('counts lines however they end', () => {
    const text = changed('"high"', '"huge"');
    expect(problem(text.replaceAll('\n', '\r\n'))).toEqual(problem(text));
    expect(problem(text.replaceAll('\n', '\r'))).toEqual(problem(text));
  });
});

describe('the published schema', () => {
  it('is that of the code', async () => {
    const schema = {
      ...toJsonSchema(presetFileSchema, { errorMode: 'ignore', typeMode: 'input' }),
      title: 'Presets of Descry',
      description:
        'Prompts of the browser extension Descry, as its popup exports and imports them.',
    };
    const text = await format(JSON.stringify(schema), {
      ...(await resolveConfig(SCHEMA)),
      parser: 'json',
    });
    if (process.env['DESCRY_WRITE_DOCS']) writeFileSync(SCHEMA, text);
    expect(readFileSync(SCHEMA, 'utf8')).toBe(text);
  });
});
