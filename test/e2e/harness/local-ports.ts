/** The ports on which local model servers listen: both browsers are tested at once, on one machine. */
import { createServer, type Server } from 'node:net';
import { poll } from './poll.ts';

/** Whoever listens here has them. The system takes it back from a run that dies. */
const TURN_PORT = 47_113;
/** For a test that may have to wait for the same one in the other browser. */
export const WITH_LOCAL_PORTS = { timeout: 90_000 };

/** Waits until no other run has them; `stop` gives them back, after the servers that used them. */
export async function takeLocalPorts(): Promise<{ stop(): Promise<void> }> {
  const turn = await poll('the ports of local servers', take, { timeout: 60_000, interval: 100 });
  return { stop: () => new Promise((resolve) => turn.close(() => resolve())) };
}

function take(): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(TURN_PORT, '127.0.0.1', () => resolve(server));
  });
}
