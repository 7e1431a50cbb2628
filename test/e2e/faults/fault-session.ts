/** A browser with Descry connected to a server that breaks, and what most faults begin with. */
import type { Page } from 'puppeteer-core';
import { waitForCard, type CardHandle } from '../harness/card.ts';
import { seedConnection, writeStorage } from '../harness/extension-page.ts';
import { describeImage } from '../harness/image-menu.ts';
import { cleanUp, openPage, serveImagePage } from '../harness/image-page.ts';
import {
  startSession,
  type Relaunch,
  type Session,
  type SessionOptions,
} from '../harness/session.ts';
import { startFaultyServer, wellBehaved, type FaultyServer } from './faulty-server.ts';

/** A dollar for a token: what is counted of a model without a price is not in dollars. */
const PRICE = { input: 1_000_000, output: 1_000_000 };

export interface FaultSession extends Omit<Session, 'relaunch'> {
  relaunch(again?: Relaunch): Promise<FaultSession>;
  server: FaultyServer;
  /** Stores the connection to the server. */
  connect(): Promise<void>;
  /** A real right-click on the image of a fresh page; gives its card. */
  click(path?: string): Promise<{ page: Page; card: CardHandle }>;
  /** Makes everything as it was: a well-behaved server, no history, no pages, nothing spent. */
  begin(): Promise<void>;
}

export async function startFaultSession(options: SessionOptions = {}): Promise<FaultSession> {
  const [session, server] = await Promise.all([startSession(options), startFaultyServer()]);
  serveImagePage(session);
  const faulty = faultSessionOf(session, server);
  await faulty.connect();
  return faulty;
}

function faultSessionOf(session: Session, server: FaultyServer): FaultSession {
  const connect = () =>
    seedConnection(session, {
      baseUrl: server.baseUrl,
      provider: 'mistral',
      key: 'k',
      price: PRICE,
    });
  return {
    ...session,
    server,
    async click(path = '/') {
      const page = await openPage(session, path);
      await describeImage(session, page, '#image');
      return { page, card: await waitForCard(session, page) };
    },
    connect,
    relaunch: async (again) => faultSessionOf(await session.relaunch(again), server),
    async begin() {
      server.play(wellBehaved);
      await cleanUp(session);
      await writeStorage(session, { spending: {}, spendingHolds: [] });
      await connect();
    },
    async stop() {
      await session.stop();
      await server.stop();
    },
  };
}
