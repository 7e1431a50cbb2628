/** Gives tests the English words, which the fake browser has no files for, and cleans up behind each file. */
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';
import { afterAll, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';

const messages = generateChromeMessages(await parseMessagesFile('locales/en.yml'));

function getMessage(name: string, substitutions: string | string[] = []): string {
  const values = [substitutions].flat();
  const message = messages[name]?.message ?? '';
  return message.replaceAll(/\$(\d)/g, (_, place: string) => values[Number(place) - 1] ?? '');
}

Object.assign(fakeBrowser.i18n, { getMessage, getUILanguage: () => 'en' });

// The fake browser has no commands; without keys, an extension's shortcuts are there all the same.
Object.assign(fakeBrowser, { commands: { getAll: () => Promise.resolve([]) } });

// Test files share a worker, and the page where they ask for one: each leaves both as they were.
afterAll(async () => {
  if (typeof document !== 'undefined') {
    // Preact cleans up behind what a test unmounted within 35 ms.
    await new Promise((resolve) => setTimeout(resolve, 60));
    // Emptied, not replaced: Testing Library's `screen` keeps the body that it has met first.
    document.head.replaceChildren();
    document.body.replaceChildren();
    for (const element of [document.documentElement, document.head, document.body]) {
      for (const name of element.getAttributeNames()) element.removeAttribute(name);
    }
  }
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  fakeBrowser.reset();
});
