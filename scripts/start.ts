/**
 * `npm start [-- --browser=firefox]`: the main job. With a desktop, a browser opens with the
 * extension on a page of images. Without one, an image is described as a person would have it
 * described, and the words and a screenshot show how it went.
 */
import { execFileSync } from 'node:child_process';
import { BUILD_STEPS } from './e2e-steps.ts';
import { startDemoServer } from './demo/serve.ts';
import { openDisplay } from './display.ts';
import { launchBrowser } from './launch.ts';
import { findBrowser, type BrowserName } from './machine.mjs';
import { describeOnce } from './start/describe-once.ts';
import { findModelSource } from './start/model-source.ts';
import { storeConnection } from './start/store-connection.ts';

const browser = chosenBrowser();
build(browser);
const model = await findModelSource(process.env);
console.log(model.line);
const demo = await startDemoServer();
const display = await openDisplay();
const launched = await launchBrowser({
  browser,
  extensionPath: `.output/${browser}-mv3`,
  env: display.env,
});
let worked = true;
try {
  await storeConnection(launched, model);
  const page = await launched.browser.newPage();
  await page.goto(demo.url);
  if (display.virtual) {
    console.log(`Right-clicking an image on ${demo.url} in ${browser} ▸ Describe this image:\n`);
    worked = await describeOnce(launched, page, display.env);
    const screenshot = `.output/start-${browser}.png`;
    await page.screenshot({ path: screenshot });
    console.log(`\nScreenshot: ${screenshot}`);
  } else {
    console.log('Right-click an image ▸ Describe this image. Close the browser to end.');
    await closed(launched.browser);
  }
} finally {
  await launched.close();
  await Promise.all([demo.stop(), model.stop(), display.stop()]);
}
process.exit(worked ? 0 : 1);

function chosenBrowser(): BrowserName {
  const wish = process.argv.find((arg) => arg.startsWith('--browser='))?.split('=')[1];
  if (wish === 'chrome' || wish === 'firefox') return wish;
  if (wish !== undefined) throw new Error(`--browser=${wish}: chrome or firefox`);
  return findBrowser('chrome') === undefined ? 'firefox' : 'chrome';
}

/** Builds withoutCard; the build's own words matter only when it fails. */
function build(name: BrowserName): void {
  const [program, ...args] = BUILD_STEPS[name].command;
  console.log(`Building the extension for ${name}…`);
  execFileSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

function closed(target: Awaited<ReturnType<typeof launchBrowser>>['browser']): Promise<void> {
  return new Promise((resolve) => {
    target.once('disconnected', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
