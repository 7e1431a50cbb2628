/** Put into a page beside the card's script when a person looks for an image: few clicks do. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { answerBackground } from '../../utils/browser/messaging/answer-background';
import { callBackground } from '../../utils/browser/messaging/call-background';
import { pickCalls } from '../../utils/browser/messaging/pick-calls';
import { hoveredImage } from './hovered-image';
import { listImages } from './list-images';
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

  answerBackground(pickCalls, {
    'images.list': listImages,
    'image.hovered': hoveredImage,
    'picker.open'({ presetId }) {
      picker?.close();
      picker = openPicker(
        (image) => {
          void callBackground('image.describe', { image, presetId });
          cards.wake();
        },
        () => {
          picker = undefined;
        },
      );
    },
  });
});
