/** Words of ours on a page that are read, heard and gone: what a menu entry did. */
import { i18n } from '#i18n';
import css from './notice.css?inline';
import { openTopLayer } from '../../utils/page/top-layer';

/** Long enough to read two lines; what it says stands in the popup too. */
const SHOWN_MS = 7_000;
/** Readers overlook a live region whose words come together with the region itself. */
const HEARD_AFTER_MS = 150;

let close = () => {};

/** Shows words at the foot of the window, in place of the notice before. */
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
