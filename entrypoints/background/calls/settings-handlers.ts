/** Answers what our own pages change in the settings; the owner does it, one change after the other. */
import type { Answers } from '../../../utils/browser/messaging/call';
import type { settingsCalls } from '../../../utils/browser/messaging/settings-calls';
import * as owner from '../settings/settings-owner';

export const settingsAnswers: Answers<typeof settingsCalls> = {
  'connection.save': ({ change, key }) => owner.saveConnection(change, key),
  'connection.setDefault': ({ connectionId }) => owner.setDefaultConnection(connectionId),
  'connection.remove': ({ connectionId }) => owner.removeConnection(connectionId),
  'connection.giveUp': ({ baseUrl, connectionId }) => owner.giveUpConnecting(baseUrl, connectionId),
  'key.forget': ({ connectionId }) => owner.forgetKey(connectionId),
  'keys.forgetAll': owner.forgetAllKeys,
  'keys.setPassphrase': ({ passphrase }) => owner.setPassphrase(passphrase),
  'keys.removePassphrase': owner.removePassphrase,
  'keys.unlock': ({ passphrase }) => owner.unlockKeys(passphrase),
  'keys.lock': owner.lockKeys,
  'keys.oncePlainTold': owner.setOncePlainTold,
  'presets.change': ({ change }) => owner.changePresets(change),
  'menu.setEverywhere': ({ everywhere }) => owner.setMenuEverywhere(everywhere),
  'settings.discardUnknown': ({ part }) => owner.discardUnknown(part),
  'retention.set': ({ retention, replacesUnknown }) =>
    owner.setRetention(retention, { replacesUnknown }),
};
