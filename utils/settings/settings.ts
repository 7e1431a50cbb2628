/** The person's choices, each stored item declared once. Keys are apart, in `keys.ts`. */
import * as v from 'valibot';
import { i18n } from '#i18n';
import { storage } from 'wxt/utils/storage';
import { BUILTIN_PRESETS } from '../prompts/builtin';
import { presetListSchema, type Preset, type PresetList } from '../prompts/preset';
import { connectionSchema, type Connection } from '../vision/connection';
import { readOr } from './stored-item';

const connectionsSchema = v.array(connectionSchema);

/** Stored connections, the one in use first. */
const connectionsItem = storage.defineItem<unknown>('local:connections', { version: 1 });

/** Stored presets; absent until the person changes one, so that ours can improve until then. */
const presetsItem = storage.defineItem<unknown>('local:presets', { version: 1 });

/** Whether the menu of the page itself offers Descry too. */
const menuEverywhereItem = storage.defineItem<unknown>('local:menuEverywhere', { version: 1 });

/** The hosts whose words are never sent along. */
const quietSitesItem = storage.defineItem<unknown>('local:quietSites', { version: 1 });
const quietSitesSchema = v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(253)));

/** All connections, the one in use first. A stored value that does not parse counts as none. */
export async function readConnections(): Promise<Connection[]> {
  return await readOr(connectionsItem, connectionsSchema, () => []);
}

/** The connection in use, or `undefined` before the first is saved. */
export async function readConnection(): Promise<Connection | undefined> {
  return (await readConnections())[0];
}

/** Stores a connection: in its own place where it is known, else after the others. */
export async function saveConnection(connection: Connection): Promise<void> {
  const parsed = v.parse(connectionSchema, connection);
  const before = await readConnections();
  const known = before.some(({ id }) => id === parsed.id);
  await connectionsItem.setValue(
    known ? before.map((each) => (each.id === parsed.id ? parsed : each)) : [...before, parsed],
  );
}

/** Makes a stored connection the one in use. */
export async function setDefaultConnection(id: string): Promise<void> {
  const stored = await readConnections();
  const isChosen = (each: Connection) => each.id === id;
  await connectionsItem.setValue([
    ...stored.filter(isChosen),
    ...stored.filter((each) => !isChosen(each)),
  ]);
}

export async function removeConnection(id: string): Promise<void> {
  await connectionsItem.setValue((await readConnections()).filter((each) => each.id !== id));
}

/** Calls back after any change of the connections, from whichever context. */
export function watchConnections(changed: () => void): () => void {
  return connectionsItem.watch(changed);
}

/** The person's presets, or ours in the browser's language until they change one. */
export async function readPresets(): Promise<PresetList> {
  return await readOr(presetsItem, presetListSchema, builtinPresets);
}

export async function savePresets(list: PresetList): Promise<void> {
  await presetsItem.setValue(v.parse(presetListSchema, list));
}

export function watchPresets(changed: () => void): () => void {
  return presetsItem.watch(changed);
}

/** Whether the menu offers Descry on everything, not on pictures alone. Off until the person asks. */
export async function readMenuEverywhere(): Promise<boolean> {
  return await readOr(menuEverywhereItem, v.boolean(), () => false);
}

/** Keeps the choice; the background changes the menu. */
export async function saveMenuEverywhere(everywhere: boolean): Promise<void> {
  await menuEverywhereItem.setValue(everywhere);
}

/** Calls back after any change of the choice, from whichever context. */
export function watchMenuEverywhere(changed: () => void): () => void {
  return menuEverywhereItem.watch(changed);
}

/** Descry's own presets as they are when new, named in the language of the browser. */
export function ourPresets(): Preset[] {
  return BUILTIN_PRESETS.map(({ nameKey, ...rest }) =>
    Object.assign(rest, { name: i18n.t(nameKey) }),
  );
}

/** The presets before any change. */
function builtinPresets(): PresetList {
  return { presets: ourPresets(), defaultId: 'alt-text' };
}

/** The hosts whose pages' words never go along with a picture. */
export async function readQuietSites(): Promise<string[]> {
  return await readOr(quietSitesItem, quietSitesSchema, () => []);
}

/** Sends a host's words along, or not, from now on. */
export async function setQuietSite(host: string, quiet: boolean): Promise<void> {
  const others = (await readQuietSites()).filter((each) => each !== host);
  await quietSitesItem.setValue(v.parse(quietSitesSchema, quiet ? [...others, host] : others));
}

/** Calls back after any change of the sites, from whichever context. */
export function watchQuietSites(changed: () => void): () => void {
  return quietSitesItem.watch(changed);
}
