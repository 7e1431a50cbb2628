/** The manifests as they were built: a tool that adds a key, or changes a value, is seen here. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { leavesOf, readReviewed, type Manifest } from './manifests.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Manifest;

describe.each(['chrome', 'firefox'] as const)('the manifest built for %s', (browser) => {
  const { version, ...built } = read(`.output/${browser}-mv3/manifest.json`);

  it('has the reviewed keys and values, and no others', () => {
    expect(built).toEqual(readReviewed(browser));
  });

  it('has the version of the package', () => {
    expect(version).toBe(read('package.json')['version']);
  });

  it('names files that were built', () => {
    const files = leavesOf(built).filter(([, value]) => /\.(?:js|html|png)$/.test(value));
    expect(files.length).toBeGreaterThan(5);
    for (const [, file] of files) {
      expect(() => readFileSync(`.output/${browser}-mv3/${file}`)).not.toThrow();
    }
  });
});
