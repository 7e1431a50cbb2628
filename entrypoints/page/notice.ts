/** A short notice on a page, announced and removed again: what a menu entry did. */
import { i18n } from '#i18n';
import css from './notice.css?inline';
import { openTopLayer } from '../../utils/page/top-layer';

/** Long enough to read two lines; the popup shows the same. */
const SHOWN_MS = 7_000;
/** Screen readers miss a live region that is inserted together with its text. */
const HEARD_AFTER_MS = 150;

let close = () => {};

/** Shows a text at the foot of the window, in place of the previous notice. */
export function showNotice(words: string): void {
  close();
  const { host, root } = openTopLayer('descry-notice', css, document.querySelector('dialog:modal'));
  const box = document.createElement('div');
  box.className = 'notice';
  box.setAttribute('role', 'status');
  box.lang = i18n.t('format.tag');
  box.dir = i18n.t('format.dir');
  root.append(box);
  const timers = [
    setTimeout(() => (box.textContent = words), HEARD_AFTER_MS),
    setTimeout(() => close(), SHOWN_MS),
  ];
  close = () => {
    for (const timer of timers) clearTimeout(timer);
    host.remove();
    close = () => {};
  };
}
