/**
 * The one owner of what a person sets: connections, keys, presets, sites, listed prices, menu and
 * retention. Each change reads, changes and writes before the next begins, whichever page asked for it.
 */
import pLimit from 'p-limit';
import { AppError } from '../../../utils/core/errors';
import { letDeviceModelGo } from '../../../utils/browser/device-models';
import {
  saveRetention,
  takeOverRetention,
  type RetentionChoice,
} from '../../../utils/browser/history/retention';
import { giveBackHost } from '../../../utils/browser/permissions';
import { changedPresets, type PresetChange } from '../../../utils/core/prompts/preset-change';
import type { ConnectionChange } from '../../../utils/browser/settings/changes';
import * as keys from '../../../utils/browser/settings/keys';
import * as prices from '../../../utils/browser/settings/listed-prices';
import * as privateSites from '../../../utils/browser/settings/private-sites';
import * as settings from '../../../utils/browser/settings/settings';
import { forgetSpending } from '../../../utils/browser/settings/spending';
import { isDevice } from '../../../utils/core/vision/provider-kind';
import { originPattern, type Connection } from '../../../utils/core/vision/connection';
import type { OfferedModel } from '../../../utils/core/vision/provider';

const queue = pLimit(1);

/**
 * Changes fields of a connection, or adds one, and stores its key where one is given.
 *
 * @throws {AppError} `keysLocked`, `keysUnreadable`, `noConnection` or `settingsNewer`; then nothing
 *   is changed but that a key for another server may be forgotten. `storageFailed` may also leave the
 *   change made, without its key.
 */
export async function saveConnection(change: ConnectionChange, key?: string): Promise<void> {
  await queue(async () => {
    if (key !== undefined) await keys.checkWritable();
    const known = await settings.readConnections();
    const stored = known.find(({ id }) => id === change.id);
    // Before the address changes: a key never goes to a server that it was not given for.
    if (stored && isOtherServer(stored, change.set.baseUrl)) await keys.forgetKey(change.id);
    const { before } = await settings.saveConnection(change);
    if (key !== undefined) await keys.saveKey(change.id, key);
    if (before) await giveBackUnneeded(before.baseUrl);
  });
}

/** Makes a stored connection the one in use. @throws {AppError} `noConnection` where it is gone. */
export async function setDefaultConnection(id: string): Promise<void> {
  await queue(() => settings.setDefaultConnection(id));
}

/** Removes a connection with all that belongs to it. It goes last: what fails can be tried again. */
export async function removeConnection(id: string): Promise<void> {
  await queue(async () => {
    const gone = (await settings.readConnections()).find((each) => each.id === id);
    await keys.forgetKey(id);
    await forgetSpending(id);
    await prices.forgetListedPrices(id);
    await settings.removeConnection(id);
    if (gone && isDevice(gone.provider)) await letDeviceModelGo(gone.provider).catch(console.error);
    else if (gone) await giveBackUnneeded(gone.baseUrl);
  });
}

/** Gives back the host of an attempt that came to nothing. A connection without a model is none yet. */
export async function giveUpConnecting(baseUrl: string, id?: string): Promise<void> {
  await queue(async () => {
    const known = await settings.readConnections();
    const unfinished = known.find((each) => each.id === id && each.model === '');
    await giveBackUnneeded(baseUrl, unfinished?.id);
  });
}

export async function forgetKey(connectionId: string): Promise<void> {
  await queue(() => keys.forgetKey(connectionId));
}

export async function forgetAllKeys(): Promise<void> {
  await queue(keys.forgetAllKeys);
}

export async function setPassphrase(passphrase: string): Promise<void> {
  await queue(() => keys.setPassphrase(passphrase));
}

export async function removePassphrase(): Promise<void> {
  await queue(keys.removePassphrase);
}

/** False for another passphrase. */
export async function unlockKeys(passphrase: string): Promise<boolean> {
  return await queue(() => keys.unlockKeys(passphrase));
}

export async function lockKeys(): Promise<void> {
  await queue(keys.lockKeys);
}

/** @throws {AppError} `unexpected` where it cannot be made, such as of a preset that is gone. */
export async function changePresets(change: PresetChange): Promise<void> {
  await queue(async () => {
    const list = await settings.readPresets();
    const next = changedPresets(list, change, settings.localizedBuiltins());
    if (next === list) throw new AppError('unexpected');
    await settings.savePresets(next);
  });
}

/** The person has been told that keys were stored in plain text before. */
export async function setOncePlainTold(): Promise<void> {
  await queue(keys.setOncePlainTold);
}

export async function setMenuEverywhere(everywhere: boolean): Promise<void> {
  await queue(() => settings.saveMenuEverywhere(everywhere));
}

export async function setSitePageContext(host: string, withhold: boolean): Promise<void> {
  await queue(() => settings.setSitePageContext(host, withhold));
}

export async function setPrivateSite(host: string, withhold: boolean): Promise<void> {
  await queue(() => privateSites.setPrivateSite(host, withhold));
}

export async function forgetPrivateSites(): Promise<void> {
  await queue(privateSites.forgetPrivateSites);
}

/** @throws {AppError} `settingsNewer` where a newer Descry stored one, and it is not to be replaced. */
export async function setRetention(
  retention: RetentionChoice,
  options?: { replacesUnknown?: boolean },
): Promise<void> {
  await queue(() => saveRetention(retention, options));
}

/** Takes over what an earlier version stored under other names. @throws {AppError} `storageFailed` */
export async function takeOverFormer(): Promise<void> {
  await queue(takeOverRetention);
}

/** Forgets what a newer Descry stored of a part, with what belongs to connections that go with it. */
export async function discardUnknown(part: settings.SettingsPart): Promise<void> {
  await queue(async () => {
    const before = part === 'connections' ? ((await settings.readAddresses()) ?? []) : [];
    if (part === 'connections') await forgetKeysOfNone();
    await settings.discardUnknown(part);
    for (const { baseUrl } of before) {
      if (typeof baseUrl === 'string' && URL.canParse(baseUrl)) await giveBackUnneeded(baseUrl);
    }
  });
}

export async function keepListedPrices(id: string, models: readonly OfferedModel[]): Promise<void> {
  await queue(() => prices.keepListedPrices(id, models));
}

async function forgetKeysOfNone(): Promise<void> {
  const known = new Set((await settings.readConnections()).map(({ id }) => id));
  for (const id of await keys.keyedConnections()) if (!known.has(id)) await keys.forgetKey(id);
}

function isOtherServer({ baseUrl }: Connection, next: string | undefined): boolean {
  if (next === undefined || baseUrl === '' || !URL.canParse(next)) return false;
  return new URL(next).origin !== new URL(baseUrl).origin;
}

/** Gives a host back that no stored connection needs, `exceptId` not counted. */
async function giveBackUnneeded(baseUrl: string, exceptId?: string): Promise<void> {
  if (baseUrl === '') return;
  const stored = await settings.readAddresses();
  const host = originPattern(baseUrl);
  const isNeeded = stored?.some(
    (each) =>
      each.id !== exceptId &&
      typeof each.baseUrl === 'string' &&
      URL.canParse(each.baseUrl) &&
      originPattern(each.baseUrl) === host,
  );
  // Kept where nobody knows; and what is stored is stored, whatever becomes of the host.
  if (isNeeded === false) await giveBackHost(baseUrl).catch(console.error);
}
