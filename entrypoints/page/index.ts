/** Put into a page by a click, and harmless to put there twice. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startAnswers } from './answers';
import { startCards, type Cards } from './cards';

declare global {
  /** Only visible to Descry's own scripts: pages have another global. */
  var descryCards: Cards | undefined;
}

export default defineUnlistedScript(() => {
  if (globalThis.descryCards?.wake()) return;
  globalThis.descryCards = startCards();
  startAnswers();
});
