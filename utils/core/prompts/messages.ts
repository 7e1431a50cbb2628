/** The messages of a request: the prompt, the page context as data, the images, the turns. */
import type { VisionMessage, VisionPart } from '../vision/provider';
import { pageDataPart } from './page-data';
import type { ContextTexts } from './page-context';

export interface Conversation {
  /** What was asked and answered before, oldest first. */
  before: readonly { question: string; answer: string }[];
  question: string;
  /** In the order of their numbers. One that is not to be sent again is `undefined`. */
  images: readonly (string | undefined)[];
  texts: ContextTexts;
}

/**
 * The images and the page's words stand in the first message, once, however many turns there are.
 * Several images are numbered, as the card numbers them.
 */
export function messagesFor({ before, question, images, texts }: Conversation): VisionMessage[] {
  const questions = [...before.map((turn) => turn.question), question];
  return questions.flatMap((asked, at): VisionMessage[] => {
    const first = at === 0 ? [...dataParts(texts), ...imageParts(images)] : [];
    const parts: VisionPart[] = [{ type: 'text', text: asked }, ...first];
    const answer = before[at]?.answer;
    const user = { role: 'user' as const, parts };
    return answer === undefined ? [user] : [user, { role: 'assistant', text: answer }];
  });
}

function dataParts(texts: ContextTexts): VisionPart[] {
  const data = pageDataPart(texts);
  return data === undefined ? [] : [{ type: 'text', text: data }];
}

function imageParts(images: readonly (string | undefined)[]): VisionPart[] {
  const numbered = images.length > 1;
  return images.flatMap((url, at): VisionPart[] => {
    const name = numbered ? `Image ${at + 1}` : 'The image';
    if (url === undefined) {
      return [{ type: 'text', text: `${name} is not here: the server refused it before.` }];
    }
    const image = { type: 'image' as const, url };
    return numbered ? [{ type: 'text', text: `${name}:` }, image] : [image];
  });
}
