/** The calls that the script which picks and lists images in a page answers, one row each. */
import * as v from 'valibot';
import { pageImageSchema, pickedImageSchema } from '../../page/page-image';
import { call, noInput, nothing } from './call';

export const pickCalls = {
  /** The images of the page, in the order of the page. */
  'images.list': call({
    from: 'background',
    input: noInput,
    output: v.array(pageImageSchema),
  }),
  /** Lets the person pick one, which is then asked about with a preset. */
  'picker.open': call({
    from: 'background',
    input: v.object({ presetId: v.optional(v.string()) }),
    output: nothing,
  }),
  /** The image that lies under the pointer; none where there is none, or more than one. */
  'image.hovered': call({
    from: 'background',
    input: noInput,
    output: v.optional(pickedImageSchema),
  }),
};
