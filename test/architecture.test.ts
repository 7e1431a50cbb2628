/** Holds the design to the code; the second half plants violations and sees each of them found. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { circles } from './architecture/circles';
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

  it('has no circles, of types neither', () => {
    const files = SOURCES.map((path) =>
      sourceFile(path.replaceAll('\\', '/'), readFileSync(path, 'utf8')),
    );
    expect(circles(files)).toEqual([]);
  });
});

it.each([
  ['of two', ['b', 'a'], [['a', 'b']]],
  ['of three, beside its head', ['b', 'c', 'a'], [['a', 'b', 'c']]],
  ['of none', ['b', 'c', 'd'], []],
])('a planted circle is found: %s', (_, targets, found) => {
  const files = targets.map((target, at) =>
    sourceFile(`utils/${'abc'[at]}.ts`, `import type { X } from './${target}.ts';`),
  );
  const paths = found.map((circle) => circle.map((name) => `utils/${name}`));
  expect(circles(files)).toEqual(paths);
});

describe('a planted violation is found:', () => {
  const above = 'which is above it';
  const noApi = 'knows no extension API';
  it.each([
    ['utils/core/image/fit.ts', "import { i18n } from '#i18n';", noApi],
    ['utils/core/image/fit.ts', "import { browser } from 'wxt/browser';", noApi],
    ['utils/core/jobs/job.ts', "export { storage } from 'wxt/utils/storage';", noApi],
    ['utils/core/jobs/job.ts', "const polyfill = await import('webextension-polyfill');", noApi],
    ['utils/core/prompts/template.ts', 'export const id = chrome.runtime.id;', noApi],
    [
      'utils/core/image/fit.ts',
      "import { readPresets } from '../../browser/settings/settings';",
      above,
    ],
    [
      'utils/core/image/fit.ts',
      "import type { Presets } from '../../browser/settings/settings.ts';",
      above,
    ],
    ['utils/core/jobs/job.ts', "import { jobStore } from '../../browser/jobs/job-store';", above],
    ['utils/core/jobs/job.ts', "import { findImage } from '../../page/find-image';", above],
    ['utils/page/draw.ts', "import { i18n } from '#i18n';", noApi],
    ['utils/browser/settings/settings.ts', "import { Card } from '@/components/card';", above],
    ['components/card.tsx', "import '../entrypoints/popup/style.css?inline';", above],
    ['components/card.tsx', "import { photo } from '../test/samples';", 'no part of the extension'],
    ['entrypoints/popup/app.tsx', "import { Card } from '../page/card';", 'another entrypoint'],
    ['utils/core/jobs/job.ts', "type A = import('../../browser/settings/settings').B;", above],
    ['utils/core/jobs/job.ts', "type A = typeof import('wxt/browser');", noApi],
    [
      'entrypoints/background/run.ts',
      "import OpenAI from 'openai';",
      'only utils/core/vision/openai',
    ],
    [
      'utils/core/vision/provider-kind.ts',
      "import { APIError } from 'openai/core/error';",
      'only utils/core/vision',
    ],
    [
      'entrypoints/popup/app.tsx',
      "import { readKeys } from '../../utils/browser/settings/keys';",
      'keys never',
    ],
    [
      'components/card.tsx',
      "import * as keys from '../utils/browser/settings/keys';",
      'keys never',
    ],
    ['utils/browser/settings/settings.ts', "export { readKeys } from './keys';", 'keys never'],
    ...(
      [
        ['entrypoints/options/app.tsx', 'saveKey', 'utils/browser/settings/keys'],
        ['entrypoints/options/app.tsx', 'savePresets', 'utils/browser/settings/settings'],
        [
          'entrypoints/description-history/app.tsx',
          'saveRetention',
          'utils/browser/history/retention',
        ],
        [
          'entrypoints/background/jobs/meter.ts',
          'keepListedPrices',
          'utils/browser/settings/listed-prices',
        ],
        [
          'entrypoints/background/calls/handlers.ts',
          'setSitePageContext',
          'utils/browser/settings/settings',
        ],
        ['components/presets/use-presets.ts', 'forgetSpending', 'utils/browser/settings/spending'],
      ] as const
    ).map(([path, name, module]) => [
      path,
      `import { ${name} } from '@/${module}';`,
      'only the background',
    ]),
    [
      'components/card.tsx',
      "import * as settings from '../utils/browser/settings/settings';",
      'only the background',
    ],
    [
      'utils/browser/jobs/job-store.ts',
      "import { setSitePageContext } from '../settings/settings';",
      'only the background',
    ],
    [
      'entrypoints/popup/app.tsx',
      "import { storage } from 'wxt/utils/storage';",
      'stored items are declared in utils',
    ],
    [
      'entrypoints/popup/app.tsx',
      "import { storedItem } from '../../utils/browser/settings/stored-item';",
      'stored items are declared in utils',
    ],
    [
      'components/card.tsx',
      'void browser.storage.local.set({ presets: [] });',
      'stored items are declared in utils',
    ],
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
    [
      'utils/core/vision/openai.ts',
      'await fetch(url);',
      'only utils/core/vision/server-fetch.ts may',
    ],
    [
      'utils/core/vision/openai.ts',
      'const ask = globalThis.fetch;',
      'only utils/core/vision/server-fetch',
    ],
    ['utils/core/vision/openai.ts', 'const ask = fetch;', 'only utils/core/vision/server-fetch'],
    [
      'entrypoints/background/connections/reachable.ts',
      'with_({ a: 1 }, fetch);',
      'only utils/core/vision/server-f',
    ],
    [
      'entrypoints/background/connections/reachable.ts',
      'function a(ask = fetch) {}',
      'only utils/core/vision/server',
    ],
    ...[
      'fetch.call(undefined, url);',
      'const ask = fetch.bind(globalThis);',
      '(0, fetch)(url);',
      'const net = { fetch }; net.fetch(url);',
      'const { fetch: ask } = globalThis;',
      "globalThis['fetch'](url);",
      "Reflect.get(globalThis, 'fetch')(url);",
      'new Image().src = url;',
      'new window.Audio(url);',
    ].map((text) => [
      'utils/core/vision/openai.ts',
      text,
      'only utils/core/vision/server-fetch.ts may',
    ]),
    ...['openai', 'openai/client', 'openai/resources/models'].map((module) => [
      'utils/core/vision/openai.ts',
      `import { OpenAI } from '${module}';`,
      'follows redirects',
    ]),
    ...(
      [
        ['utils/browser/history/merge.ts', "storage.setItem('local:connections', []);"],
        ['utils/browser/history/merge.ts', 'const area = browser.storage.local; area.set({});'],
        ['entrypoints/background/run.ts', 'const { local } = browser.storage; local.set({});'],
        ['entrypoints/background/run.ts', 'const { storage } = browser; storage.sync.set({});'],
      ] as const
    ).map(([path, text]) => [path, text, 'stored items are declared in utils']),
    [
      'entrypoints/popup/app.tsx',
      "new WebSocket('ws://a');",
      'only utils/core/vision/server-fetch',
    ],
    [
      'entrypoints/popup/app.tsx',
      'navigator.sendBeacon(url);',
      'only utils/core/vision/server-fetch',
    ],
    ['utils/browser/history/history.ts', 'console.error(result.issues);', 'prints the issues'],
    [
      'utils/browser/history/history.ts',
      "console.warn('bad', a.b.issues[0]);",
      'prints the issues',
    ],
    ['utils/core/prompts/template.ts', 'eval(text);', 'no code from strings'],
    ['utils/core/prompts/template.ts', 'new Function(text);', 'no code from strings'],
    ['utils/browser/history/merge.ts', 'Math.max(1, ...ends);', 'long enough throws'],
    ['utils/browser/history/merge.ts', 'all.list.push(...found());', 'long enough throws'],
  ])('%s: %s', (path, text, words) => {
    const found = planted(path, text);
    expect(found.join('\n')).toContain(words);
    expect(found.every((each) => each.startsWith(path))).toBe(true);
  });
});

describe('what is allowed is left alone:', () => {
  it.each([
    [
      'utils/browser/messaging/messenger.ts',
      'browser.runtime.sendMessage(1); browser.runtime.connect();',
    ],
    ['entrypoints/popup/app.tsx', "void callBackground('job.stop', { jobId });"],
    ['entrypoints/page/cards.ts', 'feed.connect();'],
    [
      'entrypoints/background/run.ts',
      "import { readKeys } from '../../utils/browser/settings/keys';",
    ],
    [
      'entrypoints/options/app.tsx',
      "import { keyState } from '../../utils/browser/settings/keys';",
    ],
    [
      'entrypoints/background/settings/settings-owner.ts',
      "import * as keys from '../../../utils/browser/settings/keys';",
    ],
    [
      'entrypoints/background/jobs/meter.ts',
      "import { addSpending } from '../../../utils/browser/settings/spending';",
    ],
    ['utils/browser/history/retention.ts', "import { storedItem } from '../settings/stored-item';"],
    [
      'components/card.tsx',
      "import { i18n } from '#i18n'; import { fit } from '../utils/core/image/fit';",
    ],
    ['utils/browser/settings/settings.ts', "import { storage } from 'wxt/utils/storage';"],
    ['utils/core/image/fit.ts', "// import { browser } from 'wxt/browser';\nconst a = 'eval(x)';"],
    ['utils/core/vision/openai-errors.ts', "import { APIError } from 'openai/core/error';"],
    ['utils/core/vision/server-fetch.ts', 'await fetch(url); const ask = globalThis.fetch;'],
    ['utils/core/vision/openai.ts', 'type Ask = typeof fetch; made({ fetch: send });'],
    ['utils/core/vision/openai.ts', 'interface A { fetch?: typeof fetch } a.fetch(); a.Image;'],
    ['utils/page/draw.ts', 'const image = new Image();'],
    ['utils/core/vision/openai.ts', "import type { A } from 'openai/resources/chat/completions';"],
    ['utils/browser/settings/key-store.ts', 'await storage.setItems([]);'],
    ['utils/browser/jobs/job-store.ts', 'const area = browser.storage.session; area.set({});'],
    ['utils/browser/history/history.ts', 'console.error(failedAt(result.issues));'],
    [
      'utils/core/image/base64.ts',
      'String.fromCharCode(...bytes.subarray(0, 9)); all = [...all, ...b];',
    ],
  ])('%s: %s', (path, text) => {
    expect(planted(path, text)).toEqual([]);
  });
});

it('a file may have 300 lines and not one more', () => {
  expect(planted('scripts/start.ts', 'let a;\n'.repeat(MAX_LINES))).toEqual([]);
  const found = planted('scripts/start.ts', 'let a;\n'.repeat(MAX_LINES + 1));
  expect(found).toEqual(['scripts/start.ts has 301 lines, more than 300']);
});
