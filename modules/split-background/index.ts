/**
 * Lets the background load what a click does not need at once with a plain `import()`, and leaves the
 * polyfill out of what a click starts.
 */
import { defineWxtModule } from 'wxt/modules';
import { splitScript } from './split-script';

export default defineWxtModule((wxt) => {
  wxt.hooks.hook('vite:build:extendConfig', ([entrypoint], config) => {
    if (entrypoint?.type !== 'background' && entrypoint?.type !== 'unlisted-script') return;
    // It looks at every function of the browser when it starts, which takes a worker 7 ms. Both
    // browsers give promises themselves.
    const alias = config.resolve?.alias as Record<string, string> | undefined;
    delete alias?.['wxt/browser'];
    if (entrypoint.type !== 'background') return;
    const { lib } = config.build ?? {};
    if (!lib) throw new Error('the background is not built as a script');
    // CommonJS is the form with several files that needs no modules: what a classic worker can load.
    lib.formats = ['cjs'];
    config.plugins = [...(config.plugins ?? []), splitScript(entrypoint.name)];
  });
});
