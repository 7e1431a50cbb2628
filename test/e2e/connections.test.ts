/** A recorded run against every kind of server, with its quirks, on the kept mock's surfaces. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { providerKind } from '../../utils/core/vision/providers.ts';
import { SERVER_IDS, type ServerId } from '../../utils/core/vision/provider-kind.ts';
import { imageUrls } from '../fixtures/server-fixture.ts';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures.ts';
import { SERVER_REFUSALS } from '../fixtures/server-refusals.ts';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { clickImage } from './harness/click-image.ts';
import { docsTable } from './harness/docs-table.ts';
import {
  evaluateInExtension,
  openExtensionPage,
  keyedConnections,
  readStorage,
  writeStorage,
} from './harness/extension-page.ts';
import { startModelServer, type ModelServer } from './harness/model-server.ts';
import { grantHost } from './harness/permission-prompt.ts';
import { cleanUp, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startQuirkyServer, type QuirkyServer } from './harness/quirky-server.ts';
import { startSession, type Session } from './harness/session.ts';

const KEY = 'sk-connections-0123456789';
const TABLE = docsTable('docs/SERVERS.md', 'servers', 'Server');
/** What this run saw, by kind of server. */
const seen = new Map<string, string>();
let session: Session;
let model: ModelServer;

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  model = await startModelServer({
    models: SERVER_IDS.map((id) => SERVER_FIXTURES[id].model),
  });
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

/** Lets the doctor look at a server in the moods that it should understand, and says what it found. */
async function examine(id: ServerId, server: QuirkyServer): Promise<string[]> {
  const page = await openExtensionPage(session, 'options.html');
  await page.bringToFront();
  await clickButton(page, 'Check connection');
  await waitForWords(page, 'The connection works');
  const found = ['all well'];
  server.mood = 'modelGone';
  await clickButton(page, 'Check connection');
  await waitForWords(page, 'The model was not found');
  await waitForWords(page, 'To change: the model');
  found.push('model gone');
  if (SERVER_REFUSALS[id].blind) {
    server.mood = 'imageRefused';
    await clickButton(page, 'Check connection');
    await waitForWords(page, 'The server rejected the image');
    await waitForWords(page, 'Failed at: The model supports images');
    found.push('model blind');
  }
  await page.close();
  return found;
}

it.each(SERVER_IDS)('%s: an image goes there, and its description comes back', async (id) => {
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
    const { card } = await clickImage(session);
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
    const counted = spent.inputTokens > 0 ? 'counted' : 'not counted';
    const [image = ''] = imageUrls(asked?.body ?? {});
    const way = image.startsWith('data:') ? 'by bytes' : 'by address';
    const found = await examine(id, server);
    seen.set(providerKind(id).name, `described ${way}, ${counted}; doctor: ${found.join(', ')}`);
  } finally {
    await server.stop();
    await cleanUp(session);
  }
});

it('is in the docs as it was seen', () => {
  if (process.env['DESCRY_WRITE_DOCS']) TABLE.document(session.name, seen);
  expect([...seen]).toEqual([...TABLE.documented(session.name)]);
});

it('one more connection is added in settings, and asked from then on', async () => {
  const first = await startQuirkyServer('openai', model);
  const second = await startQuirkyServer('custom', model);
  await writeStorage(session, {
    connections: [connectionTo('openai', first)],
    keys: { openai: KEY },
  });
  const settings = await openExtensionPage(session, 'options.html');
  await settings.bringToFront();
  await clickButton(settings, 'Add a connection');
  await (await settings.waitForSelector('input[type="radio"][value="custom"]'))?.click();
  await (await settings.waitForSelector('#connect-address'))?.click({ count: 3 });
  await settings.keyboard.type(second.baseUrl);
  await (await settings.waitForSelector('#connect-name'))?.click();
  await settings.keyboard.type('The other one');
  // Its host is allowed already.
  await clickButton(settings, 'Connect');
  await waitForWords(settings, /Connected to/);
  await clickButton(settings, 'Check connection');
  await waitForWords(settings, 'It works: my-model saw the drawing');
  expect(await axeViolations(settings)).toEqual([]);
  await settings.close();
  const { connections } = (await readStorage(session)) as {
    connections: { provider: string; name?: string }[];
  };
  expect(connections).toMatchObject([
    { provider: 'custom', name: 'The other one', model: 'my-model' },
    { provider: 'openai', model: SERVER_FIXTURES.openai.model },
  ]);
  expect(await keyedConnections(session)).toEqual(['openai']);

  const before = second.answered.length;
  model.answer('Described by the other one.');
  const { card } = await clickImage(session);
  await card.waitForText('Described by the other one.');
  expect(second.answered.slice(before)[0]?.headers.authorization).toBeUndefined();
  expect(first.answered).toHaveLength(0);
  await Promise.all([first.stop(), second.stop()]);
  await cleanUp(session);
});

it('Ollama hears no origin from us, and a page of its own still has one', async () => {
  const server = await startQuirkyServer('ollama', model);
  await writeStorage(session, { connections: [connectionTo('ollama', server)], keys: {} });
  const { page, card } = await clickImage(session);
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
