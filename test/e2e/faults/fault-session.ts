/** A browser with Descry connected to a server that breaks, and what most faults begin with. */
import type { Page } from 'puppeteer-core';
import { waitForCard, type CardHandle } from '../harness/card.ts';
import { seedConnection } from '../harness/extension-page.ts';
import { describeImage } from '../harness/image-menu.ts';
import { cleanUp, openPage, servePicturePage } from '../harness/picture-page.ts';
import {
  startSession,
  type Relaunch,
  type Session,
  type SessionOptions,
} from '../harness/session.ts';
import { startFaultyServer, wellBehaved, type FaultyServer } from './faulty-server.ts';

export interface FaultSession extends Omit<Session, 'relaunch'> {
  relaunch(again?: Relaunch): Promise<FaultSession>;
  server: FaultyServer;
  /** A real right-click on the picture of a fresh page; gives its card. */
  click(path?: string): Promise<{ page: Page; card: CardHandle }>;
  /** Makes everything as it was: a well-behaved server, no history, no pages. */
  begin(): Promise<void>;
}

export async function startFaultSession(options: SessionOptions = {}): Promise<FaultSession> {
  const [session, server] = await Promise.all([startSession(options), startFaultyServer()]);
  servePicturePage(session);
  return await faultSessionOf(session, server);
}

async function faultSessionOf(session: Session, server: FaultyServer): Promise<FaultSession> {
  const connect = () =>
    seedConnection(session, { baseUrl: server.baseUrl, provider: 'mistral', key: 'k' });
  await connect();
  return {
    ...session,
    server,
    async click(path = '/') {
      const page = await openPage(session, path);
      await describeImage(session, page, '#picture');
      return { page, card: await waitForCard(session, page) };
    },
    relaunch: async (again) => await faultSessionOf(await session.relaunch(again), server),
    async begin() {
      server.play(wellBehaved);
      await cleanUp(session);
      await connect();
    },
    async stop() {
      await session.stop();
      await server.stop();
    },
  };
}
