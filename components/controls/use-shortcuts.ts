/** The keys of our commands, by the commands' names, as the browser writes them. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

/** `undefined` until the browser has answered; commands without a key are left out. */
export function useShortcuts(): ReadonlyMap<string, string> | undefined {
  const [shortcuts, setShortcuts] = useState<ReadonlyMap<string, string>>();
  useEffect(() => {
    const read = () => void readShortcuts().then(setShortcuts);
    read();
    // They are changed on a page of the browser's own, from which a person comes back.
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, []);
  return shortcuts;
}

async function readShortcuts(): Promise<ReadonlyMap<string, string>> {
  const all = await browser.commands.getAll();
  return new Map(
    all.flatMap(({ name, shortcut }) => (name && shortcut ? [[name, shortcut] as const] : [])),
  );
}
