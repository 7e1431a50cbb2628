/** The connection doctor: what it finds, and what it offers then. Its failures have a file of their own. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ServerId } from '../../utils/core/vision/provider-kind.ts';
import { SERVER_FIXTURES } from '../fixtures/server-fixtures.ts';
import { axeViolations } from './harness/axe.ts';
import { clickButton, waitForWords } from './harness/buttons.ts';
import { clickImage } from './harness/click-image.ts';
import { check, connect, waitForDetails } from './harness/doctor.ts';
import { openExtensionPage, readStorage, writeStorage } from './harness/extension-page.ts';
import { takeLocalPorts, WITH_LOCAL_PORTS } from './harness/local-ports.ts';
import { startModelServer, type ModelServer } from './harness/model-server.ts';
import { answerPermissionPrompt, grantHost } from './harness/permission-prompt.ts';
import { cleanUp, serveImagePage } from './harness/image-page.ts';
import { startQuirkyServer, type QuirkyServer } from './harness/quirky-server.ts';
import { startSession, type Session } from './harness/session.ts';

/** Where Ollama listens. */
const OLLAMA_PORT = 11_434;

let session: Session;
let model: ModelServer;
const open: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  session = await startSession();
  serveImagePage(session);
  model = await startModelServer({
    models: [SERVER_FIXTURES.custom.model, SERVER_FIXTURES.ollama.model, 'gpt-6-luna'],
  });
});

afterAll(async () => {
  await model.stop();
  await session.stop();
});

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.stop();
  await cleanUp(session);
});

async function serve(id: ServerId, options: { cors?: boolean } = {}): Promise<QuirkyServer> {
  const server = await startQuirkyServer(id, model, options);
  open.push(server);
  return server;
}

it(
  'permission: an Ollama is found that lets no extension in, and helped in',
  WITH_LOCAL_PORTS,
  async () => {
    open.push(await takeLocalPorts());
    open.push(await startQuirkyServer('ollama', model, { port: OLLAMA_PORT }));
    await writeStorage(session, { connections: [], keys: {} });
    const page = await openExtensionPage(session, 'welcome.html');
    await page.bringToFront();
    await clickButton(page, 'Look for local models');
    await answerPermissionPrompt(session, page, 'deny');
    await waitForWords(page, 'Ollama may be running, but without your permission');
    await waitForWords(page, /OLLAMA_ORIGINS=(chrome|moz)-extension:\/\/\*/);
    expect(await axeViolations(page)).toEqual([]);
    await clickButton(page, 'Use Ollama');
    await clickButton(page, 'Connect');
    await answerPermissionPrompt(session, page, 'deny');
    await waitForWords(page, 'The server cannot be reached, or the browser hides its answers');
    await waitForWords(page, 'If it is an Ollama server, you can do this without the permission:');
    await page.close();
  },
);

it('permission: a server that answers, and not to us', async () => {
  await connect(session, 'custom', await serve('custom', { cors: false }));
  const { page, steps, words } = await check(session);
  expect(steps).toMatchObject({
    'The address answers': 'Skipped',
    'The browser allows it': 'Failed',
    'The key is accepted': 'Skipped',
  });
  expect(words).toContain('To change: the browser permission');
  await page.close();
});

it('permission: without it, where the server lets every origin in', async () => {
  await connect(session, 'custom', await serve('custom'));
  const { page, steps, words } = await check(session);
  expect(steps['The browser allows it']).toBe('Works, with a limitation');
  expect(words).toContain('browser permission');
  expect(words).toContain('The connection works');
  // And here it is granted.
  await clickButton(page, 'Allow');
  await answerPermissionPrompt(session, page, 'allow');
  await waitForWords(page, 'Granted');
  await page.close();
});

it('all is well, and the model saw the drawing', async () => {
  await connect(session, 'custom', await serve('custom'));
  const { page, steps, words } = await check(session);
  expect(new Set(Object.values(steps))).toEqual(new Set(['OK']));
  expect(Object.keys(steps)).toHaveLength(8);
  expect(words).toMatch(/The answer started after [\d.]+\ss/);
  await page.close();
});

it('in one piece: it works, and says what is lost', async () => {
  const server = await serve('custom');
  server.mood = 'inOnePiece';
  await connect(session, 'custom', server);
  const { page, steps, words } = await check(session);
  expect(steps['Text arrives as it is written']).toBe('Works, with a limitation');
  expect(words).toContain('The answer came in one piece');
  await page.close();
});

it('an error inside a stream that began well is the server’s own', async () => {
  const server = await serve('custom');
  server.mood = 'errorInStream';
  await connect(session, 'custom', server);
  const { page, steps } = await check(session);
  expect(steps['The model exists']).toBe('Failed');
  await waitForDetails(page, 'Provider disconnected');
  await page.close();
});

it('origin: a server that refuses extensions, where no rule of ours reaches it', async () => {
  // An Ollama behind another name: of it we know nothing that would let us change requests.
  const server = await serve('ollama');
  const connection = {
    id: 'hidden',
    provider: 'vllm',
    baseUrl: server.baseUrl,
    model: SERVER_FIXTURES.ollama.model,
  };
  await writeStorage(session, { connections: [connection], keys: {} });
  const { page, steps, words } = await check(session);
  expect(steps['The server accepts extensions']).toBe('Failed');
  expect(words).toMatch(/OLLAMA_ORIGINS=(chrome|moz)-extension:\/\/\*/);
  expect(words).toContain('To change: the server’s own setting');
  await page.close();
  // As what it is, it is reached.
  await connect(session, 'ollama', server);
  const well = await check(session);
  expect(well.steps['The server accepts extensions']).toBe('OK');
  expect(well.words).toContain('The connection works');
  await well.page.close();
});

it('a failed result offers the doctor, and the model in place of one that is gone', async () => {
  const server = await serve('openai');
  await connect(session, 'openai', server, { model: 'gpt-5-nano' });
  server.mood = 'modelGone';
  const { card } = await clickImage(session);
  await card.waitForText('The model was not found');
  await card.clickButton('Check connection');
  await card.waitForText('Failed at: The model exists');
  await card.waitForText('The server has gpt-6-luna instead');
  expect(await card.axe()).toEqual([]);
  server.mood = 'well';
  model.answer('A teal rectangle.');
  await card.clickButton('Switch to gpt-6-luna');
  await card.waitForText('A teal rectangle.');
  const { connections } = (await readStorage(session)) as { connections: { model: string }[] };
  expect(connections[0]?.model).toBe('gpt-6-luna');
});

it('local servers are found by their ports, when asked', WITH_LOCAL_PORTS, async () => {
  open.push(await takeLocalPorts());
  const server = await startQuirkyServer('ollama', model, { port: OLLAMA_PORT });
  open.push(server);
  await grantHost(session, 'http://localhost/*');
  await writeStorage(session, { connections: [], keys: {} });
  const page = await openExtensionPage(session, 'welcome.html');
  await page.bringToFront();
  await clickButton(page, 'Look for local models');
  await waitForWords(page, 'Ollama is running, with 2 models.');
  expect(await axeViolations(page)).toEqual([]);
  await clickButton(page, 'Use Ollama');
  await clickButton(page, 'Connect');
  await waitForWords(page, 'Connected to localhost:11434');
  // Its own list tells which of them sees.
  const groups = await page.$$eval('#connect-model optgroup', (all) =>
    all.map(({ label, children }) => [label, [...children].map(({ textContent }) => textContent)]),
  );
  expect(groups).toEqual([
    ['Suggested', ['qwen3-vl:8b']],
    ['Text only', ['llama3.2:3b']],
  ]);
  await clickButton(page, 'Check connection');
  await waitForWords(page, 'It works: qwen3-vl:8b saw the drawing');
  await page.close();
});
