/** Holds the design to the code; the second half plants violations and sees each of them found. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layerOf, MAX_LINES, violations } from './architecture/rules';
import { sourceFile } from './architecture/source-file';

const SOURCES = globSync('{entrypoints,components,utils,test,scripts}/**/*.{ts,tsx,mjs,mts}');

const planted = (path: string, text: string) => violations(sourceFile(path, text));

describe('the code', () => {
  it('is all looked at', () => {
    expect(SOURCES.length).toBeGreaterThan(50);
    expect(new Set(SOURCES.map(layerOf)).size).toBe(6);
  });

  it.each(SOURCES)('%s keeps the rules', (path) => {
    expect(planted(path.replaceAll('\\', '/'), readFileSync(path, 'utf8'))).toEqual([]);
  });
});

describe('a planted violation is found:', () => {
  const above = 'which is above it';
  const noApi = 'knows no extension API';
  it.each([
    ['utils/image/fit.ts', "import { i18n } from '#i18n';", noApi],
    ['utils/image/fit.ts', "import { browser } from 'wxt/browser';", noApi],
    ['utils/jobs/job.ts', "export { storage } from 'wxt/utils/storage';", noApi],
    ['utils/jobs/job.ts', "const polyfill = await import('webextension-polyfill');", noApi],
    ['utils/prompts/template.ts', 'export const id = chrome.runtime.id;', noApi],
    ['utils/image/fit.ts', "import { readPresets } from '../settings/settings';", above],
    ['utils/image/fit.ts', "import type { Presets } from '../settings/settings.ts';", above],
    ['utils/jobs/job.ts', "import { jobStore } from './job-store';", above],
    ['utils/errors.ts', "import { fit } from './image/fit';", above],
    ['utils/settings/settings.ts', "import { Card } from '@/components/card';", above],
    ['components/card.tsx', "import '../entrypoints/popup/style.css?inline';", above],
    ['components/card.tsx', "import { photo } from '../test/samples';", 'no part of the extension'],
    ['entrypoints/popup/app.tsx', "import { Card } from '../page/card';", 'another entrypoint'],
    ['entrypoints/background/run.ts', "import OpenAI from 'openai';", 'only utils/vision/openai'],
    [
      'utils/vision/catalog.ts',
      "import { APIError } from 'openai/core/error';",
      'only utils/vision',
    ],
    [
      'entrypoints/popup/app.tsx',
      "import { readKeys } from '../../utils/settings/keys';",
      'keys never',
    ],
    ['components/card.tsx', "import * as keys from '../utils/settings/keys';", 'keys never'],
    ['utils/settings/settings.ts', "export { readKeys } from './keys';", 'keys never'],
    ['entrypoints/popup/app.tsx', "browser.runtime.sendMessage('x');", 'only utils/messaging'],
    ['entrypoints/popup/app.tsx', "chrome['runtime']?.connect();", 'only utils/messaging'],
    ['entrypoints/popup/app.tsx', 'browser.tabs.connect(1);', 'only utils/messaging'],
    [
      'entrypoints/page/app.ts',
      'browser.runtime.onMessage.addListener(f);',
      'only utils/messaging',
    ],
    ['components/card.tsx', 'const { sendMessage } = browser.runtime;', 'only utils/messaging'],
    [
      'components/card.tsx',
      'const api = browser.runtime; api.sendMessage(1);',
      'only utils/messaging',
    ],
    ['components/card.tsx', 'const x = <p dangerouslySetInnerHTML={y} />;', 'no HTML from strings'],
    ['entrypoints/page/card.ts', 'element.innerHTML = text;', 'no HTML from strings'],
    ['entrypoints/page/card.ts', 'shadow().insertAdjacentHTML(a, b);', 'no HTML from strings'],
    ['utils/prompts/template.ts', 'eval(text);', 'no code from strings'],
    ['utils/prompts/template.ts', 'new Function(text);', 'no code from strings'],
  ])('%s: %s', (path, text, words) => {
    const found = planted(path, text);
    expect(found.join('\n')).toContain(words);
    expect(found.every((each) => each.startsWith(path))).toBe(true);
  });
});

describe('what is allowed is left alone:', () => {
  it.each([
    ['utils/messaging/calls.ts', 'browser.runtime.sendMessage(1); browser.runtime.connect();'],
    ['entrypoints/popup/app.tsx', "void backgroundCalls.sendMessage('job.stop', { jobId });"],
    ['entrypoints/page/cards.ts', 'feed.connect();'],
    ['entrypoints/background/run.ts', "import { readKeys } from '../../utils/settings/keys';"],
    ['entrypoints/options/app.tsx', "import { saveKey } from '../../utils/settings/keys';"],
    [
      'components/card.tsx',
      "import { i18n } from '#i18n'; import { fit } from '../utils/image/fit';",
    ],
    ['utils/settings/settings.ts', "import { storage } from 'wxt/utils/storage';"],
    ['utils/image/fit.ts', "// import { browser } from 'wxt/browser';\nconst a = 'eval(x)';"],
    ['utils/vision/openai-errors.ts', "import { APIError } from 'openai/core/error';"],
  ])('%s: %s', (path, text) => {
    expect(planted(path, text)).toEqual([]);
  });
});

it('a file may have 300 lines and not one more', () => {
  expect(planted('scripts/start.ts', 'let a;\n'.repeat(MAX_LINES))).toEqual([]);
  const found = planted('scripts/start.ts', 'let a;\n'.repeat(MAX_LINES + 1));
  expect(found).toEqual(['scripts/start.ts has 301 lines, more than 300']);
});
