/** What we know of models where their server does not say: sight, price, context, and their end. */
import type { ProviderId } from './provider-kind';
import table from './known-models.json';
import type { OfferedModel } from './provider';

export type KnownFacts = Pick<OfferedModel, 'vision' | 'price' | 'context'>;

/** A line of `known-models.json`, which `scripts/known-models.ts` writes. */
type ModelRow = readonly [sees: number, input: number, output: number, contextThousands: number];
const MODELS = table.models as unknown as Partial<
  Record<string, Partial<Record<string, ModelRow>>>
>;

/** Azure serves OpenAI's models; what a person calls a deployment is its model as a rule. */
const SAME_MODELS: Partial<Record<ProviderId, ProviderId>> = { azure: 'openai' };

/** What is known of a model of such a server, `undefined` where it is nothing. */
export function knownModel(provider: ProviderId, model: string): KnownFacts | undefined {
  const models = MODELS[SAME_MODELS[provider] ?? provider];
  // A server may call a model anything, "toString" too.
  const name = [model, withoutDate(model)].find((each) => models && Object.hasOwn(models, each));
  const line = name === undefined ? undefined : models?.[name];
  if (!line) return undefined;
  const [sees, input, output, thousands] = line;
  return { vision: sees === 1, price: { input, output }, context: thousands * 1000 };
}

/** When models are switched off, as their makers have announced it. */
const RETIREMENTS: readonly {
  provider: ProviderId;
  match: RegExp;
  retires: string;
  replacement: string;
}[] = [
  // https://developers.openai.com/api/docs/deprecations, as of November 2026.
  {
    provider: 'openai',
    match: /^gpt-4-.*vision/,
    retires: '2024-12-06',
    replacement: 'gpt-6-luna',
  },
  {
    provider: 'openai',
    match: /^(gpt-5(-mini|-nano)?|o3)$/,
    retires: '2026-12-11',
    replacement: 'gpt-6-luna',
  },
  {
    provider: 'openai',
    match: /^gpt-4(o|\.1)(-mini)?$/,
    retires: '2027-01-14',
    replacement: 'gpt-6-luna',
  },
];

/** When a model ends and what its maker names in its place, `undefined` where nothing is announced. */
export function retirementOf(
  provider: ProviderId,
  model: string,
): { retires: string; replacement: string } | undefined {
  const row = RETIREMENTS.find(
    (each) =>
      each.provider === (SAME_MODELS[provider] ?? provider) && each.match.test(withoutDate(model)),
  );
  return row && { retires: row.retires, replacement: row.replacement };
}

/** Without the date of a release: "gpt-4o-2024-08-06", "claude-haiku-4-5-20251001". */
function withoutDate(model: string): string {
  return model.replace(/-20\d\d-?\d\d-?\d\d$/, '');
}
