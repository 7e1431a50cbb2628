/** The popup under the toolbar button; `?tab` in a tab, where Firefox lets a person choose a file. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';

const inTab = location.search === '?tab';
if (inTab) document.documentElement.classList.add('in-tab');
startPage(i18n.t('extension.name'), <App inTab={inTab} />);
