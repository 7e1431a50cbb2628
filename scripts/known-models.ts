/**
 * Writes utils/core/vision/known-models.json out of `@earendil-works/pi-ai`, a maintained table of
 * models. Run it when models are new, and commit what it writes:
 *
 *     node scripts/known-models.ts [version]
 *
 * The file says what it should hash to, so that the tests see a change by hand without the network.
 * The package is fetched by `npm pack` and read, never installed: it would bring a hundred others.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import * as v from 'valibot';

const PACKAGE = '@earendil-works/pi-ai';

/** Servers that list their models without saying all of this. */
const PROVIDERS = ['openai', 'anthropic', 'google', 'mistral', 'groq', 'xai'];

const modelSchema = v.object({
  id: v.string(),
  type: v.literal('chat'),
  input: v.array(v.string()),
  /** In US dollars for a million tokens. */
  cost: v.object({ input: v.number(), output: v.number() }),
  contextWindow: v.number(),
});

const version = process.argv[2] ?? 'latest';
const folder = mkdtempSync(join(tmpdir(), 'known-models-'));
try {
  execFileSync('npm', ['pack', `${PACKAGE}@${version}`, '--silent'], { cwd: folder });
  const [archive = ''] = readdirSync(folder);
  execFileSync('tar', ['xzf', archive], { cwd: folder });
  const read = (path: string): unknown =>
    JSON.parse(readFileSync(join(folder, 'package', path), 'utf8'));

  const { version: found } = v.parse(v.object({ version: v.string() }), read('package.json'));
  const models = Object.fromEntries(
    PROVIDERS.map((provider) => [provider, linesOf(read(`dist/providers/data/${provider}.json`))]),
  );
  const file = new URL('../utils/core/vision/known-models.json', import.meta.url);
  const sha256 = createHash('sha256').update(JSON.stringify(models)).digest('hex');
  const words = JSON.stringify({ source: `${PACKAGE} ${found}`, sha256, models });
  writeFileSync(file, await format(words, { parser: 'json', printWidth: 100 }));
  const count = Object.values(models).reduce((sum, each) => sum + Object.keys(each).length, 0);
  console.log(`${count} models of ${PROVIDERS.length} servers, ${words.length} bytes`);
} finally {
  rmSync(folder, { recursive: true });
}

/** By id: whether it sees (1 or 0), price in, price out, thousands of tokens of context. */
function linesOf(catalog: unknown): Record<string, number[]> {
  const byApi = v.parse(v.record(v.string(), v.record(v.string(), v.unknown())), catalog);
  const lines = Object.values(byApi)
    .flatMap((each) => Object.values(each))
    .flatMap((each): [string, number[]][] => {
      const model = v.safeParse(modelSchema, each);
      if (!model.success) return [];
      const { id, input, cost, contextWindow } = model.output;
      const sees = Number(input.includes('image'));
      return [[id, [sees, cost.input, cost.output, Math.round(contextWindow / 1000)]]];
    });
  return Object.fromEntries(lines.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
