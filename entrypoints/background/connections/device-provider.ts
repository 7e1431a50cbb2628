/** Asks the browser's own model where it may be asked: Chrome's in a page, Firefox's right here. */
import { browser } from 'wxt/browser';
import { trialMl } from '../../../utils/browser/device-models';
import { askDevicePage } from '../../../utils/browser/messaging/device-port';
import type { DeviceId } from '../../../utils/core/vision/provider-kind';
import { DEVICE_FACTS } from '../../../utils/core/vision/device-model';
import { createFirefoxModelProvider } from '../../../utils/core/vision/firefox-model';
import type { VisionProvider } from '../../../utils/core/vision/provider';
import { withSilenceLimit } from '../../../utils/core/vision/silence';

const PAGE = '/on-device.html';

/** The provider of a device model, which times out after so many seconds without text. */
export function createDeviceProvider(id: DeviceId, firstWordSeconds: number): VisionProvider {
  // Firefox's background is a page itself.
  const asked = id === 'firefoxModel' ? createFirefoxModelProvider(trialMl) : inPage(id);
  return withSilenceLimit(asked, firstWordSeconds * 1000);
}

function inPage(id: DeviceId): VisionProvider {
  return {
    async *describe(request, signal) {
      await openPage();
      signal.throwIfAborted();
      yield* askDevicePage(request, signal);
    },
    listModels: () => Promise.resolve([{ id: DEVICE_FACTS[id].model, vision: true }]),
  };
}

/** Chrome allows one offscreen page per extension; it closes itself when it is idle. */
async function openPage(): Promise<void> {
  const { offscreen } = browser;
  if (await offscreen.hasDocument()) return;
  await offscreen
    .createDocument({
      url: PAGE,
      reasons: ['BLOBS'],
      justification: 'Shows images to the model that is built into the browser.',
    })
    .catch(async (error: unknown) => {
      // Two questions at once: the other one has opened it.
      if (!(await offscreen.hasDocument())) throw error;
    });
}
