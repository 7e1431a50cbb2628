/** One result, in a tab: of a page that lets no card in, or out of the history. */
import { i18n } from '#i18n';
import { startPage } from '../../components/controls/start-page';
import { App } from './app';

const search = new URLSearchParams(location.search);

startPage(
  i18n.t('extension.name'),
  <App jobId={search.get('job') ?? ''} fromHistory={search.get('from') === 'history'} />,
);
