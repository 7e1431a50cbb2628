/** Puts what several pages need into one script. */
import { mergeConfig } from 'vite';
import { defineWxtModule } from 'wxt/modules';

/** What so many pages need, all get. At 2, each would get a third more than it needs. */
const PAGES = 3;

export default defineWxtModule((wxt) => {
  wxt.hooks.hook('vite:build:extendConfig', (entrypoints, config) => {
    // A script is built alone.
    if (entrypoints.length === 1) return;
    // Chrome takes some milliseconds for each file of an extension: the popup began with fourteen,
    // which took longer to fetch than to run.
    const codeSplitting = { groups: [{ name: 'shared', minShareCount: PAGES }] };
    const pages = { build: { rolldownOptions: { output: { codeSplitting } } } };
    Object.assign(config, mergeConfig(config, pages));
  });
});
