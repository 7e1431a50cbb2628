/** Which of the browser's shortcuts asks with a preset. */
import { useEffect, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { browser } from 'wxt/browser';
import { SLOTS, type Slot } from '../../../utils/prompts/preset';
import { Choice } from './choice';

interface SlotFieldProps {
  id: string;
  slot: Slot | undefined;
  onSlot: (slot: Slot | undefined) => void;
}

export function SlotField({ id, slot, onSlot }: SlotFieldProps) {
  const keys = useKeys();
  return (
    <Choice
      id={id}
      words={i18n.t('prompts.slot')}
      help={i18n.t('prompts.slotHelp')}
      none={i18n.t('prompts.slotNone')}
      options={SLOTS.map((each) => ({
        value: String(each),
        words: i18n.t('prompts.slotWith', [
          each,
          keys.get(`preset-${each}`) ?? i18n.t('prompts.slotNoKey'),
        ]),
      }))}
      value={slot === undefined ? undefined : String(slot)}
      onChoose={(value) => onSlot(SLOTS.find((each) => String(each) === value))}
    />
  );
}

/** The keys of our commands as the browser writes them; a person changes them in the browser. */
function useKeys(): ReadonlyMap<string, string> {
  const [keys, setKeys] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    void browser.commands
      .getAll()
      .then((all) =>
        setKeys(
          new Map(
            all.flatMap(({ name, shortcut }) => (name && shortcut ? [[name, shortcut]] : [])),
          ),
        ),
      );
  }, []);
  return keys;
}
