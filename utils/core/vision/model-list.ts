/** The models that a server lists, read from whatever form it lists them in. */
import * as v from 'valibot';
import { AppError } from '../errors';
import type { ProviderKind } from './provider-kind';
import { knownModel, retirementOf } from './known-models';
import type { OfferedModel } from './provider';

/** Asks a path of the server, relative to its address, and gives the JSON it answers. */
export type AskJson = (path: string, body?: object) => Promise<unknown>;

const text = v.fallback(v.optional(v.string()), undefined);
/** Of tokens: no model takes more. What cannot be such a number counts as not given. */
const MAX_CONTEXT = 1_000_000_000;
/** In dollars for a million tokens; the dearest are at a few hundred. */
const MAX_PRICE = 100_000;

const contextSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_CONTEXT));
const number = v.fallback(v.optional(contextSchema), undefined);
const words = v.fallback(v.optional(v.array(v.string())), undefined);
const flag = v.fallback(v.optional(v.boolean()), undefined);
const optionalPart = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.nullish(schema), undefined);

/** One line of a list. Each server has some of these, and no two mean different things by one. */
const lineSchema = v.object({
  id: v.string(),
  // OpenRouter: in US dollars a token, as text.
  architecture: optionalPart(v.object({ input_modalities: words })),
  pricing: optionalPart(v.object({ prompt: text, completion: text })),
  context_length: number,
  expiration_date: text,
  // Mistral and Anthropic.
  capabilities: optionalPart(
    v.union([
      v.array(v.string()),
      v.object({
        vision: flag,
        image_input: optionalPart(v.object({ supported: flag })),
      }),
    ]),
  ),
  max_context_length: number,
  deprecation: text,
  deprecation_replacement_model: text,
  max_input_tokens: number,
  // LM Studio: `vlm` for vision models, `llm` for others.
  type: text,
  // Groq, vLLM, llama.cpp.
  context_window: number,
  max_model_len: number,
  meta: optionalPart(v.object({ n_ctx_train: number })),
});
type ListedLine = v.InferOutput<typeof lineSchema>;

const listSchema = v.object({ data: v.nullable(v.array(lineSchema)) });

/** What a server says of one model: Ollama's `/api/show`, llama.cpp's `/props`. */
const detailsSchema = v.object({
  capabilities: words,
  model_info: v.fallback(v.optional(v.record(v.string(), v.unknown())), undefined),
  modalities: optionalPart(v.object({ vision: flag })),
});

/** More would mean one request per model, for a list that is never read to its end. */
const MAX_DETAILS = 60;

/**
 * The models of a server in its order, with what the server says of each, and what we know where it
 * says nothing.
 *
 * @throws {AppError} where no way of listing answers. @throws whatever `ask` does besides.
 */
export async function listModels(kind: ProviderKind, ask: AskJson): Promise<OfferedModel[]> {
  const { paths, prefix = '', details } = kind.listing;
  const models = (await firstList(paths, ask)).map((line) => {
    const id = line.id.startsWith(prefix) ? line.id.slice(prefix.length) : line.id;
    return withKnown(kind, { id, ...factsOf(line) });
  });
  if (!details) return models;
  return await Promise.all(
    models.map(async (model, at) => {
      if (model.vision !== undefined || at >= MAX_DETAILS) return model;
      return Object.assign(model, await askDetails(details, model.id, ask));
    }),
  );
}

async function firstList(paths: readonly string[], ask: AskJson): Promise<ListedLine[]> {
  let failure: AppError | undefined;
  for (const path of paths) {
    try {
      const parsed = v.safeParse(listSchema, await ask(path));
      if (parsed.success) return parsed.output.data ?? [];
      failure = new AppError('answerMalformed');
    } catch (error) {
      if (!(error instanceof AppError) || isFinal(error)) throw error;
      failure = error;
    }
  }
  if (failure) throw failure;
  return [];
}

function isFinal(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unexpected';
}

function factsOf(line: ListedLine): Partial<OfferedModel> {
  const { architecture, pricing, capabilities, type } = line;
  const named = Array.isArray(capabilities) ? capabilities : undefined;
  const given = Array.isArray(capabilities) ? undefined : capabilities;
  const vision =
    architecture?.input_modalities?.includes('image') ??
    given?.vision ??
    given?.image_input?.supported ??
    named?.some((each) => each === 'vision' || each === 'multimodal') ??
    (type === 'vlm' ? true : type === 'llm' || type === 'embeddings' ? false : undefined);
  const context =
    line.context_length ??
    line.max_context_length ??
    line.context_window ??
    line.max_model_len ??
    line.max_input_tokens ??
    line.meta?.n_ctx_train;
  const price = pricing && priceOf(pricing);
  const retires = (line.deprecation ?? line.expiration_date)?.slice(0, 10);
  const replacement = line.deprecation_replacement_model;
  return {
    ...(vision === undefined ? {} : { vision }),
    ...(context === undefined ? {} : { context }),
    ...(price ? { price } : {}),
    ...(retires ? { retires } : {}),
    ...(replacement ? { replacement } : {}),
  };
}

/** OpenRouter writes -1 for what depends. */
function priceOf({
  prompt,
  completion,
}: {
  prompt?: string | undefined;
  completion?: string | undefined;
}) {
  // Of a token, as text: a million of them is not to end in nines.
  const forMillion = (price = '') =>
    price.trim() === '' ? Number.NaN : Number((Number(price) * 1e6).toPrecision(6));
  const each = { input: forMillion(prompt), output: forMillion(completion) };
  return isPrice(each.input) && isPrice(each.output) ? each : undefined;
}

function isPrice(dollars: number): boolean {
  return dollars >= 0 && dollars <= MAX_PRICE;
}

/** Adds what the server did not say from Descry's own table. */
function withKnown(kind: ProviderKind, model: OfferedModel): OfferedModel {
  const known = knownModel(kind.id, model.id);
  const gone = retirementOf(kind.id, model.id);
  return {
    ...known,
    ...(known === undefined &&
    /embed|whisper|tts|dall-e|moderation|transcri|image-\d|sora/i.test(model.id)
      ? { vision: false }
      : {}),
    ...gone,
    ...model,
  };
}

async function askDetails(
  { path, of }: NonNullable<ProviderKind['listing']['details']>,
  model: string,
  ask: AskJson,
): Promise<Partial<OfferedModel>> {
  const asked = of === 'each' ? ask(path, { model }) : ask(path);
  const answer = await asked.catch((error: unknown) => {
    // A list without the details is better than none; a bug in Descry is reported all the same.
    if (isFinal(error)) throw error;
  });
  const parsed = v.safeParse(detailsSchema, answer);
  if (!parsed.success) return {};
  const said = parsed.output;
  const vision = said.capabilities?.includes('vision') ?? said.modalities?.vision;
  const context = Object.entries(said.model_info ?? {}).find(([name]) =>
    name.endsWith('.context_length'),
  )?.[1];
  return {
    ...(vision === undefined ? {} : { vision }),
    ...(v.is(contextSchema, context) ? { context } : {}),
  };
}
