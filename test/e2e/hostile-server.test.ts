/** Model servers that send requests on to another port of this machine, or repeat the key. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickButton, waitForWords } from './harness/buttons.ts';
import type { CardHandle } from './harness/card.ts';
import { clickImage } from './harness/click-image.ts';
import { check } from './harness/doctor.ts';
import { openExtensionPage, seedConnection, writeStorage } from './harness/extension-page.ts';
import { readHistory } from './harness/history.ts';
import { takeLocalPorts, WITH_LOCAL_PORTS } from './harness/local-ports.ts';
import { answerPermissionPrompt, grantHost } from './harness/permission-prompt.ts';
import { cleanUp, openPage, serveImagePage } from './harness/image-page.ts';
import { poll } from './harness/poll.ts';
import { startSession, type Session } from './harness/session.ts';

/** Where "Look for local models" looks for LM Studio. */
const LM_STUDIO = 1234;
const REDIRECTS = 'The server redirects to another address';
const UNKNOWN = 'The server cannot be reached, or the browser hides its answers';

interface Listening {
  port: number;
  requests: IncomingMessage[];
  stop(): Promise<void>;
}

const open: Pick<Listening, 'stop'>[] = [];
let session: Session;
/** Nothing is to arrive there. */
let elsewhere: Listening;

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  port = 0,
): Promise<Listening> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const stop = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const listening = { port: (server.address() as AddressInfo).port, requests, stop };
  open.push(listening);
  return listening;
}

/** Sends everything on, with leave for every origin or without. */
function sendOn(status: number, { cors, port = 0 }: { cors: boolean; port?: number }) {
  const headers = cors
    ? { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*, authorization' }
    : {};
  const location = `http://127.0.0.1:${elsewhere.port}/internal/admin?reboot=1`;
  return listen(({ method }, response) => {
    if (cors && method === 'OPTIONS') return void response.writeHead(204, headers).end();
    response.writeHead(status, { ...headers, location }).end();
  }, port);
}

/** A description, the doctor and a list of models; gives what then arrived elsewhere. */
async function askFor(server: Listening, words: string): Promise<string[]> {
  await seedConnection(session, { baseUrl: `http://127.0.0.1:${server.port}/v1`, key: 'sk-away' });
  const { card } = await clickImage(session);
  await card.waitForText(words);
  const { page, words: found } = await check(session);
  expect(found).toContain(words);
  await page.close();
  expect(server.requests.length).toBeGreaterThan(0);
  expect(server.requests.flatMap(({ headers }) => headers.cookie ?? [])).toEqual([]);
  expect(server.requests.flatMap(({ headers }) => headers.referer ?? [])).toEqual([]);
  await cleanUp(session);
  return elsewhere.requests.map(({ method, url }) => `${method} ${url}`);
}

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  elsewhere = await listen((_, response) => response.end('{"data":[]}'));
  // Cookies know no ports: from now on the browser has one for the model server, too.
  session.pages.page('/login', 'Logged in', { 'set-cookie': 'sid=1; Path=/; Max-Age=3600' });
  const page = await openPage(session, '/login');
  await page.reload();
  const isSent = session.pages.requests.some(({ headers }) => headers.cookie === 'sid=1');
  if (!isSent) throw new Error('the browser has not kept the cookie');
  await page.close();
});

afterAll(async () => {
  await Promise.all(open.map((each) => each.stop()));
  await session.stop();
});

describe.each([302, 307])('a server that answers %i', (status) => {
  it('is not followed, where it lets every origin in', async () => {
    expect(await askFor(await sendOn(status, { cors: true }), REDIRECTS)).toEqual([]);
  });

  it('is not followed, where the browser hides that', async () => {
    expect(await askFor(await sendOn(status, { cors: false }), UNKNOWN)).toEqual([]);
  });
});

it('a server that is connected to is not followed to its list', async () => {
  const server = await sendOn(302, { cors: true });
  await writeStorage(session, { connections: [], keys: {} });
  const page = await openExtensionPage(session, 'welcome.html');
  await page.bringToFront();
  await (await page.waitForSelector('input[type="radio"][value="custom"]'))?.click();
  await (await page.waitForSelector('#connect-address'))?.click({ count: 3 });
  await page.keyboard.type(`http://127.0.0.1:${server.port}/v1`);
  await clickButton(page, 'Connect');
  await answerPermissionPrompt(session, page, 'deny');
  await waitForWords(page, REDIRECTS);
  await page.close();
  expect(server.requests.some(({ url }) => url?.endsWith('/models'))).toBe(true);
  expect(elsewhere.requests).toEqual([]);
});

it('a local server that is looked for is not followed', WITH_LOCAL_PORTS, async () => {
  await grantHost(session, 'http://localhost/*');
  const ports = await takeLocalPorts();
  open.push(ports);
  const server = await sendOn(302, { cors: false, port: LM_STUDIO });
  const page = await openExtensionPage(session, 'welcome.html');
  await page.bringToFront();
  await clickButton(page, 'Look for local models');
  await waitForWords(page, 'No local server found.');
  await page.close();
  expect(server.requests.length).toBeGreaterThan(0);
  expect(elsewhere.requests).toEqual([]);
  await server.stop();
  await ports.stop();
});

it('nor is any of them with leave for its host, and then it is told', async () => {
  await grantHost(session, 'http://127.0.0.1/*');
  for (const status of [302, 307]) {
    expect(await askFor(await sendOn(status, { cors: false }), REDIRECTS)).toEqual([]);
  }
});

const KEY = 'sk-repeat-Zq81vTn0wXy7pLm3';

/** Says the key in the words, split over chunks, in the model's name, in its list and in a refusal. */
function repeatKey() {
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-allow-headers': '*, authorization',
  };
  const chunk = (content: string, finish?: string) =>
    `data: ${JSON.stringify({
      model: `gpt-${KEY}`,
      choices: [{ delta: { content }, finish_reason: finish ?? null }],
    })}\n\n`;
  let asked = 0;
  return listen(({ method, url = '' }, response) => {
    if (method === 'OPTIONS') return void response.writeHead(204, headers).end();
    if (method === 'GET' || url.endsWith('/models')) {
      const json = { ...headers, 'content-type': 'application/json' };
      const data = [{ id: 'a-plain-model' }, { id: `model-${KEY}` }];
      return void response.writeHead(200, json).end(JSON.stringify({ data }));
    }
    asked += 1;
    if (asked > 1) {
      const message = `${'no '.repeat(97)}${KEY}`;
      return void response.writeHead(400, headers).end(JSON.stringify({ error: { message } }));
    }
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    for (const piece of ['It says ', KEY.slice(0, 9), KEY.slice(9, 20), KEY.slice(20), ' here.'])
      response.write(chunk(piece));
    response.end(`${chunk('', 'stop')}data: [DONE]\n\n`);
  });
}

/** What a card holds, once these words are among it, shown or folded away. */
function htmlWith(card: CardHandle, words: string): Promise<string> {
  return poll(words, async () => {
    const html = await card.evaluate((root) => root.innerHTML);
    return html.includes(words) && html;
  });
}

it('a key that a server repeats is in no card, result, list or history, and no piece of it', async () => {
  const server = await repeatKey();
  await seedConnection(session, { baseUrl: `http://127.0.0.1:${server.port}/v1`, key: KEY });
  const { card } = await clickImage(session);
  await card.waitForText('It says');
  await card.waitForText('here.');
  await card.clickButton('Second opinion');
  const listed = await htmlWith(card, 'a-plain-model');
  const kept = await poll('the entry', async () => {
    const all = JSON.stringify(await readHistory(session));
    return all.includes('here.') && all;
  });
  await cleanUp(session);
  const refused = (await clickImage(session)).card;
  const refusal = await htmlWith(refused, 'no no no');
  const popup = await openExtensionPage(session, 'popup.html');
  await poll('the refusal', async () => (await popup.content()).includes('no no no'));
  const seen = [listed, kept, refusal, await popup.content()];
  const pieces = Array.from({ length: KEY.length - 7 }, (_, at) => KEY.slice(at, at + 8));
  expect(pieces.filter((piece) => seen.some((words) => words.includes(piece)))).toEqual([]);
});
