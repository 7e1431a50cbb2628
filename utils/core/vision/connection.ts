/** A connection: which server and model answer, without the key. */
import * as v from 'valibot';
import { PROVIDER_IDS } from './provider-kind';

export const baseUrlSchema = v.pipe(
  v.string(),
  v.trim(),
  v.url(),
  v.regex(/^https?:\/\//i, 'not a web address'),
  v.transform(withoutLastSlashes),
);

function withoutLastSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

/** A browser's own model has no address. */
const anyBaseUrlSchema = v.union([v.literal(''), baseUrlSchema]);

export const connectionSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  provider: v.picklist(PROVIDER_IDS),
  /** What the person calls it; the server's own name where absent. */
  name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))),
  /** The address that `/chat/completions` is appended to, without a slash at its end. */
  baseUrl: anyBaseUrlSchema,
  /** Empty until the person has chosen one. */
  model: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  /** Of the model, as the server's list had it: in US dollars for a million tokens. */
  price: v.optional(v.object({ input: v.number(), output: v.number() })),
  /** What a month may cost, in US dollars: nothing is sent that might go beyond. */
  monthlyCap: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
  /** Set where it differs from the provider. */
  takesUrls: v.optional(v.boolean()),
  /** Seconds until a silent server is given up; the kind's own where absent. */
  firstWordSeconds: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(3600))),
});

export type Connection = v.InferOutput<typeof connectionSchema>;

/** The server's host and port, as shown to the person; empty for the browser's own model. */
export function hostOf(connection: Connection): string {
  return connection.baseUrl === '' ? '' : new URL(connection.baseUrl).host;
}

/** The match pattern of the one host a connection needs, for `permissions.request`. */
export function originPattern(baseUrl: string): string {
  const { protocol, hostname } = new URL(baseUrl);
  // Match patterns have no port: a host is granted with all of its ports.
  return `${protocol}//${hostname}/*`;
}
