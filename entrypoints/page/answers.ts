/** Answers what the background asks of this page: an image's bytes, its context and its place. */
import * as v from 'valibot';
import { AppError } from '../../utils/errors';
import { imageSchema } from '../../utils/jobs/job-image';
import { contextOf } from '../../utils/page/context';
import { putAlt, takeBackAlt } from '../../utils/page/alt-text';
import { backdropOf } from '../../utils/page/backdrop';
import { on } from '../../utils/messaging/page-answers';
import { showNotice } from './notice';
import { readImage } from './read-image';
import { prepareScreen, restoreScreen } from './screen';
import { elementOf } from '../../utils/page/targets';

const imageCall = v.object({ image: imageSchema });
const nothing = v.object({});

/** Registers every answer. */
export function startAnswers(): void {
  on('image.read', imageCall, async ({ image }) => await readImage(image));
  on('image.backdrop', imageCall, ({ image }) => {
    const element = elementOf(image);
    if (!element) throw new AppError('imageUnreadable');
    return backdropOf(element);
  });
  on('image.context', imageCall, ({ image }) => {
    const element = elementOf(image);
    if (!element) throw new AppError('imageUnreadable');
    return contextOf(element);
  });
  on(
    'image.putAlt',
    v.object({ ...imageCall.entries, alt: v.optional(v.string()) }),
    ({ image, alt }) => {
      const element = elementOf(image);
      if (!element) throw new AppError('altNotTaken');
      if (alt === undefined) takeBackAlt(element);
      else putAlt(element, alt);
    },
  );
  on('screen.prepare', imageCall, async ({ image }) => await prepareScreen(image));
  on('screen.restore', nothing, () => restoreScreen());
  on('notice.show', v.object({ words: v.string() }), ({ words }) => showNotice(words));
}
