/** Which of the browser's shortcuts asks with a preset. */
import { i18n } from '#i18n';
import { useShortcuts } from '../../controls/use-shortcuts';
import { SLOTS, type Slot } from '../../../utils/core/prompts/preset';
import { Choice } from './choice';

interface SlotFieldProps {
  id: string;
  slot: Slot | undefined;
  onSlot: (slot: Slot | undefined) => void;
}

export function SlotField({ id, slot, onSlot }: SlotFieldProps) {
  const shortcuts = useShortcuts();
  return (
    <Choice
      id={id}
      words={i18n.t('presets.slot')}
      help={i18n.t('presets.slotHelp')}
      none={i18n.t('presets.slotNone')}
      options={SLOTS.map((each) => ({
        value: String(each),
        words: i18n.t('presets.slotWith', [
          each,
          shortcuts?.get(`preset-${each}`) ?? i18n.t('presets.slotNoKey'),
        ]),
      }))}
      value={slot === undefined ? undefined : String(slot)}
      onChoose={(value) => onSlot(SLOTS.find((each) => String(each) === value))}
    />
  );
}
