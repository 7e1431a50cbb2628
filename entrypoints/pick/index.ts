/** Put into a page beside the card's script when a person looks for a picture: few clicks do. */
import * as v from 'valibot';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { backgroundCalls } from '../../utils/messaging/calls';
import { on } from '../../utils/messaging/page-answers';
import { hoveredPicture } from './hovered-picture';
import { listPictures } from './list-pictures';
import { openPicker, type PickerHost } from './picker-host';

declare global {
  /** The cards that this script belongs to: after an update of the extension there are others. */
  var descryPicks: typeof globalThis.descryCards;
}

export default defineUnlistedScript(() => {
  const cards = globalThis.descryCards;
  if (!cards || globalThis.descryPicks === cards) return;
  globalThis.descryPicks = cards;
  let picker: PickerHost | undefined;

  on('pictures.list', v.object({}), async () => listPictures());
  on('picture.hovered', v.object({}), async () => hoveredPicture());
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
});
