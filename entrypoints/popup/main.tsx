/** The popup under the toolbar button; with `?job=` in a tab, where a page lets no card in. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';
import type { View } from './popup';

const search = new URLSearchParams(location.search);
const shownJobId = search.get('job') ?? undefined;
/** Else the page of its image let no card in. */
const fromHistory = search.get('from') === 'history';
const inTab = shownJobId !== undefined || search.has('tab');

if (inTab) document.documentElement.classList.add('in-tab');
startPage(
  i18n.t('extension.name'),
  <App
    shownJobId={shownJobId}
    fromHistory={fromHistory}
    firstView={viewOf(location.hash)}
    inTab={inTab}
  />,
);

function viewOf(hash: string): View {
  if (hash === '#images') return 'images';
  return hash === '#presets' ? 'presets' : 'results';
}
