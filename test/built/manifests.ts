/** The reviewed manifests. A change here is a change of what Descry may do: docs/MANIFEST.md says why. */
import { readFileSync } from 'node:fs';

export type Manifest = Readonly<Record<string, unknown>>;

/** The whole manifest of a browser as it was reviewed, without the version. */
export function readReviewed(browser: 'chrome' | 'firefox'): Manifest {
  const path = new URL(`manifests/${browser}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

/** Every value of a manifest with the path to it; the items of a list share their list's path. */
export function leavesOf(value: unknown, path = ''): [path: string, value: string][] {
  if (Array.isArray(value)) return value.flatMap((each) => leavesOf(each, path));
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, each]) =>
    leavesOf(each, path === '' ? key : `${path}.${key}`),
  );
}
