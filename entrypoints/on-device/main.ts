/** The invisible page that asks Chrome's built-in model on behalf of the background. */
import { serveDevicePage } from '../../utils/browser/messaging/device-port';
import {
  createChromeModelProvider,
  type LanguageModelApi,
} from '../../utils/core/vision/chrome-model';

/** A loaded model takes gigabytes of memory; loading it again takes seconds. */
const IDLE_MS = 120_000;

let timer: ReturnType<typeof setTimeout> | undefined;

const find = () => Reflect.get(globalThis, 'LanguageModel') as LanguageModelApi | undefined;

serveDevicePage(createChromeModelProvider(find), () => {
  clearTimeout(timer);
  timer = setTimeout(() => window.close(), IDLE_MS);
});
