/** The history, in a tab. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';

startPage(`${i18n.t('history.title')} – ${i18n.t('extension.name')}`, <App />);
