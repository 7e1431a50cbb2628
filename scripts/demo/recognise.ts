/** Finds the scripted answer to a request: which demo image it shows, which preset asks. */
import { createHash } from 'node:crypto';
import { BUILTIN_PRESETS } from '../../utils/core/prompts/builtin.ts';
import { DEMO_ANSWERS, type DemoAnswers } from './answers.ts';

type DemoPreset = keyof DemoAnswers['words'];

/** A preset's prompt is told by its beginning: what follows may be context from the page. */
const BEGINNING = 40;

/**
 * The scripted words for an image and a prompt.
 *
 * @param imageUrl as in the request: an address that ends in the image's file name, or its bytes
 *   as a `data:` URL.
 * @param prompt the text beside it; any but a built-in one counts as a detailed description.
 * @returns `undefined` for an image that is none of the demo's.
 */
export function demoAnswer(imageUrl: string, prompt: string): string | undefined {
  const file = demoImageOf(imageUrl);
  return file === undefined ? undefined : DEMO_ANSWERS[file]?.words[presetOf(prompt)];
}

/** The file name of the demo image that a request carries. */
export function demoImageOf(imageUrl: string): string | undefined {
  if (!imageUrl.startsWith('data:')) {
    const name =
      imageUrl
        .replace(/[?#].*$/, '')
        .split('/')
        .at(-1) ?? '';
    return Object.hasOwn(DEMO_ANSWERS, name) ? name : undefined;
  }
  const base64 = imageUrl.slice(imageUrl.indexOf(',') + 1);
  const sha256 = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');
  return Object.keys(DEMO_ANSWERS).find((file) => DEMO_ANSWERS[file]?.sha256 === sha256);
}

function presetOf(prompt: string): DemoPreset {
  const found = BUILTIN_PRESETS.find((each) => prompt.includes(each.prompt.slice(0, BEGINNING)));
  return found?.id === 'alt-text' || found?.id === 'read-text' ? found.id : 'detailed';
}
