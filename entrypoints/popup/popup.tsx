/** The popup as a person sees it: results and prompts in two tabs, settings one press away. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { AlertIcon, MarkIcon, SettingsIcon } from '../../components/icons';
import { Prompts } from './prompts';
import { Results, type ResultsProps } from './results';
import { TabList, TabPanel } from './tabs';
import type { Presets } from './use-presets';

export type View = 'results' | 'prompts';

interface PopupProps extends ResultsProps {
  view: View;
  /** `undefined` until it is known. */
  connected: boolean | undefined;
  presets: Presets;
  /** What a call just failed with, in words. */
  problem: string | undefined;
}

export function Popup({ view: firstView, connected, presets, problem, ...results }: PopupProps) {
  const [view, setView] = useState<View>(firstView);
  const { onOpenSettings } = results;
  return (
    <div class="popup">
      <header class="popup-head">
        <h1 class="brand">
          <MarkIcon />
          {i18n.t('extension.name')}
        </h1>
        <Button
          look="quiet"
          icon={<SettingsIcon />}
          iconOnly
          title={i18n.t('popup.settings')}
          onClick={() => onOpenSettings('options')}
        >
          {i18n.t('popup.settings')}
        </Button>
      </header>
      <main class="popup-main">
        <TabList
          name={i18n.t('popup.tabs')}
          tabs={[
            { id: 'results', words: i18n.t('popup.results') },
            { id: 'prompts', words: i18n.t('popup.prompts') },
          ]}
          chosen={view}
          onChoose={setView}
        />
        <TabPanel id="results" chosen={view}>
          <Results {...results} />
        </TabPanel>
        <TabPanel id="prompts" chosen={view}>
          <Prompts {...presets} />
        </TabPanel>
        <div role="alert">
          {problem && (
            <p class="popup-bar danger">
              <AlertIcon />
              {problem}
            </p>
          )}
        </div>
        {connected === false && (
          <div class="popup-bar">
            <p>{i18n.t('popup.noConnection')}</p>
            <Button look="primary" onClick={() => onOpenSettings('welcome')}>
              {i18n.t('popup.connect')}
            </Button>
          </div>
        )}
      </main>
    </div>
  );
}
