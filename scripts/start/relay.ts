/** Passes requests on to a local model server without saying that an extension asks. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Relay {
  url: string;
  stop(): Promise<void>;
}

const ALLOW_ALL = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': '*',
};

/** Starts a relay on a free port of this machine, reachable from nowhere else. */
export async function startRelay(target: string): Promise<Relay> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.method === 'OPTIONS') outgoing.writeHead(204, ALLOW_ALL).end();
    else passOn(target, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function passOn(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { origin: _origin, referer: _referer, ...headers } = incoming.headers;
  const { method } = incoming;
  const url = new URL(incoming.url ?? '/', target);
  const onward = request(url, { method, headers: { ...headers, host: url.host } }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...ALLOW_ALL });
    answer.pipe(outgoing);
  });
  onward.on('error', () =>
    outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502, ALLOW_ALL).end(),
  );
  // Stop in the card must stop the model, too.
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
