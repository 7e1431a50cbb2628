/** Tells an answer that resumes the text received so far from one that starts over. */
import type { VisionEvent } from '../vision/provider';

/** So many of the first letters said once more are no accident. */
const HEAD_LENGTH = 24;

export type ResumedText = VisionEvent | { type: 'anew' };

/**
 * What comes after `part`, as it arrives. Some models answer from the beginning whatever stands
 * there: then an `anew` comes before the words, which take the place of the part.
 */
export async function* resumeAnswer(
  part: string,
  events: AsyncIterable<VisionEvent>,
): AsyncGenerator<ResumedText> {
  const head = part.trimStart().slice(0, HEAD_LENGTH);
  let held: string | undefined = '';
  for await (const event of events) {
    if (held === undefined) {
      yield event;
      continue;
    }
    if (event.type === 'words') {
      held += event.text;
      // Too few letters yet to tell.
      if (held.length < head.length && head.startsWith(held.trimStart())) continue;
    }
    if (held.trimStart().startsWith(head)) yield { type: 'anew' };
    if (held !== '') yield { type: 'words', text: held };
    held = undefined;
    if (event.type !== 'words') yield event;
  }
}
