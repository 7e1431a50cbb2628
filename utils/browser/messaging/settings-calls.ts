/**
 * What our own pages ask the background to change, one row each. Each answers once it is stored.
 */
import * as v from 'valibot';
import { retentionSchema } from '../history/retention';
import { presetChangeSchema } from '../../core/prompts/preset-change';
import { connectionChangeSchema } from '../settings/changes';
import { SETTINGS_PARTS } from '../settings/settings';
import { baseUrlSchema } from '../../core/vision/connection';
import { call, noInput, nothing, trusted } from './call';

const connectionInput = v.object({ connectionId: v.string() });
const passphraseInput = v.object({ passphrase: v.string() });

export const settingsCalls = {
  /** Changes fields of a connection, or adds one; with a key where the person gave one. */
  'connection.save': call({
    from: 'ownPage',
    input: v.object({
      change: connectionChangeSchema,
      key: v.optional(v.pipe(v.string(), v.minLength(1))),
    }),
    output: nothing,
  }),
  /** Makes it the default connection. */
  'connection.setDefault': call({ from: 'ownPage', input: connectionInput, output: nothing }),
  /** Removes a connection with its key, its spending and its host. */
  'connection.remove': call({ from: 'ownPage', input: connectionInput, output: nothing }),
  /** Gives back a host that was asked for in vain, unless another connection needs it. */
  'connection.giveUp': call({
    from: 'ownPage',
    input: v.object({ connectionId: v.optional(v.string()), baseUrl: baseUrlSchema }),
    output: nothing,
  }),
  'key.forget': call({ from: 'ownPage', input: connectionInput, output: nothing }),
  'keys.forgetAll': call({ from: 'ownPage', input: noInput, output: nothing }),
  'keys.setPassphrase': call({ from: 'ownPage', input: passphraseInput, output: nothing }),
  'keys.removePassphrase': call({ from: 'ownPage', input: noInput, output: nothing }),
  /** False for another passphrase. */
  'keys.unlock': call({ from: 'ownPage', input: passphraseInput, output: trusted<boolean>() }),
  'keys.lock': call({ from: 'ownPage', input: noInput, output: nothing }),
  /** The person has been told that keys were stored in plain text before. */
  'keys.oncePlainTold': call({ from: 'ownPage', input: noInput, output: nothing }),
  'presets.change': call({
    from: 'ownPage',
    input: v.object({ change: presetChangeSchema }),
    output: nothing,
  }),
  /** Whether the menu offers Descry on everything, not only on images. */
  'menu.setEverywhere': call({
    from: 'ownPage',
    input: v.object({ everywhere: v.boolean() }),
    output: nothing,
  }),
  /** Forgets what a newer Descry stored of a part. */
  'settings.discardUnknown': call({
    from: 'ownPage',
    input: v.object({ part: v.picklist(SETTINGS_PARTS) }),
    output: nothing,
  }),
  /** How long the history is kept; in place of what a newer Descry stored only where it is said. */
  'retention.set': call({
    from: 'ownPage',
    input: v.object({
      retention: retentionSchema,
      replacesUnknown: v.optional(v.boolean(), false),
    }),
    output: nothing,
  }),
};
