/** The model's side of a test: aimock, which speaks as OpenAI does, with a script for its answers. */
import { LLMock, type FixtureOpts, type JournalEntry } from '@copilotkit/aimock';
import { isDrawing, seeDrawing } from './eyes.ts';
import { metadataIn } from './metadata.ts';
import { userTurn, type UserTurn } from './user-turn.ts';

export interface ModelServerOptions {
  /** Refuse requests (401) that do not carry this key. */
  key?: string;
  /** The ids that the server lists and answers to; others get a 404. */
  models?: readonly string[];
}

export interface Answer extends FixtureOpts {
  /** Why the answer ended: `length` for one cut at the token limit. */
  finishReason?: 'stop' | 'length' | 'content_filter';
  /** What it counts, in place of its own count. */
  usage?: Readonly<Record<string, unknown>>;
}

export interface Failure {
  status: number;
  message?: string;
  code?: string;
  /** In seconds, for a 429. */
  retryAfter?: number;
  /** How many requests fail before the server answers again; 1 if not said. */
  times?: number;
}

/** A request for a description, as the server saw it. */
export interface ChatRequest extends UserTurn {
  model: string;
  /** Lower-case names; keys are blacked out. */
  headers: Readonly<Record<string, string>>;
  body: NonNullable<JournalEntry['body']>;
}

export interface ModelServer {
  /** What a connection names as its address. */
  baseUrl: string;
  /** For anything not covered here: chaos, other fixtures, the journal. */
  mock: LLMock;
  /**
   * What the model says from now on. Streamed by `streamingProfile: { ttft, tps }` (milliseconds to
   * the first token, then tokens a second), broken off by `truncateAfterChunks`.
   */
  answer(text: string, how?: Answer): void;
  /**
   * What it says from now on, 20 letters each quarter of a second, until the function given is
   * called: the rest then comes at once. For what must happen in the middle of an answer, on a slow
   * machine, too.
   */
  answerSlowly(text: string): () => void;
  /** Lets it see what the connection doctor draws, from now on. */
  seeDrawings(): void;
  /** Lets the next requests fail. */
  fail(failure: Failure): void;
  /** Every request for a description so far, oldest first. */
  requests(): ChatRequest[];
  /** Forgets the requests so far and every script: the default answer is back. */
  reset(): void;
  /** @throws where any image that it was ever sent has metadata. */
  stop(): Promise<void>;
}

export const DEFAULT_MODEL = 'gpt-6-luna';
export const DEFAULT_ANSWER = 'A teal rectangle on a white page. Nothing else can be seen in it.';

/** Starts a model server on a free port of this machine. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { key, models = [DEFAULT_MODEL] } = options;
  const mock = new LLMock({ port: 0, ...(key ? { auth: { apiKeys: [key] } } : {}) });
  const answer = (content: string, how: Answer = {}) => {
    const { finishReason = 'stop', usage, ...timing } = how;
    for (const model of models) {
      const response = { content, finishReason, model, ...(usage ? { usage } : {}) };
      mock.prependFixture({ match: { model, endpoint: 'chat' }, response, ...timing });
    }
  };
  answer(DEFAULT_ANSWER);
  const images = new Set<string>();
  const requests = () => mock.getRequests().filter(isChat).map(toChatRequest);
  const collectImages = () => {
    const sent = requests().flatMap((request) => request.images);
    for (const image of sent) if (image.startsWith('data:')) images.add(image);
  };
  await mock.start();
  return {
    baseUrl: `${mock.url}/v1`,
    mock,
    answer,
    answerSlowly: (text) => {
      let tps = 4;
      const streamingProfile = {
        // aimock looks before each piece.
        get tps() {
          return tps;
        },
      };
      answer(text, { streamingProfile });
      return () => {
        tps = 1_000;
      };
    },
    seeDrawings: () => {
      mock.prependFixture({
        match: { predicate: (request) => isDrawing(userTurn(request).prompt), endpoint: 'chat' },
        response: async (request) => ({
          content: await seeDrawing(userTurn(request).images[0] ?? ''),
          finishReason: 'stop',
        }),
      });
    },
    fail: ({ status, message = 'Scripted failure', code, retryAfter, times = 1 }) => {
      const error = { message, ...(code ? { code } : {}) };
      const response = { error, status, ...(retryAfter === undefined ? {} : { retryAfter }) };
      for (let sequenceIndex = 0; sequenceIndex < times; sequenceIndex += 1) {
        mock.prependFixture({ match: { endpoint: 'chat', sequenceIndex }, response });
      }
    },
    requests,
    reset: () => {
      collectImages();
      mock.reset();
      answer(DEFAULT_ANSWER);
    },
    stop: async () => {
      collectImages();
      await mock.stop();
      const found = await metadataIn(images);
      if (found.length > 0) throw new Error(`Images arrived with metadata:\n${found.join('\n')}`);
    },
  };
}

function isChat({ path, method }: JournalEntry): boolean {
  return method === 'POST' && path.endsWith('/chat/completions');
}

function toChatRequest({ headers, body }: JournalEntry): ChatRequest {
  const request = (body ?? {}) as Parameters<typeof userTurn>[0] & { model?: string };
  return { ...userTurn(request), model: request.model ?? '', headers, body: body ?? {} };
}
