/**
 * What a newer Descry stored and this one does not understand: shown, left alone, discarded on
 * request.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { Announcement, useDone } from '../../components/controls/announcement';
import { useConfirmation } from '../../components/controls/use-confirmation';
import {
  readUnknownParts,
  watchParts,
  type SettingsPart,
} from '../../utils/browser/settings/settings';

/** The parts with something unknown in them, live; none until they have been read. */
export function useUnknownParts(): readonly SettingsPart[] {
  const [parts, setParts] = useState<readonly SettingsPart[]>([]);
  useEffect(() => {
    const read = () => void readUnknownParts().then(setParts);
    read();
    return watchParts(read);
  }, []);
  return parts;
}

const PART_WORDS = {
  connections: 'unknownParts.connections',
  presets: 'unknownParts.presets',
  menu: 'unknownParts.menu',
  sites: 'unknownParts.sites',
  spending: 'unknownParts.spending',
} as const;

export interface UnknownPartsProps {
  parts: readonly SettingsPart[];
  /** Resolves once it is forgotten. */
  onDiscard: (part: SettingsPart) => Promise<void>;
}

export function UnknownParts({ parts, onDiscard }: UnknownPartsProps) {
  const { said, run } = useDone();
  // The message about the last one stays.
  const wasShown = useRef(false);
  wasShown.current ||= parts.length > 0;
  if (!wasShown.current) return null;
  return (
    <section aria-labelledby="unknown-parts">
      <h2 id="unknown-parts">{i18n.t('unknownParts.title')}</h2>
      {parts.length > 0 && <p>{i18n.t('unknownParts.help')}</p>}
      {parts.map((part) => (
        <div key={part} class="panel asking">
          <p>{i18n.t(PART_WORDS[part])}</p>
          <Discard onDiscard={() => void run(onDiscard(part), i18n.t('unknownParts.discarded'))} />
        </div>
      ))}
      <Announcement said={said} />
    </section>
  );
}

/** Asks once more: nothing brings it back. */
function Discard({ onDiscard }: { onDiscard: () => void }) {
  const { asking, setAsking, focused } = useConfirmation();
  if (!asking) {
    return (
      <div class="step-actions">
        <Button ref={focused} look="quiet" onClick={() => setAsking(true)}>
          {i18n.t('unknownParts.discard')}
        </Button>
      </div>
    );
  }
  return (
    <div class="step-actions">
      <p role="alert">{i18n.t('unknownParts.sure')}</p>
      <Button onClick={onDiscard}>{i18n.t('unknownParts.yes')}</Button>
      <Button ref={focused} onClick={() => setAsking(false)}>
        {i18n.t('unknownParts.no')}
      </Button>
    </div>
  );
}
