/** The popup under the toolbar button; with `?job=` in a tab, where a page lets no card in. */
import { i18n } from '#i18n';
import { startPage } from '../../components/start-page';
import { App } from './app';

const search = new URLSearchParams(location.search);
const shownJobId = search.get('job') ?? undefined;

if (shownJobId !== undefined || search.has('tab')) document.documentElement.classList.add('in-tab');
startPage(
  i18n.t('extension.name'),
  <App shownJobId={shownJobId} view={location.hash === '#prompts' ? 'prompts' : 'results'} />,
);
