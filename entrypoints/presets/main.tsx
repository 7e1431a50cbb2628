/** The presets, in a tab: Firefox closes a popup as a file is chosen in it. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';

startPage(`${i18n.t('presets.title')} – ${i18n.t('extension.name')}`, <App />);
