/** Connects settings to what is stored and what the browser allows. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { connectionPort } from '../../components/connection/connection-port';
import { useConnections } from '../../components/connection/use-connections';
import { monthOf } from '../../utils/core/month';
import { askBackground, callBackground } from '../../utils/browser/messaging/call-background';
import { hasHost, requestHost } from '../../utils/browser/permissions';
import { readSpending, watchSpending, type Spending } from '../../utils/browser/settings/spending';
import { isDevice } from '../../utils/core/vision/provider-kind';
import type { Connection } from '../../utils/core/vision/connection';
import { Options } from './options';
import { useUnknownParts } from './unknown-parts';
import { useMenu } from './use-menu';

export function App() {
  const [stored, readStored] = useConnections();
  const menu = useMenu();
  const parts = useUnknownParts();
  const granted = useGranted(stored?.connections);
  const spending = useSpending();
  const [month] = useState(() => monthOf(Date.now()));

  return (
    <Options
      stored={stored}
      granted={granted}
      spending={spending}
      month={month}
      version={browser.runtime.getManifest().version}
      menu={menu}
      unknown={{
        parts,
        onDiscard: (part) => askBackground('settings.discardUnknown', { part }),
      }}
      presetsUrl="/presets.html"
      historyUrl="/description-history.html"
      port={connectionPort}
      keys={{
        onUnlock: (passphrase) => askBackground('keys.unlock', { passphrase }),
        onLock: () => askBackground('keys.lock', {}),
        onSet: (passphrase) => askBackground('keys.setPassphrase', { passphrase }),
        onRemove: () => askBackground('keys.removePassphrase', {}),
        onForgetAll: () => askBackground('keys.forgetAll', {}),
      }}
      onOncePlainTold={() => void callBackground('keys.oncePlainTold', {})}
      onStoredChange={readStored}
      onAllow={({ baseUrl }) => void requestHost(baseUrl).catch(() => false)}
      onForgetKey={({ id }) => askBackground('key.forget', { connectionId: id })}
      onMakeDefault={({ id }) => askBackground('connection.setDefault', { connectionId: id })}
      onRemove={({ id }) => askBackground('connection.remove', { connectionId: id })}
      onChange={(change) => askBackground('connection.save', { change })}
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
