/** The calls that the card's script in a page answers, one row each. */
import * as v from 'valibot';
import { imageSchema } from '../../core/jobs/job-image';
import { call, noInput, nothing } from './call';

const imageInput = v.object({ image: imageSchema });
const readId = v.string();
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Where an image stands in the window, each number a share of the window's width or height. */
const screenPartSchema = v.object({
  left: share,
  top: share,
  width: share,
  height: share,
  /** False where the window shows only a part of it. */
  whole: v.boolean(),
  /** Of the page that shows it. */
  address: v.string(),
});
export type ScreenPart = v.InferOutput<typeof screenPartSchema>;

/** An image as it was read in a page. */
const readImageSchema = v.object({
  file: v.union([v.instance(Blob), v.pipe(v.string(), v.startsWith('data:'))]),
  /** A PNG that the page drew: there were no bytes to be read. */
  drawn: v.boolean(),
});
export type ReadImage = v.InferOutput<typeof readImageSchema>;

export const pageCalls = {
  /**
   * The bytes of an image, read with the page's own cookies and referrer. `blob` is one if messages
   * can carry it; then the image comes as another, else as a `data:` URL. `asShown`: drawn by the
   * page, whatever its bytes are.
   */
  'image.read': call({
    from: 'background',
    input: v.object({
      ...imageInput.entries,
      readId,
      asShown: v.boolean(),
      blob: v.optional(v.unknown()),
    }),
    output: readImageSchema,
  }),
  /** Cancels a read that is no longer needed. */
  'image.stopReading': call({ from: 'background', input: v.object({ readId }), output: nothing }),
  /** The colour that the page shows behind an image, as CSS. */
  'image.backdrop': call({
    from: 'background',
    input: imageInput,
    output: v.pipe(v.string(), v.maxLength(200)),
  }),
  /**
   * Brings an image into view, hides what is ours, and says where it stands. Everything goes back
   * with `screen.restore`, or automatically after a few seconds.
   */
  'screen.prepare': call({ from: 'background', input: imageInput, output: screenPartSchema }),
  /** Puts everything back as it was before `screen.prepare`. */
  'screen.restore': call({ from: 'background', input: noInput, output: nothing }),
  /** Makes a text an image's alt text, or puts back what was there before. */
  'image.setAlt': call({
    from: 'background',
    input: v.object({ ...imageInput.entries, alt: v.optional(v.string()) }),
    output: nothing,
  }),
  /** Shows a short notice of what a menu entry did. */
  'notice.show': call({
    from: 'background',
    input: v.object({ words: v.string() }),
    output: nothing,
  }),
};
