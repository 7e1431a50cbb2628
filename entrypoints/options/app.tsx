/** Connects settings to what is stored and what the browser allows. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { connectionPort } from '../../components/connection-form/connection-port';
import { useConnections } from '../../components/use-connections';
import { letDeviceModelGo } from '../../utils/device-models';
import { giveBackHost, hasHost, requestHost } from '../../utils/permissions';
import {
  forgetAllKeys,
  forgetKey,
  lockKeys,
  removePassphrase,
  setPassphrase,
  unlockKeys,
} from '../../utils/settings/keys';
import { forgetListedPrices } from '../../utils/settings/listed-prices';
import {
  removeConnection,
  saveConnection,
  setDefaultConnection,
} from '../../utils/settings/settings';
import {
  forgetSpending,
  monthOf,
  readSpending,
  watchSpending,
  type Spending,
} from '../../utils/settings/spending';
import { isDevice } from '../../utils/vision/catalog';
import type { Connection } from '../../utils/vision/connection';
import { Options } from './options';
import { useMenu } from './use-menu';

export function App() {
  const [stored, readStored] = useConnections();
  const menu = useMenu();
  const granted = useGranted(stored?.connections);
  const spending = useSpending();
  const [month] = useState(() => monthOf(Date.now()));

  async function remove(gone: Connection): Promise<void> {
    await removeConnection(gone.id);
    await forgetSpending(gone.id);
    await forgetListedPrices(gone.id);
    await forgetKey(gone.id).catch(console.error);
    if (isDevice(gone.provider)) {
      await letDeviceModelGo(gone.provider).catch(console.error);
      return;
    }
    // Another connection may need the same host.
    const others = stored?.connections.filter(({ id, baseUrl }) => id !== gone.id && baseUrl) ?? [];
    const { hostname } = new URL(gone.baseUrl);
    if (!others.some((each) => new URL(each.baseUrl).hostname === hostname)) {
      await giveBackHost(gone.baseUrl);
    }
  }

  return (
    <Options
      stored={stored}
      granted={granted}
      spending={spending}
      month={month}
      version={browser.runtime.getManifest().version}
      menu={menu}
      promptsUrl="/popup.html?tab#prompts"
      historyUrl="/history.html"
      port={connectionPort}
      keys={{
        onUnlock: unlockKeys,
        onLock: lockKeys,
        onSet: setPassphrase,
        onRemove: removePassphrase,
        onForgetAll: forgetAllKeys,
      }}
      onStoredChange={readStored}
      onAllow={({ baseUrl }) => void requestHost(baseUrl).catch(() => false)}
      onForgetKey={({ id }) => void forgetKey(id).catch(console.error)}
      onMakeDefault={({ id }) => void setDefaultConnection(id)}
      onRemove={(each) => void remove(each)}
      onChange={saveConnection}
    />
  );
}

/** The connections whose host the browser allows, live. */
function useGranted(connections: readonly Connection[] | undefined) {
  const [granted, setGranted] = useState<ReadonlySet<string>>();
  useEffect(() => {
    if (!connections) return;
    const look = async () => {
      const known = await Promise.all(
        connections.map(async (each) => isDevice(each.provider) || (await hasHost(each.baseUrl))),
      );
      setGranted(new Set(connections.filter((_, at) => known[at]).map(({ id }) => id)));
    };
    const lookSoon = () => void look();
    lookSoon();
    browser.permissions.onAdded.addListener(lookSoon);
    browser.permissions.onRemoved.addListener(lookSoon);
    return () => {
      browser.permissions.onAdded.removeListener(lookSoon);
      browser.permissions.onRemoved.removeListener(lookSoon);
    };
  }, [connections]);
  return granted;
}

function useSpending(): Spending {
  const [spending, setSpending] = useState<Spending>({});
  useEffect(() => {
    const read = () => void readSpending().then(setSpending);
    read();
    return watchSpending(read);
  }, []);
  return spending;
}
