/** The popup as a person sees it: results, pictures and prompts in tabs, settings one press away. */
import { useLayoutEffect } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { AlertIcon, HistoryIcon, MarkIcon, SettingsIcon } from '../../components/icons';
import { errorSentences } from '../../components/error-words';
import type { ErrorCode } from '../../utils/errors';
import { CompareTray, type CompareTrayProps } from './compare-tray';
import { Pictures, type PicturesProps } from './pictures';
import { Prompts, type PromptsProps } from './prompts';
import { Results, type ResultsProps } from './results';
import { TabList, TabPanel } from './tabs';

export type View = 'results' | 'pictures' | 'prompts';

interface PopupProps extends ResultsProps {
  view: View;
  onView: (view: View) => void;
  tray: CompareTrayProps;
  pictures: PicturesProps;
  /** Whether a file is dragged over the page. */
  dragging: boolean;
  /** Whether a file was taken and is being opened. */
  giving: boolean;
  /** `undefined` until it is known. */
  connected: boolean | undefined;
  presets: PromptsProps;
  /** Opens the history in a tab: Firefox follows no link out of a popup. */
  onHistory: () => void;
  /** Why what is described now does not come into the history. */
  historyProblem?: ErrorCode | undefined;
  /** What a call just failed with, in words. */
  problem: string | undefined;
}

export function Popup({
  view,
  onView,
  tray,
  pictures,
  dragging,
  giving,
  connected,
  presets,
  onHistory,
  historyProblem,
  problem,
  ...results
}: PopupProps) {
  const { openSettings } = results.port;
  useFocusInSight(view);
  return (
    <div class="popup">
      <header class="popup-head">
        <h1 class="brand">
          <MarkIcon />
          {i18n.t('extension.name')}
        </h1>
        <div class="popup-ways">
          <a
            class="button quiet icon-only"
            href="/history.html"
            target="_blank"
            rel="noreferrer"
            title={i18n.t('popup.history')}
            onClick={(event) => {
              event.preventDefault();
              onHistory();
            }}
          >
            <HistoryIcon />
            <span class="heard">{i18n.t('popup.history')}</span>
          </a>
          <Button
            look="quiet"
            icon={<SettingsIcon />}
            iconOnly
            title={i18n.t('popup.settings')}
            onClick={() => openSettings('options')}
          >
            {i18n.t('popup.settings')}
          </Button>
        </div>
      </header>
      <main class="popup-main">
        <TabList
          name={i18n.t('popup.tabs')}
          tabs={[
            { id: 'results', words: i18n.t('popup.results') },
            { id: 'pictures', words: i18n.t('popup.pictures') },
            { id: 'prompts', words: i18n.t('popup.prompts') },
          ]}
          chosen={view}
          onChoose={onView}
        />
        <CompareTray {...tray} />
        <TabPanel id="results" chosen={view}>
          {/* The tray says by itself what comes next. */}
          <Results teaches={tray.chosen.length === 0} {...results} />
        </TabPanel>
        <TabPanel id="pictures" chosen={view}>
          <Pictures {...pictures} />
        </TabPanel>
        <TabPanel id="prompts" chosen={view}>
          <Prompts {...presets} />
        </TabPanel>
        <div role="status">
          {giving && <p class="popup-bar late">{i18n.t('pictures.giving')}</p>}
        </div>
        <div role="alert">
          {problem && (
            <p class="popup-bar danger">
              <AlertIcon />
              {problem}
            </p>
          )}
        </div>
        {historyProblem && (
          <p class="popup-bar caution">
            <AlertIcon />
            {errorSentences(historyProblem)}
          </p>
        )}
        {connected === false && (
          <div class="popup-bar">
            <p>{i18n.t('popup.noConnection')}</p>
            <Button look="primary" onClick={() => openSettings('welcome')}>
              {i18n.t('popup.connect')}
            </Button>
          </div>
        )}
      </main>
      {dragging && (
        <p class="popup-drop" aria-hidden="true">
          {i18n.t('pictures.drop')}
        </p>
      )}
    </div>
  );
}

/** A view that goes with the focus in it leaves the focus to the tab of the next one. */
function useFocusInSight(view: View): void {
  useLayoutEffect(() => {
    if (document.activeElement?.closest('.tab-panel[hidden]')) {
      document.getElementById(`tab-${view}`)?.focus();
    }
  }, [view]);
}
