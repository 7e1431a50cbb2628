/** Answers what the background asks of this page: an image's bytes, its backdrop and its place. */
import { AppError } from '../../utils/core/errors';
import type { JobImage } from '../../utils/core/jobs/job-image';
import { setAlt, undoAlt } from '../../utils/page/alt-text';
import { backdropOf } from '../../utils/page/backdrop';
import { answerBackground } from '../../utils/browser/messaging/answer-background';
import { pageCalls } from '../../utils/browser/messaging/page-calls';
import { showNotice } from './notice';
import { asDataUrl, readImage } from './read-image';
import { prepareScreen, restoreScreen } from './screen';
import { elementOf } from '../../utils/page/job-targets';

/** Registers every answer. */
export function startAnswers(): void {
  const reading = new Map<string, AbortController>();
  answerBackground(pageCalls, {
    async 'image.read'({ image, readId, asShown, blob }) {
      const controller = new AbortController();
      reading.set(readId, controller);
      try {
        const read = await readImage(image, asShown, controller.signal);
        return blob instanceof Blob ? read : await asDataUrl(read);
      } finally {
        reading.delete(readId);
      }
    },
    'image.stopReading': ({ readId }) => reading.get(readId)?.abort(),
    'image.backdrop': ({ image }) => backdropOf(found(image)),
    'image.setAlt'({ image, alt }) {
      const element = elementOf(image);
      if (!element) throw new AppError('altUnsupported');
      if (alt === undefined) undoAlt(element);
      else setAlt(element, alt);
    },
    'screen.prepare': ({ image }) => prepareScreen(image),
    'screen.restore': restoreScreen,
    'notice.show': ({ words }) => showNotice(words),
  });
}

/** @throws {AppError} `imageUnreadable` where the image is not on the page any more. */
function found(image: JobImage): Element {
  const element = elementOf(image);
  if (!element) throw new AppError('imageUnreadable');
  return element;
}
