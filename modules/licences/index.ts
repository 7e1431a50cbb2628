/**
 * Puts the licences of all that is in the bundles into the extension (`licences.txt`), and holds
 * docs/LICENCES.md to the same list. The list is what the bundler put in: package.json names
 * packages of which nothing ships, and not those that came with another.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { addViteConfig, defineWxtModule } from 'wxt/modules';
import { collectBundled, LIST } from './bundled';
import { completed, notices, page, problems, type Shipped } from './notices';

export default defineWxtModule((wxt) => {
  const { root, command } = wxt.config;
  const file = join(root, 'docs/LICENCES.md');
  // Each group of entrypoints is a build of its own.
  const bundled = new Map<string, Shipped>();
  addViteConfig(wxt, () => ({
    build: { license: { fileName: LIST } },
    plugins: [collectBundled(root, bundled)],
  }));
  wxt.hooks.hook('build:publicAssets', async (_, files) => {
    const own = readFileSync(join(root, 'LICENSE'), 'utf8');
    const shipped = completed(bundled.values(), own);
    files.push({ relativeDest: 'licences.txt', contents: notices(own, shipped) });
    // While developing, pages are served instead of bundled, and what they use is not known.
    if (command !== 'build') return;
    const found = problems(shipped);
    if (found.length > 0) throw new Error(found.join('\n'));
    const words = await format(page(shipped), { parser: 'markdown' });
    if (process.env['DESCRY_WRITE_DOCS'] === '1') writeFileSync(file, words);
    else if (readFileSync(file, 'utf8') !== words) {
      throw new Error('docs/LICENCES.md is not what ships; "npm run licences" writes it.');
    }
  });
});
