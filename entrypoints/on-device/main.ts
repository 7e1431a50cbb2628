/** The page that asks Chrome's built-in model for the background: nobody sees it. */
import { serveDevicePage } from '../../utils/browser/messaging/device-port';
import {
  createChromeModelProvider,
  type LanguageModelApi,
} from '../../utils/core/vision/chrome-model';

/** The model keeps gigabytes of memory while a session may come; seconds are lost by letting it go. */
const IDLE_MS = 120_000;

let timer: ReturnType<typeof setTimeout> | undefined;

const find = () => Reflect.get(globalThis, 'LanguageModel') as LanguageModelApi | undefined;

serveDevicePage(createChromeModelProvider(find), () => {
  clearTimeout(timer);
  timer = setTimeout(() => window.close(), IDLE_MS);
});
