/** First run: from nothing to a tested connection. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';

startPage(`${i18n.t('welcome.title')} – ${i18n.t('extension.name')}`, <App />);
