/** The connection doctor: every failure that it can name, at a server that fails in this way. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ServerId } from '../../utils/core/vision/provider-kind.ts';
import type { CheckCode } from '../../utils/core/vision/check-report.ts';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures.ts';
import { check, connect, waitForDetails } from './harness/doctor.ts';
import { writeStorage } from './harness/extension-page.ts';
import { startModelServer, type ModelServer } from './harness/model-server.ts';
import type { Mood } from './harness/moods.ts';
import { goOffline } from './harness/network.ts';
import { grantHost } from './harness/permission-prompt.ts';
import { startQuirkyServer, type QuirkyServer } from './harness/quirky-server.ts';
import { startSession, type Session } from './harness/session.ts';

/** Led to this machine, which the browser does not know; no leave is asked for it. */
const ELSEWHERE = 'images.example.com';

let session: Session;
let model: ModelServer;
const open: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  session = await startSession();
  model = await startModelServer({ models: [SERVER_FIXTURES.custom.model] });
  await grantHost(session, 'http://127.0.0.1/*');
});

afterAll(async () => {
  await model.stop();
  await session.stop();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.stop()));
});

async function serve(id: ServerId, options: { cors?: boolean } = {}): Promise<QuirkyServer> {
  const server = await startQuirkyServer(id, model, options);
  open.push(server);
  return server;
}

/** The only connection, whose server is in a mood; gives what makes all as it was, where that is needed. */
type Arrange = () => Promise<(() => Promise<void>) | void>;

const inMood =
  (mood: Mood, more?: Parameters<typeof connect>[3]): Arrange =>
  async () => {
    const server = await serve('custom');
    server.mood = mood;
    await connect(session, 'custom', server, more);
  };

const ADDRESS = 'The address answers';
const KEY = 'The key is accepted';
const MODEL = 'The model exists';
const SIGHT = 'The model supports images';
const STREAM = 'Text arrives as it is written';

interface Failing {
  arrange: Arrange;
  /** The one step that is not ticked. */
  step: string;
  setting: string;
  /** What stands there besides. */
  says: string | RegExp;
}

/** One for each: a failure that the doctor learns to name does not compile without one. */
const FAILURES: Readonly<Record<CheckCode, Failing>> = {
  unreachable: {
    arrange: async () => {
      const server = await startQuirkyServer('custom', model);
      await connect(session, 'custom', server);
      await server.stop();
    },
    step: ADDRESS,
    setting: 'the address',
    says: 'The server cannot be reached',
  },
  offline: {
    arrange: async () => {
      const baseUrl = `http://${ELSEWHERE}/v1`;
      await connect(session, 'custom', await serve('custom'), { baseUrl });
      return await goOffline(session);
    },
    step: ADDRESS,
    setting: 'the internet connection of this computer',
    says: 'You are offline',
  },
  addressWrong: {
    arrange: inMood('nothingHere'),
    step: ADDRESS,
    setting: 'the address',
    says: 'Nothing was found at this address',
  },
  answerMalformed: {
    arrange: inMood('html'),
    step: ADDRESS,
    setting: 'the address',
    says: 'Unexpected reply from the server',
  },
  redirected: {
    arrange: inMood('redirecting'),
    step: ADDRESS,
    setting: 'the address',
    says: 'The server redirects to another address',
  },
  maybeBlocked: {
    arrange: async () => {
      const server = await serve('custom', { cors: false });
      const baseUrl = server.baseUrl.replace('127.0.0.1', ELSEWHERE);
      await connect(session, 'custom', server, { baseUrl });
    },
    step: 'The browser allows it',
    setting: 'the browser permission',
    says: 'The server cannot be reached, or the browser hides its answers',
  },
  originRefused: {
    // An Ollama that was entered as another server: no rule of ours reaches it.
    arrange: async () => {
      const { baseUrl } = await serve('ollama');
      const connection = { id: 'hidden', provider: 'custom', baseUrl, model: 'qwen3-vl:8b' };
      await writeStorage(session, { connections: [connection], keys: {} });
    },
    step: 'The server accepts extensions',
    setting: 'the server’s own setting for extensions',
    says: /OLLAMA_ORIGINS=(chrome|moz)-extension:\/\/\*/,
  },
  keyMalformed: {
    arrange: async () => {
      await connect(session, 'custom', await serve('custom'));
      await writeStorage(session, { keys: { custom: 'sk-doctor\u200b-test' } });
    },
    step: KEY,
    setting: 'the key',
    says: 'The key cannot be sent',
  },
  keyRefused: {
    arrange: inMood('keyRefused'),
    step: KEY,
    setting: 'the key',
    says: 'The key was refused',
  },
  accessRefused: {
    arrange: inMood('forbidding'),
    step: KEY,
    setting: 'the key’s permissions, or the model',
    says: 'Your key may not use this model',
  },
  quotaUsedUp: {
    arrange: inMood('creditUsedUp'),
    step: KEY,
    setting: 'your account’s credit at the provider',
    says: 'The credit is used up',
  },
  rateLimited: {
    arrange: inMood('busy'),
    step: KEY,
    setting: 'your account’s limits at the provider, or wait a little',
    says: 'Too many requests',
  },
  capReached: {
    arrange: inMood('well', { monthlyCap: 0 }),
    step: KEY,
    setting: 'this connection’s monthly limit, under Time-out and monthly limit',
    says: 'The monthly limit is reached',
  },
  spendingUnreadable: {
    arrange: async () => {
      await inMood('well', { monthlyCap: 1 })();
      await writeStorage(session, { spending: 'of a newer version' });
      return async () => await writeStorage(session, { spending: {} });
    },
    step: KEY,
    setting: 'this connection’s monthly limit, under Time-out and monthly limit',
    says: 'The spending record cannot be read',
  },
  modelNotFound: {
    arrange: inMood('modelGone'),
    step: MODEL,
    setting: 'the model',
    says: 'The model was not found',
  },
  modelUnavailable: {
    arrange: async () => {
      const provider = session.name === 'firefox' ? 'firefoxModel' : 'chromeModel';
      const connection = { id: 'own', provider, baseUrl: '', model: 'own' };
      await writeStorage(session, { connections: [connection], keys: {} });
    },
    step: MODEL,
    setting: 'the browser’s own model: connect it again',
    says: 'The browser’s own model is not available',
  },
  serverError: {
    arrange: inMood('faulty'),
    step: MODEL,
    setting: 'the server itself',
    says: 'The server has a problem',
  },
  requestRefused: {
    arrange: inMood('puzzled'),
    step: MODEL,
    setting: 'the model or the address',
    says: 'The server did not understand the request',
  },
  imageRefused: {
    arrange: inMood('imageRefused'),
    step: SIGHT,
    setting: 'the model',
    says: 'does not support image',
  },
  imageNotDownloadable: {
    arrange: inMood('imageUnfetched'),
    step: SIGHT,
    setting: 'the server itself',
    says: 'The server could not download the image',
  },
  contentRefused: {
    arrange: inMood('contentRefused'),
    step: SIGHT,
    setting: 'the model',
    says: 'The model declined this image',
  },
  modelBlind: {
    arrange: inMood('blind'),
    step: SIGHT,
    setting: 'the model',
    says: 'A beautiful sunset over the sea',
  },
  answerBroken: {
    arrange: inMood('brokenOff'),
    step: STREAM,
    setting: 'the server itself',
    says: 'The connection was lost mid-answer',
  },
  answerEmpty: {
    arrange: inMood('wordless'),
    step: STREAM,
    setting: 'the model, or its length limit',
    says: 'The answer was empty',
  },
  timedOut: {
    arrange: inMood('silent', { firstWordSeconds: 1 }),
    step: 'The answer starts in time',
    setting: 'the time-out, under Time-out and monthly limit',
    says: 'No answer in time',
  },
};

it.each(Object.entries(FAILURES))('%s is named, with the step and the setting', async (_, each) => {
  const undo = await each.arrange();
  try {
    const { page, steps, words } = await check(session);
    expect(steps[each.step]).toBe('Failed');
    expect(Object.values(steps).filter((how) => how === 'Failed')).toHaveLength(1);
    expect(words.split('\n')).toContain(`To change: ${each.setting}`);
    await waitForDetails(page, each.says);
    await page.close();
  } finally {
    await undo?.();
  }
});
