/** How a server may behave besides its quirks: what it refuses in which mood, as data. */
import { imageUrls, refusal, type Refusal } from '../../fixtures/server-fixture.ts';
import { SERVER_REFUSALS } from '../../fixtures/server-refusals.ts';
import type { ServerId } from '../../../utils/core/vision/provider-kind.ts';

type Refuse = (id: ServerId, body: Record<string, unknown>) => Refusal | undefined;

/** Those in which every question is refused. */
export const REFUSING_MOODS = {
  keyRefused: () => refusal(401, 'Incorrect API key provided'),
  creditUsedUp: () => refusal(402, 'Insufficient credits'),
  /** It takes the key, and not for this. */
  forbidding: () => refusal(403, 'Your key may not use this model'),
  nothingHere: () => refusal(404, 'Not found'),
  modelGone: (id) => SERVER_REFUSALS[id].gone,
  imageRefused: (id, body) => (imageUrls(body).length > 0 ? SERVER_REFUSALS[id].blind : undefined),
  imageUnfetched: () => refusal(400, 'Failed to download image', { code: 'invalid_image_url' }),
  contentRefused: () => refusal(400, 'Rejected by our safety system', { code: 'content_policy' }),
  puzzled: () => refusal(400, 'Bad things'),
  busy: () => refusal(429, 'Slow down'),
  faulty: () => refusal(500, 'Oops'),
} as const satisfies Readonly<Record<string, Refuse>>;

export type Mood =
  | keyof typeof REFUSING_MOODS
  /** As it should: it sees what it is shown, where that is the doctor's drawing. */
  | 'well'
  /** It answers as if it had seen. */
  | 'blind'
  /** The whole answer at once, as JSON. */
  | 'inOnePiece'
  /** The stream ends without its end. */
  | 'brokenOff'
  /** It ends as it should, without a word. */
  | 'wordless'
  /** An error inside a stream that began with 200. */
  | 'errorInStream'
  /** It never says a word. */
  | 'silent'
  /** A front page where the API should be. */
  | 'html'
  /** It sends every request on to another address. */
  | 'redirecting';

/** What a server of a kind says to a question in a mood; nothing where it does not refuse. */
export function refusalIn(mood: Mood, ...asked: Parameters<Refuse>): Refusal | undefined {
  const refusing: Readonly<Partial<Record<Mood, Refuse>>> = REFUSING_MOODS;
  return refusing[mood]?.(...asked);
}

const line = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;
const said = (content: string, finish?: string) =>
  line({ choices: [{ index: 0, delta: { content }, finish_reason: finish ?? null }] });

/** Streams that go wrong. */
export const BAD_STREAMS: Readonly<Partial<Record<Mood, string>>> = {
  brokenOff: said('A '),
  errorInStream: said('A ') + line({ error: { code: 502, message: 'Provider disconnected' } }),
  wordless: said('', 'stop'),
};
