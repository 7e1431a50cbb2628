/** `npm run audit` with real npm, against a registry that answers as the test says. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

let server: Server;
let cache: string;
let advisories: Record<string, readonly unknown[]> | undefined;

beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), 'descry-audit-'));
  server = createServer((request, response) => {
    const asked = request.url?.endsWith('/-/npm/v1/security/advisories/bulk');
    if (asked && advisories) response.end(JSON.stringify(advisories));
    else response.writeHead(asked ? 405 : 404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(() => {
  server.close();
  rmSync(cache, { recursive: true, force: true });
});

function advisory(name: string) {
  return {
    id: 1,
    url: `https://advisories.test/${name}`,
    title: `A fault in ${name}`,
    severity: 'low',
    vulnerable_versions: '*',
  };
}

async function audit() {
  const { port } = server.address() as AddressInfo;
  const child = spawn('node', ['scripts/audit.ts'], {
    env: {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_noproxy: '127.0.0.1',
      npm_config_cache: cache,
    },
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, words: out + err };
}

it('fails for a vulnerability in what ships, in a package of another one, too', async () => {
  advisories = { papaparse: [advisory('papaparse')], superlock: [advisory('superlock')] };
  const { code, words } = await audit();
  expect(words).toContain('papaparse: low, A fault in papaparse');
  expect(words).toContain('superlock: low, A fault in superlock');
  expect(words).toContain('2 known vulnerabilities');
  expect(code).toBe(1);
});

it('counts one in what does not ship, and lets it be', async () => {
  advisories = { vitest: [advisory('vitest')] };
  const { code, words } = await audit();
  expect(words).toMatch(/^0 known .*\n1 in what does not ship/);
  expect(code).toBe(0);
});

it('says that nothing was checked where the registry does not answer', async () => {
  advisories = undefined;
  const { code, words } = await audit();
  expect(words).toMatch(/^Not checked/);
  expect(words).toContain('405');
  expect(words).not.toContain('0 known');
  expect(code).toBe(75);
});
