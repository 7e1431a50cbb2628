/** Reads an answer aloud, and stops. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { readAloud } from '../../utils/page/speech';
import { Button } from '../controls/button';
import { formatLanguage } from '../../utils/browser/words/format';
import { SpeakIcon, StopIcon } from '../controls/icons';

interface ReadAloudProps {
  text: string;
  /** Of the text, as a BCP 47 tag. */
  language: string;
}

/** Nothing where the browser cannot speak. */
export function ReadAloud({ text, language }: ReadAloudProps) {
  const [state, setState] = useState<'silent' | 'reading' | 'noVoice'>('silent');
  const reading = useRef<AbortController | undefined>(undefined);

  // Who closes the card has heard enough; another text is another reading.
  useEffect(() => () => reading.current?.abort(), [text]);

  async function start(): Promise<void> {
    const controller = new AbortController();
    reading.current = controller;
    setState('reading');
    const read = await readAloud(text, language, speechSynthesis, controller.signal);
    if (reading.current === controller) setState(read ? 'silent' : 'noVoice');
  }

  if (typeof speechSynthesis === 'undefined') return null;
  const isReading = state === 'reading';
  return (
    <>
      <Button
        look="quiet"
        icon={isReading ? <StopIcon /> : <SpeakIcon />}
        onClick={() => (isReading ? reading.current?.abort() : void start())}
      >
        {i18n.t(isReading ? 'use.stopReading' : 'use.read')}
      </Button>
      <span role="status" class={state === 'noVoice' ? 'use-outcome' : 'visually-hidden'}>
        {state === 'noVoice' && i18n.t('use.noVoice', [formatLanguage(language)])}
      </span>
    </>
  );
}
