/** Whether this page is in a private window. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';

export async function isPrivateWindow(): Promise<boolean> {
  return (await browser.windows.getCurrent()).incognito;
}

/** The same, in a component; false until it is known. */
export function usePrivateWindow(): boolean {
  const [isPrivate, setPrivate] = useState(false);
  useEffect(() => void isPrivateWindow().then(setPrivate), []);
  return isPrivate;
}
