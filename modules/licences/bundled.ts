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
            const maker = MAKERS.find(({ prefix }) => id.startsWith(`\0${prefix}`));
            if (!maker) this.error(`Whose licence has ${id.slice(1)}?`);
            add(readMaker(root, maker));
          }
        }
      },
    },
  };
}

/** Who puts a few lines of their own into bundles, which are no file that Vite could find a package for. */
interface Maker {
  /** How the names of such modules begin. */
  prefix: string;
  name: string;
  licence: string;
}

const MAKERS: readonly Maker[] = [
  { prefix: 'rolldown/', name: 'rolldown', licence: 'LICENSE' },
  { prefix: 'vite/', name: 'vite', licence: 'LICENSE.md' },
];

function readMaker(root: string, { name, licence }: Maker): Shipped {
  const read = (file: string) => readFileSync(join(root, 'node_modules', name, file), 'utf8');
  const { version, license } = JSON.parse(read('package.json')) as Record<string, string>;
  // After its own come those of what is bundled in it, none of which is in those few lines.
  const [own = ''] = read(licence).split('\n# Licenses of bundled dependencies');
  return {
    name,
    version: version ?? '',
    ...(license ? { identifier: license } : {}),
    text: own.trim(),
  };
}
