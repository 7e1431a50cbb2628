import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { SLOTS } from './utils/core/prompts/preset';

/** What every page of the extension may load: its own files, and images it holds as data. */
const EXTENSION_PAGES_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  // A person may name any server as the model's address.
  'connect-src https: http: data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export default defineConfig({
  modules: ['@wxt-dev/i18n/module', '@wxt-dev/webextension-polyfill'],
  // What a file uses, it imports.
  imports: false,
  targetBrowsers: ['chrome', 'firefox'],
  manifestVersion: 3,
  vite: () => ({
    plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
    build: {
      target: 'es2023',
      // For older browsers light-dark() would be taken apart, and the card would never turn dark.
      cssTarget: ['chrome140', 'firefox140'],
      // A page asks at once for all the scripts that it begins with.
      modulePreload: { polyfill: false },
    },
  }),
  // What git leaves out, too: of everything else, two checkouts have the same.
  zip: { excludeSources: ['**/*.log', 'stats*.html'] },
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'contextMenus',
      // For servers that refuse extensions: our own requests to them then go without an origin. It
      // reaches no host that was not granted. As an optional one, Chromium 156 takes the rules and
      // never answers until it is started anew.
      'declarativeNetRequestWithHostAccess',
      // For the page that asks Chrome's built-in model; Firefox's background is a page itself.
      ...(browser === 'firefox' ? [] : ['offscreen']),
      'scripting',
      'storage',
    ],
    // Firefox's built-in model, asked for when it is connected.
    ...(browser === 'firefox' ? { optional_permissions: ['trialML'] } : {}),
    // Asked for one host at a time, when a connection to it is saved.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    commands: {
      'pick-picture': {
        // Chromium keeps Alt+Shift+P and Alt+Shift+X for itself.
        suggested_key: { default: 'Alt+Shift+D' },
        description: '__MSG_command_pickImage__',
      },
      // Each asks with the prompt that is bound to it; Chrome takes four suggestions at most.
      ...Object.fromEntries(
        SLOTS.map((slot) => [
          `preset-${slot}`,
          {
            suggested_key: { default: `Alt+Shift+${slot}` },
            description: `__MSG_command_preset${slot}__`,
          },
        ]),
      ),
    },
    action: { default_title: '__MSG_extension_name__' },
    content_security_policy: { extension_pages: EXTENSION_PAGES_CSP },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'descry@descry.dev',
              // The first, Firefox for Android included, that knows data_collection_permissions.
              strict_min_version: '142.0',
              // The image a person asks about goes to the model server they named.
              data_collection_permissions: { required: ['websiteContent'] },
            },
          },
        }
      : {
          minimum_chrome_version: '140',
          // From Chrome 148 on, messages can then carry the bytes of an image, as Firefox's always can.
          message_serialization: 'structured_clone',
        }),
  }),
});
