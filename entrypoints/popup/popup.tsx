/** The popup as a person sees it: results, images and prompts in tabs, settings one press away. */
import { useLayoutEffect } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { HistoryIcon, MarkIcon, SettingsIcon } from '../../components/controls/icons';
import { PresetsTab } from './presets-tab';
import { ComparisonTray, type ComparisonTrayProps } from './comparison-tray';
import { Images, type ImagesProps } from '../../components/images/images';
import type { StoredPresetsProps } from '../../components/presets/stored-presets';
import { ProblemBars, type ProblemBarsProps } from '../../components/results/problem-bars';
import { Results, type ResultsProps } from '../../components/results/results';
import { TabList, TabPanel } from '../../components/controls/tabs';

export type View = 'results' | 'images' | 'presets';

interface PopupProps extends ResultsProps, ProblemBarsProps {
  view: View;
  onView: (view: View) => void;
  tray: ComparisonTrayProps;
  images: ImagesProps;
  /** Whether a file is dragged over the page. */
  dragging: boolean;
  /** Whether a file was taken and is being opened. */
  giving: boolean;
  /** `undefined` until it is known. */
  connected: boolean | undefined;
  presets: StoredPresetsProps;
  /** Opens the history in a tab: Firefox follows no link out of a popup. */
  onHistory: () => void;
}

export function Popup({
  view,
  onView,
  tray,
  images,
  dragging,
  giving,
  connected,
  presets,
  onHistory,
  historyProblem,
  problem,
  ...results
}: PopupProps) {
  const { call } = results.port;
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
            href="/description-history.html"
            target="_blank"
            rel="noreferrer"
            title={i18n.t('popup.history')}
            onClick={(event) => {
              event.preventDefault();
              onHistory();
            }}
          >
            <HistoryIcon />
            <span class="visually-hidden">{i18n.t('popup.history')}</span>
          </a>
          <Button
            look="quiet"
            icon={<SettingsIcon />}
            iconOnly
            title={i18n.t('popup.settings')}
            onClick={() => void call('settings.open', { page: 'options' })}
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
            { id: 'images', words: i18n.t('popup.images') },
            { id: 'presets', words: i18n.t('popup.presets') },
          ]}
          chosen={view}
          onChoose={onView}
        />
        <ComparisonTray {...tray} />
        <TabPanel id="results" chosen={view}>
          {/* The tray says what comes next. */}
          <Results teaches={tray.chosen.length === 0} {...results} />
        </TabPanel>
        <TabPanel id="images" chosen={view}>
          <Images {...images} />
        </TabPanel>
        <TabPanel id="presets" chosen={view}>
          <PresetsTab chosen={view === 'presets'} {...presets} />
        </TabPanel>
        <div role="status">{giving && <p class="bar late">{i18n.t('images.uploading')}</p>}</div>
        <ProblemBars problem={problem} historyProblem={historyProblem} />
        {connected === false && (
          <div class="bar">
            <p>{i18n.t('popup.noConnection')}</p>
            <Button look="primary" onClick={() => void call('settings.open', { page: 'welcome' })}>
              {i18n.t('popup.connect')}
            </Button>
          </div>
        )}
      </main>
      {dragging && (
        <p class="popup-drop" aria-hidden="true">
          {i18n.t('images.drop')}
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
