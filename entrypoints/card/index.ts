/** Draws the cards of the page's script, which comes first and answers meanwhile. Harmless to put twice. */
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { openCard } from './card-host';

export default defineUnlistedScript(() => globalThis.descryCards?.drawWith(openCard));
