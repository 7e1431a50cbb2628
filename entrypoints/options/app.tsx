/** Connects settings to what is stored and what the browser allows. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { connectionPort } from '../../components/connection-form/connection-port';
import { useConnections } from '../../components/use-connections';
import { giveBackHost, hasHost, requestHost } from '../../utils/permissions';
import { forgetKey } from '../../utils/settings/keys';
import { removeConnection, saveConnection } from '../../utils/settings/settings';
import type { Connection } from '../../utils/vision/connection';
import { Options } from './options';
import { useMenu } from './use-menu';

export function App() {
  const [stored, readStored] = useConnections();
  const connection = stored?.connections[0];
  const menu = useMenu();
  const [granted, setGranted] = useState<boolean>();

  const baseUrl = connection?.baseUrl;

  useEffect(() => {
    if (baseUrl === undefined) return;
    const look = () => void hasHost(baseUrl).then(setGranted);
    look();
    browser.permissions.onAdded.addListener(look);
    browser.permissions.onRemoved.addListener(look);
    return () => {
      browser.permissions.onAdded.removeListener(look);
      browser.permissions.onRemoved.removeListener(look);
    };
  }, [baseUrl]);

  async function remove(gone: Connection): Promise<void> {
    await removeConnection(gone.id);
    await forgetKey(gone.id);
    // Another connection may need the same host.
    const others = stored?.connections.filter(({ id }) => id !== gone.id) ?? [];
    const hostname = new URL(gone.baseUrl).hostname;
    if (!others.some((each) => new URL(each.baseUrl).hostname === hostname)) {
      await giveBackHost(gone.baseUrl);
    }
  }

  async function forget({ id }: Connection): Promise<void> {
    await forgetKey(id);
    await readStored();
  }

  return (
    <Options
      stored={stored}
      granted={granted}
      version={browser.runtime.getManifest().version}
      menu={menu}
      promptsUrl="/popup.html?tab#prompts"
      port={connectionPort}
      onStoredChange={readStored}
      onAllow={(each) => void requestHost(each.baseUrl).catch(() => false)}
      onForgetKey={(each) => void forget(each)}
      onRemove={(each) => void remove(each)}
      onChange={saveConnection}
    />
  );
}
