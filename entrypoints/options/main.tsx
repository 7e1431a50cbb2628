/** Settings, in a tab. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';

startPage(`${i18n.t('options.title')} – ${i18n.t('extension.name')}`, <App />);
