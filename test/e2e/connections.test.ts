/** A recorded run against every kind of server, with its quirks, on the kept mock's surfaces. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { providerKind, SERVER_IDS, type ServerId } from '../../utils/vision/catalog.ts';
import { imageUrls } from '../fixtures/server-fixture.ts';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures.ts';
import { clickPicture } from './harness/click-picture.ts';
import { evaluateInExtension, readStorage, writeStorage } from './harness/extension-page.ts';
import { waitForPage } from './harness/find-page.ts';
import { startModelServer, type ModelServer } from './harness/model-server.ts';
import { grantHost } from './harness/permission-prompt.ts';
import { cleanUp, servePicturePage } from './harness/picture-page.ts';
import { poll } from './harness/poll.ts';
import { startQuirkyServer, type QuirkyServer } from './harness/quirky-server.ts';
import { startSession, type Session } from './harness/session.ts';

const KEY = 'sk-connections-0123456789';
let session: Session;
let model: ModelServer;

beforeAll(async () => {
  session = await startSession();
  servePicturePage(session);
  model = await startModelServer({
    models: SERVER_IDS.map((id) => SERVER_FIXTURES[id].model),
  });
  // The install opens it, and it would stand before the prompt.
  await waitForPage(session, '/welcome.html');
  await grantHost(session, 'http://127.0.0.1/*');
});

afterAll(async () => {
  await model.stop();
  await session.stop();
});

/** What the browser keeps of a connection to a server. */
function connectionTo(id: ServerId, server: QuirkyServer) {
  return { id, provider: id, baseUrl: server.baseUrl, model: SERVER_FIXTURES[id].model };
}

interface Globals {
  browser?: Api;
  chrome?: Api;
}
interface Api {
  declarativeNetRequest: { getSessionRules(): Promise<unknown[]> };
}

/** The rules by which this browser changes requests for us. */
function sessionRules(): Promise<unknown[]> {
  return evaluateInExtension(session, async () => {
    const { browser, chrome } = globalThis as Globals;
    return (await (browser ?? chrome)?.declarativeNetRequest.getSessionRules()) ?? [];
  });
}

it.each(SERVER_IDS)('%s: a picture goes there, and its description comes back', async (id) => {
  const server = await startQuirkyServer(id, model);
  try {
    const keyed = providerKind(id).key === 'required';
    await writeStorage(session, {
      connections: [connectionTo(id, server)],
      keys: keyed ? { [id]: KEY } : {},
      spending: {},
    });
    const { usage } = SERVER_FIXTURES[id];
    model.answer(`Described by ${id}.`, { usage });
    const { card } = await clickPicture(session);
    await card.waitForText(`Described by ${id}.`);
    const asked = server.answered.at(-1);
    expect(imageUrls(asked?.body ?? {})).toHaveLength(1);
    expect(asked?.headers[providerKind(id).keyHeader] ?? '').toContain(keyed ? KEY : '');
    // Nothing that it knows no field for was sent twice: the row was right at the first try.
    expect(server.refused).toEqual(id === 'custom' ? [400] : []);
    const spent = await poll('what it cost', async () => {
      const { spending } = (await readStorage(session)) as {
        spending: Record<string, Record<string, { inputTokens: number; cost: number }>>;
      };
      return Object.values(spending[id] ?? {})[0];
    });
    // The one that knows no field for it counts nothing.
    expect(spent).toMatchObject({ answers: 1, inputTokens: id === 'custom' ? 0 : 1200 });
  } finally {
    await server.stop();
    await cleanUp(session);
  }
});

it('Ollama hears no origin from us, and a page of its own still has one', async () => {
  const server = await startQuirkyServer('ollama', model);
  await writeStorage(session, { connections: [connectionTo('ollama', server)], keys: {} });
  const { page, card } = await clickPicture(session);
  await card.waitForText(/\./);
  expect(server.answered.at(-1)?.headers.origin).toBeUndefined();
  // The page's own request goes as the browser sends it.
  await page.evaluate(
    (url) => fetch(url, { method: 'POST', body: '{}' }).catch(() => undefined),
    `${server.baseUrl}/chat/completions`,
  );
  expect(server.answered.at(-1)?.headers.origin).toMatch(/^http:/);
  // Gone with the connection.
  expect(await sessionRules()).toHaveLength(1);
  await writeStorage(session, { connections: [] });
  await poll('the end of the rule', async () => (await sessionRules()).length === 0);
  await server.stop();
  await cleanUp(session);
});
