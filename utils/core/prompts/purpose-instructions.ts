/** The instructions for a model, for each purpose an image can have. */
import type { Purpose } from './purpose';

/**
 * The W3C images tutorial, put as advice for one image.
 * https://www.w3.org/WAI/tutorials/images/decision-tree/
 */
const WORDS: Record<Purpose, string> = {
  // https://www.w3.org/WAI/tutorials/images/informative/
  informative:
    'The image is informative: it shows something that the text around it does not say. ' +
    'Convey what it means here, not its looks for their own sake, and do not repeat that text.',
  // https://www.w3.org/WAI/tutorials/images/functional/
  functional:
    'The image is functional: it says what the text of its link or button does not. Say where that ' +
    'goes or what it does, in a few words, as a label; do not repeat that text, do not ' +
    'describe what it looks like, and do not add "link" or "button".',
  // https://www.w3.org/WAI/tutorials/images/decorative/
  decorative:
    'The image is probably decorative: the page needs no alternative text for it. In case one is ' +
    'wanted all the same, say in a few words what it shows.',
  // https://www.w3.org/WAI/tutorials/images/textual/
  text:
    'The image is an image of text: its alternative text is those words, exactly as they stand in ' +
    'it. Add nothing about how they look.',
  // https://www.w3.org/WAI/tutorials/images/complex/
  complex:
    'The image is complex. Write two parts with an empty line between them: first a short ' +
    'alternative text that says what kind of image it is and what it is about; then a long ' +
    'description with what it says: its main point, its values or relations, in plain sentences.',
  // https://www.w3.org/WAI/tutorials/images/groups/
  group:
    'The image is one of a group that says one thing together. Say what this one adds, and do not ' +
    'repeat what the caption says of all of them.',
};

/** Advice for a purpose; without one, to find it out from the page context. */
export function purposeInstruction(purpose: Purpose | undefined): string {
  return purpose === undefined ? 'What the image is for is not known.' : WORDS[purpose];
}
