/** Serves the demo page and its images on this machine alone. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { demoPage } from './page.ts';
import { DEMO_IMAGES } from './images.ts';

const HOST = '127.0.0.1';
/** Where it is looked for first, so that a person finds it where it was. */
const PREFERRED_PORT = 4173;

export interface DemoServer {
  /** The page's address; its images have the ids `image-1` and on. */
  url: string;
  stop(): Promise<void>;
}

/** Starts the server, on another free port where 4173 is taken. */
export async function startDemoServer(): Promise<DemoServer> {
  const server = createServer((request, response) => {
    answer(request.url ?? '/', response).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  const port = await listen(server, PREFERRED_PORT).catch(() => listen(server, 0));
  return {
    url: `http://${HOST}:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(path: string, response: ServerResponse): Promise<void> {
  if (path === '/') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(demoPage());
    return;
  }
  const image = DEMO_IMAGES.find(({ file }) => path === `/images/${file}`);
  if (!image) {
    response.writeHead(404).end();
    return;
  }
  const type = image.file.endsWith('.png') ? 'image/png' : 'image/jpeg';
  response.writeHead(200, { 'content-type': type }).end(await readFile(image.location));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
