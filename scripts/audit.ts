/**
 * `npm run audit`: known vulnerabilities in what ships. Asked about all that is installed, answered
 * for the packages of docs/LICENCES.md, which a build holds to what is in the bundles:
 * `npm audit --omit=dev` would leave out what the bundler took from WXT and its kind.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { NOT_CHECKED } from './steps.ts';

const advisorySchema = v.object({ title: v.string(), url: v.string(), severity: v.string() });

const reportSchema = v.object({
  vulnerabilities: v.record(
    v.string(),
    v.object({
      /** Its own; as a name, another package by which it is vulnerable, which has a row as well. */
      via: v.array(v.union([v.string(), advisorySchema])),
      /** Where it is installed. */
      nodes: v.array(v.string()),
    }),
  ),
});

const lockSchema = v.object({
  packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })),
});

const lock = v.parse(lockSchema, JSON.parse(readFileSync('package-lock.json', 'utf8')));
const shipped = readShipped();
const said = askNpm();
const report = v.safeParse(reportSchema, said);
if (!report.success) {
  console.error('Not checked: the registry gave no list of vulnerabilities. npm says:');
  console.error(JSON.stringify(said, null, 2));
  process.exit(NOT_CHECKED);
}

let found = 0;
let elsewhere = 0;
for (const [name, { via, nodes }] of Object.entries(report.output.vulnerabilities)) {
  const ships = nodes.some((node) => shipped.has(`${name} ${lock.packages[node]?.version}`));
  for (const each of via) {
    if (typeof each === 'string') continue;
    if (ships) console.error(`${name}: ${each.severity}, ${each.title}\n  ${each.url}`);
    if (ships) found += 1;
    else elsewhere += 1;
  }
}
console.log(`${found} known vulnerabilities in the ${shipped.size} packages that ship.`);
console.log(`${elsewhere} in what does not ship; "npm audit" names them.`);
process.exit(found > 0 ? 1 : 0);

/** Name and version of each package in the bundles. */
function readShipped(): ReadonlySet<string> {
  const rows = readFileSync('docs/LICENCES.md', 'utf8').matchAll(/^\| (\S+) +\| (\d\S*)/gm);
  return new Set([...rows].map(([, name, version]) => `${name} ${version}`));
}

/** What npm prints: its report, or what went wrong. */
function askNpm(): unknown {
  // A person's npm settings may leave out what we ask for. A server that is down is not waited for.
  const flags = ['--include=dev', '--offline=false', '--fetch-retries=0', '--fetch-timeout=20000'];
  const { stdout, stderr, error } = spawnSync('npm', ['audit', '--json', ...flags], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 60_000,
    maxBuffer: 64_000_000,
  });
  try {
    return JSON.parse(stdout);
  } catch {
    return error?.message ?? (stderr || stdout);
  }
}
