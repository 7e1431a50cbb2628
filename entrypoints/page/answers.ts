/** Answers what the background asks of this page: pictures, their bytes, and the picker. */
import * as v from 'valibot';
import { AppError } from '../../utils/errors';
import { imageSchema } from '../../utils/jobs/job-image';
import { answering } from '../../utils/messaging/answering';
import { backgroundCalls, pageCalls, type PageCalls } from '../../utils/messaging/calls';
import { contextOf } from '../../utils/page/context';
import { putAlt, takeBackAlt } from '../../utils/page/alt-text';
import { backdropOf } from '../../utils/page/backdrop';
import type { Cards } from './cards';
import { hoveredPicture } from './hovered-picture';
import { listPictures } from './list-pictures';
import { showNotice } from './notice';
import { openPicker, type PickerHost } from './picker-host';
import { readImage } from './read-image';
import { prepareScreen, restoreScreen } from './screen';
import { elementOf } from './targets';
import { hideHosts } from './top-layer';

const imageCall = v.object({ image: imageSchema });
const nothing = v.object({});

/** Registers every answer. */
export function startAnswers(cards: Cards): void {
  let picker: PickerHost | undefined;
  const ours = () => [...cards.hosts(), ...(picker ? [picker.host] : [])];

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
  on('screen.prepare', imageCall, async ({ image }) =>
    prepareScreen(image, () => hideHosts(ours())),
  );
  on('screen.restore', nothing, () => restoreScreen());
  on('pictures.list', nothing, async () => listPictures());
  on('notice.show', v.object({ words: v.string() }), ({ words }) => showNotice(words));
  on('picture.hovered', nothing, async () => hoveredPicture());
  on('picker.open', v.object({ presetId: v.optional(v.string()) }), ({ presetId }) => {
    picker?.close();
    picker = openPicker(
      (picture) => {
        void backgroundCalls.sendMessage('picture.describe', { picture, presetId });
        cards.wake();
      },
      () => {
        picker = undefined;
      },
    );
  });
}

/** One line of the call map, answered. */
function on<Schema extends v.GenericSchema>(
  name: keyof PageCalls,
  schema: Schema,
  handle: (data: v.InferOutput<Schema>) => unknown,
): void {
  // The library cannot see that a `Result` of the handler's value is what the call map names.
  pageCalls.onMessage(name, answering(schema, handle) as never);
}
