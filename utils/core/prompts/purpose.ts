/** What an image is for, after the W3C images tutorial, and why Descry thinks so. */
import * as v from 'valibot';

/** https://www.w3.org/WAI/tutorials/images/ */
export const PURPOSES = [
  /** Shows something that the text around it does not say. */
  'informative',
  /** In a link or a button: it says what that does, or what its text leaves out. */
  'functional',
  /** Adds nothing for somebody who cannot see it. */
  'decorative',
  /** Shows text that is meant to be read. */
  'text',
  /** A chart, a map, a diagram: a short name, and what it says at length. */
  'complex',
  /** One of several that say one thing together. */
  'group',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What on the page says so. Each has its own message (`purpose.reason.<reason>`). */
export const REASONS = [
  'aloneInLink',
  'aloneInButton',
  /** The text of its link or button does not say what it says. */
  'addsToControl',
  'imageButton',
  'imageMap',
  'emptyAlt',
  'markedPresentational',
  'hiddenFromReaders',
  'saidBeside',
  'spacer',
  'background',
  'namedLogo',
  'wordsInName',
  'chartInName',
  'longDescription',
  'sharedCaption',
  'repeated',
  'captioned',
  /** Marked as decorative, and not: `alt=" "`, or `role="none"` on what can be focused. */
  'contradictory',
  'nothingSpecial',
  /** The person chose it. */
  'chosen',
] as const;

export const purposeSchema = v.object({ kind: v.picklist(PURPOSES), reason: v.picklist(REASONS) });
export type FoundPurpose = v.InferOutput<typeof purposeSchema>;
