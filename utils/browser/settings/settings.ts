/** The person's choices, each stored item declared once. Keys are apart, in `keys.ts`. */
import * as v from 'valibot';
import { i18n } from '#i18n';
import { AppError } from '../../core/errors';
import { BUILTIN_PRESETS } from '../../core/prompts/builtin';
import {
  presetListSchema,
  presetSchema,
  type Preset,
  type PresetList,
} from '../../core/prompts/preset';
import { withPresentTexts } from '../../core/prompts/preset-list';
import { connectionSchema, type Connection } from '../../core/vision/connection';
import { changedConnection, type ConnectionChange } from './changes';
import { knownEntries, withKnownEntries } from './known-entries';
import { discardUnknownSpending, isSpendingUnknown, watchSpending } from './spending';
import { knownOr, storedItem } from './stored-item';

/** Stored connections, the one in use first. */
const connectionsItem = storedItem('local:connections', v.array(v.unknown()));

/**
 * Stored presets; absent until the person changes one, so that the built-in ones can improve until
 * then.
 */
const presetsItem = storedItem(
  'local:presets',
  v.object({ presets: v.array(v.unknown()), defaultId: v.string() }),
);

/** Whether the menu of the page itself offers Descry too. */
const menuEverywhereItem = storedItem('local:menuEverywhere', v.boolean());

/** The hosts whose page context is never sent. */
const sitesWithoutPageContextItem = storedItem(
  'local:sitesWithoutPageContext',
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(253))),
);

/** All connections that this version understands, the default first. */
export async function readConnections(): Promise<Connection[]> {
  return knownEntries(connectionSchema, knownOr(await connectionsItem.read(), []));
}

/** The default connection, or `undefined` before the first is saved. */
export async function readConnection(): Promise<Connection | undefined> {
  return (await readConnections())[0];
}

/**
 * Changes a connection in its own place; a new one comes after the others. Gives it as it was and is.
 *
 * @throws {AppError} `noConnection` where it was removed meanwhile.
 */
export async function saveConnection(
  change: ConnectionChange,
): Promise<{ before: Connection | undefined; after: Connection }> {
  const known = await readConnections();
  const before = known.find(({ id }) => id === change.id);
  const after = changedConnection(before, change);
  if (!after) throw new AppError(before ? 'unexpected' : 'noConnection');
  await writeConnections(
    before ? known.map((each) => (each === before ? after : each)) : [...known, after],
  );
  return { before, after };
}

/**
 * Makes a stored connection the one in use.
 *
 * @throws {AppError} `noConnection` where it was removed meanwhile.
 */
export async function setDefaultConnection(id: string): Promise<void> {
  const known = await readConnections();
  const isChosen = (each: Connection) => each.id === id;
  if (!known.some(isChosen)) throw new AppError('noConnection');
  await writeConnections([...known.filter(isChosen), ...known.filter((each) => !isChosen(each))]);
}

export async function removeConnection(id: string): Promise<void> {
  await writeConnections((await readConnections()).filter((each) => each.id !== id));
}

async function writeConnections(known: readonly Connection[]): Promise<void> {
  const stored = knownOr(await connectionsItem.read(), []);
  await connectionsItem.write(withKnownEntries(connectionSchema, stored, known));
}

/**
 * Which connection has which address, also of those that this version does not understand;
 * `undefined` where that cannot be said.
 */
export async function readAddresses(): Promise<{ id: unknown; baseUrl: unknown }[] | undefined> {
  const stored = await connectionsItem.read();
  if (stored.state === 'unknown') return undefined;
  const addressed = v.object({ id: v.unknown(), baseUrl: v.unknown() });
  return knownOr(stored, []).filter((each) => v.is(addressed, each));
}

/** Calls back after any change of the connections, from whichever context. */
export function watchConnections(changed: () => void): () => void {
  return connectionsItem.watch(changed);
}

/** The person's presets, or the built-in ones in the browser's language until they change one. */
export async function readPresets(): Promise<PresetList> {
  const stored = await presetsItem.read();
  if (stored.state !== 'known') return builtinPresets();
  return knownPresets(stored.value) ?? builtinPresets();
}

/** @throws {AppError} `settingsNewer` where those that are stored are not understood. */
export async function savePresets(list: PresetList): Promise<void> {
  const parsed = v.parse(presetListSchema, list);
  const stored = await presetsItem.read();
  if (stored.state === 'known' && !knownPresets(stored.value)) throw new AppError('settingsNewer');
  const before = stored.state === 'known' ? stored.value.presets : [];
  const presets = withKnownEntries(presetSchema, before, parsed.presets);
  await presetsItem.write({ presets, defaultId: parsed.defaultId });
}

export function watchPresets(changed: () => void): () => void {
  return presetsItem.watch(changed);
}

/** Whether the menu offers Descry on everything, not only on images. Off by default. */
export async function readMenuEverywhere(): Promise<boolean> {
  return knownOr(await menuEverywhereItem.read(), false);
}

/** Keeps the choice; the background changes the menu. */
export async function saveMenuEverywhere(everywhere: boolean): Promise<void> {
  await menuEverywhereItem.write(everywhere);
}

/** Calls back after any change of the choice, from whichever context. */
export function watchMenuEverywhere(changed: () => void): () => void {
  return menuEverywhereItem.watch(changed);
}

/** Descry's own presets as they are when new, named in the language of the browser. */
export function localizedBuiltins(): Preset[] {
  return BUILTIN_PRESETS.map(({ nameKey, ...rest }) =>
    Object.assign(rest, { name: i18n.t(nameKey) }),
  );
}

/** The presets before any change. */
function builtinPresets(): PresetList {
  return { presets: localizedBuiltins(), defaultId: 'alt-text' };
}

/**
 * The presets of a stored list that this version understands; `undefined` where they are no list.
 */
function knownPresets(stored: { presets: unknown[]; defaultId: string }): PresetList | undefined {
  const { defaultId } = stored;
  const presets = withPresentTexts(knownEntries(presetSchema, stored.presets), BUILTIN_PRESETS);
  const list = { presets, defaultId };
  const parsed = v.safeParse(presetListSchema, list);
  return parsed.success ? parsed.output : undefined;
}

/** Whether page context may be sent from a host; from none where the choice is not understood. */
export type MaySendContext = (host: string) => boolean;

export async function readSitesChoice(): Promise<MaySendContext> {
  const stored = await sitesWithoutPageContextItem.read();
  if (stored.state === 'unknown') return () => false;
  return (host) => !knownOr(stored, []).includes(host);
}

/** Sends page context from a host, or not, from now on. */
export async function setSitePageContext(host: string, withhold: boolean): Promise<void> {
  const others = knownOr(await sitesWithoutPageContextItem.read(), []).filter(
    (each) => each !== host,
  );
  await sitesWithoutPageContextItem.write(withhold ? [...others, host] : others);
}

/** Calls back after any change of the sites, from whichever context. */
export function watchSitesWithoutPageContext(changed: () => void): () => void {
  return sitesWithoutPageContextItem.watch(changed);
}

/** The parts of the settings that a newer Descry may have stored in a way of its own. */
export const SETTINGS_PARTS = ['connections', 'presets', 'menu', 'sites', 'spending'] as const;
export type SettingsPart = (typeof SETTINGS_PARTS)[number];

/** The parts in which something is stored that this version does not understand. */
export async function readUnknownParts(): Promise<SettingsPart[]> {
  const [connections, presets, menu, sites, spending] = await Promise.all([
    connectionsItem.read(),
    presetsItem.read(),
    menuEverywhereItem.read(),
    sitesWithoutPageContextItem.read(),
    isSpendingUnknown(),
  ]);
  const unknown: Record<SettingsPart, boolean> = {
    connections:
      connections.state === 'known'
        ? connections.value.some((each) => !v.is(connectionSchema, each))
        : connections.state === 'unknown',
    presets:
      presets.state === 'known'
        ? !knownPresets(presets.value) ||
          presets.value.presets.some((each) => !v.is(presetSchema, each))
        : presets.state === 'unknown',
    menu: menu.state === 'unknown',
    sites: sites.state === 'unknown',
    spending,
  };
  return SETTINGS_PARTS.filter((part) => unknown[part]);
}

/** Forgets what this version does not understand of a part; what it understands stays. */
export async function discardUnknown(part: SettingsPart): Promise<void> {
  switch (part) {
    case 'connections':
      return await connectionsItem.replace(await readConnections());
    case 'presets': {
      const stored = await presetsItem.read();
      const known = stored.state === 'known' ? knownPresets(stored.value) : undefined;
      return known ? await presetsItem.replace(known) : await presetsItem.remove();
    }
    case 'menu':
      return await menuEverywhereItem.remove();
    case 'sites':
      return await sitesWithoutPageContextItem.remove();
    case 'spending':
      return await discardUnknownSpending();
  }
}

/** Calls back after any change of a part, from whichever context. */
export function watchParts(changed: () => void): () => void {
  const items = [connectionsItem, presetsItem, menuEverywhereItem, sitesWithoutPageContextItem];
  const ends = [...items.map((item) => item.watch(changed)), watchSpending(changed)];
  return () => {
    for (const end of ends) end();
  };
}
