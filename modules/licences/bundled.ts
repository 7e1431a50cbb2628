/** Which packages a build puts into its bundles: a plugin that collects them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import type { Shipped } from './notices';

/** Where Vite lists them (`build.license`); taken out again, since each build would write its own. */
export const LIST = '.vite/licences.json';

/** Adds to `shipped`, by name and version, what is in the bundles of each build. */
export function collectBundled(root: string, shipped: Map<string, Shipped>): Plugin {
  const add = (each: Shipped) => shipped.set(`${each.name}@${each.version}`, each);
  return {
    name: 'descry:licences',
    generateBundle: {
      // After Vite has listed them.
      order: 'post',
      handler(_, bundle) {
        const list = bundle[LIST];
        if (list?.type !== 'asset') this.error(`Vite made no ${LIST}`);
        for (const each of JSON.parse(String(list.source)) as Shipped[]) add(each);
        delete bundle[LIST];
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          for (const id of chunk.moduleIds.filter((each) => each.startsWith('\0'))) {
            // Made by WXT, which is listed for its other modules.
            if (id.startsWith('\0virtual:wxt-')) continue;
            if (!id.startsWith('\0rolldown/')) this.error(`Whose licence has ${id.slice(1)}?`);
            add(readRolldown(root));
          }
        }
      },
    },
  };
}

/** The bundler's own few lines, which are no file that Vite could find a package for. */
function readRolldown(root: string): Shipped {
  const read = (file: string) => readFileSync(join(root, 'node_modules/rolldown', file), 'utf8');
  const { name, version, license } = JSON.parse(read('package.json')) as Record<string, string>;
  return {
    name: name ?? '',
    version: version ?? '',
    ...(license ? { identifier: license } : {}),
    text: read('LICENSE'),
  };
}
