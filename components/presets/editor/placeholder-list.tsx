/** The placeholders that match what is being typed, each with its meaning. */
import { useEffect } from 'preact/hooks';
import { i18n } from '#i18n';
import type { Placeholder } from '../../../utils/core/prompts/template';

interface PlaceholderListProps {
  id: string;
  names: readonly Placeholder[];
  /** The one that Enter takes. */
  active: Placeholder | undefined;
  onChoose: (name: Placeholder) => void;
}

export const optionId = (listId: string, name: Placeholder) => `${listId}-${name}`;

/** The focus stays in the prompt: that names the active one by its id. */
export function PlaceholderList({ id, names, active, onChoose }: PlaceholderListProps) {
  useEffect(() => {
    if (active) document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  return (
    <div id={id} role="listbox" aria-label={i18n.t('presets.placeholders')} class="placeholders">
      {names.map((name) => (
        <div
          key={name}
          id={optionId(id, name)}
          role="option"
          tabIndex={-1}
          class="placeholder"
          aria-selected={name === active}
          // A press would take the focus out of the prompt, and with it the list.
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(name)}
          onKeyDown={({ key }) => key === 'Enter' && onChoose(name)}
        >
          <code>{`{${name}}`}</code>
          <span class="quiet-words">{i18n.t(`presets.placeholder.${name}`)}</span>
        </div>
      ))}
    </div>
  );
}
