/** The connection doctor's button in settings, and what it found. */
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { ServerId } from '../../../utils/core/vision/provider-kind.ts';
import { SERVER_FIXTURES } from '../../fixtures/server-fixtures.ts';
import { axeViolations } from './axe.ts';
import { clickButton, waitForWords } from './buttons.ts';
import { openExtensionPage, writeStorage } from './extension-page.ts';
import type { QuirkyServer } from './quirky-server.ts';
import type { Session } from './session.ts';

interface Stored {
  firstWordSeconds?: number;
  monthlyCap?: number;
  baseUrl?: string;
  model?: string;
}

/** Stores a connection to a server as the only one. */
export async function connect(
  session: Session,
  id: ServerId,
  server: QuirkyServer,
  more: Stored = {},
): Promise<void> {
  const { baseUrl } = server;
  const connection = { id, provider: id, baseUrl, model: SERVER_FIXTURES[id].model, ...more };
  await writeStorage(session, { connections: [connection], keys: { [id]: 'sk-doctor-test' } });
}

export interface Checked {
  page: Page;
  /** Each step with how it went. */
  steps: Record<string, string>;
  words: string;
}

/** Presses the button in settings, and gives what stands there then. */
export async function check(session: Session): Promise<Checked> {
  const page = await openExtensionPage(session, 'options.html');
  await page.bringToFront();
  return await checkOn(page);
}

/** The same on a settings page that is open. */
async function checkOn(page: Page): Promise<Checked> {
  await clickButton(page, 'Check connection');
  const words = await waitForWords(page, /The connection works|Failed at/);
  const steps = await page.$$eval('.check-step', (items) =>
    Object.fromEntries(
      items.map((item) => [
        item.querySelector('.check-words')?.textContent ?? '',
        item.querySelector('.check-status')?.textContent ?? '',
      ]),
    ),
  );
  expect(await axeViolations(page)).toEqual([]);
  return { page, steps, words };
}

/** Opens what is folded, and waits for words in it. */
export async function waitForDetails(page: Page, words: string | RegExp): Promise<void> {
  await page.$$eval('.check-list details', (all) => {
    for (const each of all) each.open = true;
  });
  await waitForWords(page, words);
}
