/** The models of this browser, as one of our pages can find them and make them ready. */
import { browser, type Browser } from 'wxt/browser';
import type { DeviceId } from '../core/vision/provider-kind';
import { chromeModel, type LanguageModelApi } from '../core/vision/chrome-model';
import type { DeviceModel, DeviceState } from '../core/vision/device-model';
import { firefoxModel, type TrialMl } from '../core/vision/firefox-model';

/** Only in Firefox, and unknown to the types. */
const name: string = 'trialML';
const TRIAL_ML = { permissions: [name as Browser.runtime.ManifestPermission] };

/** Firefox's API, there once it is granted. */
export function trialMl(): TrialMl | undefined {
  const { trial } = browser as { trial?: { ml?: TrialMl } };
  return trial?.ml;
}

/** The model of that name; `undefined` where this browser knows nothing of it. */
export function deviceModel(id: DeviceId): DeviceModel | undefined {
  if (id === 'chromeModel') {
    return chromeModel(Reflect.get(globalThis, 'LanguageModel') as LanguageModelApi | undefined);
  }
  if (!import.meta.env.FIREFOX) return undefined;
  return firefoxModel({
    api: trialMl,
    // A browser that knows no such permission says so by an error.
    granted: () => browser.permissions.contains(TRIAL_ML).catch(() => undefined),
    request: () => browser.permissions.request(TRIAL_ML),
  });
}

/** Gives back what a model was allowed and took: Firefox's files, and its permission. */
export async function letDeviceModelGo(id: DeviceId): Promise<void> {
  if (id !== 'firefoxModel') return;
  await trialMl()?.deleteCachedModels?.();
  await browser.permissions.remove(TRIAL_ML);
}

/** The models that this browser has, or can download. */
export async function foundDeviceModels(): Promise<Map<DeviceId, DeviceState>> {
  const found = new Map<DeviceId, DeviceState>();
  for (const id of ['chromeModel', 'firefoxModel'] as const) {
    const state = (await deviceModel(id)?.state()) ?? 'unavailable';
    if (state !== 'unavailable') found.set(id, state);
  }
  return found;
}
