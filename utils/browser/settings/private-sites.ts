/** Sites without page context only in private windows: in memory, until the last of them closes. */
import * as v from 'valibot';
import { knownOr, storedItem } from './stored-item';

/** By host, what was chosen there: it counts in place of what holds for other windows. */
const sitesItem = storedItem(
  'session:privateSitesWithoutPageContext',
  v.record(v.pipe(v.string(), v.maxLength(253)), v.boolean()),
);

/**
 * Whether page context is held back for a host in private windows; `undefined` if nothing was
 * chosen.
 */
export async function readPrivateSite(host: string): Promise<boolean | undefined> {
  const sites = await readSites();
  return Object.hasOwn(sites, host) ? sites[host] : undefined;
}

/** Sends a host's page context from private windows, or not, from now on. */
export async function setPrivateSite(host: string, withhold: boolean): Promise<void> {
  await sitesItem.write({ ...(await readSites()), [host]: withhold });
}

/** Forgets every choice, the names of the hosts included. */
export async function forgetPrivateSites(): Promise<void> {
  await sitesItem.remove();
}

async function readSites(): Promise<Record<string, boolean>> {
  return knownOr(await sitesItem.read(), {});
}
