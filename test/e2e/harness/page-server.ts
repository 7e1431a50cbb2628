/** Serves the pages and images of a test on this machine, under several host names. */
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Reply {
  body?: string | Uint8Array;
  status?: number;
  headers?: OutgoingHttpHeaders;
  /** More bytes of the body, for as long as somebody reads them: the reply never ends. */
  forEver?: string | Uint8Array;
}

/** One request, as it arrived. */
export interface PageRequest {
  method: string;
  path: string;
  /** The name the browser asked for, without the port. */
  host: string;
  headers: IncomingMessage['headers'];
}

export interface PageServer {
  /**
   * The address of a path under one of `HOSTS`; each host is an origin of its own.
   *
   * @default host 127.0.0.1
   */
  url(path: string, host?: string): string;
  /** Answers a path, from now on, with the same reply or one made for each request. */
  serve(path: string, reply: Reply | ((request: PageRequest) => Reply | Promise<Reply>)): void;
  /** Answers a path with a page: `body` is what stands in its body. Gives its address. */
  page(path: string, body: string, headers?: OutgoingHttpHeaders): string;
  /** Answers a path with a file, such as an image. Gives its address. */
  file(
    path: string,
    body: Uint8Array | string,
    type: string,
    headers?: OutgoingHttpHeaders,
  ): string;
  /** Every request so far, oldest first. */
  requests: readonly PageRequest[];
  stop(): Promise<void>;
}

/** Public-looking names that lead here in the browsers the harness starts. */
export const HOSTS = ['images.example.com', 'other.example.org'] as const;

/** Starts a server on a free port of this machine. */
export async function startPageServer(): Promise<PageServer> {
  const replies = new Map<string, Reply | ((request: PageRequest) => Reply | Promise<Reply>)>();
  const requests: PageRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const { headers, method = 'GET' } = incoming;
    const address = new URL(incoming.url ?? '/', `http://${headers.host ?? 'localhost'}`);
    const request = { method, path: address.pathname, host: address.hostname, headers };
    requests.push(request);
    const reply = replies.get(request.path) ?? { status: 404 };
    const answer = async () => {
      const made = await (typeof reply === 'function' ? reply(request) : reply);
      const { status = 200, headers: replyHeaders = {}, body = '', forEver } = made;
      outgoing.writeHead(status, replyHeaders);
      if (forEver === undefined) outgoing.end(body);
      else writeForEver(outgoing, body, forEver);
    };
    void answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = (path: string, host = '127.0.0.1') => `http://${host}:${port}${path}`;
  return {
    url,
    requests,
    serve: (path, reply) => void replies.set(path, reply),
    page: (path, body, headers = {}) => {
      replies.set(path, {
        // The empty icon spares tests a request that they did not ask for.
        body: `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>${path}</title><body>${body}</body></html>`,
        headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
      });
      return url(path);
    },
    file: (path, body, type, headers = {}) => {
      replies.set(path, { body, headers: { 'content-type': type, ...headers } });
      return url(path);
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const DRIP_MS = 250;

function writeForEver(
  outgoing: ServerResponse,
  first: string | Uint8Array,
  more: string | Uint8Array,
): void {
  outgoing.write(first);
  const timer = setInterval(() => outgoing.write(more), DRIP_MS);
  outgoing.on('close', () => clearInterval(timer));
}
