/** The editor of one preset: each change is kept as it is typed. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../controls/button';
import { Field } from '../../controls/field';
import { CopyIcon, DeleteIcon, DownIcon, RetryIcon, UpIcon } from '../../controls/icons';
import { CONTEXT_FIELDS } from '../../../utils/core/prompts/page-context';
import type { Preset } from '../../../utils/core/prompts/preset';
import type { PresetEdit } from '../../../utils/core/prompts/preset-change';
import { contextIn } from '../../../utils/core/prompts/template';
import type { Connection } from '../../../utils/core/vision/connection';
import { nameProblem, promptProblem } from '../preset-problems';
import { MoreSettings } from './more-settings';
import { Preview } from './preview';
import { PromptField } from './prompt-field';
import { useDraft } from './use-draft';

export interface EditorProps {
  preset: Preset;
  connections: readonly Connection[];
  /** Whether it comes first in the menu. */
  first: boolean;
  /**
   * Whether it is the last one for single images: it cannot be deleted, nor used for comparisons.
   */
  needed: boolean;
  /** Whether it is a built-in preset that was changed. */
  changed: boolean;
  place: { at: number; of: number };
  onChange: (edit: PresetEdit) => void;
  onMove: (to: number) => void;
  onCopy: () => void;
  onReset: () => void;
  onDelete: () => void;
}

export function Editor({ preset, connections, first, needed, changed, ...rest }: EditorProps) {
  const { draft, edit, editField, flush, drop } = useDraft(preset, rest.onChange);
  const nameField = useRef<HTMLInputElement>(null);
  const { id } = preset;

  // At once: what an effect of the list puts into focus after it, such as Undo, keeps it.
  useLayoutEffect(() => nameField.current?.focus(), []);

  /**
   * A placeholder for page context that is typed into the prompt selects that context to be sent.
   */
  function editPrompt(prompt: string): void {
    const before = contextIn(draft.prompt);
    const named = contextIn(prompt).filter((field) => !before.includes(field));
    const context = CONTEXT_FIELDS.filter(
      (field) => named.includes(field) || draft.context?.includes(field),
    );
    edit({ ...draft, prompt, ...(named.length > 0 ? { context } : {}) });
  }

  /** What was typed last goes into the copy, but must not come back after a delete or a reset. */
  function after(settle: () => void, then: () => void): () => void {
    return () => {
      settle();
      then();
    };
  }

  return (
    <div class="preset-editor">
      <Field id={`name-${id}`} words={i18n.t('presets.name')} problem={nameProblem(draft)}>
        {(attributes) => (
          <input
            {...attributes}
            ref={nameField}
            dir="auto"
            value={draft.name}
            onInput={({ currentTarget }) => editField('name', currentTarget.value)}
          />
        )}
      </Field>
      <PromptField
        id={`words-${id}`}
        value={draft.prompt}
        problem={promptProblem(draft)}
        onInput={editPrompt}
      />
      <Preview preset={draft} />
      <MoreSettings
        preset={draft}
        connections={connections}
        first={first}
        needed={needed}
        onEdit={editField}
      />
      {changed && (
        <div class="preset-changed">
          <p>{i18n.t('presets.changedHelp')}</p>
          <Button icon={<RetryIcon />} onClick={after(drop, rest.onReset)}>
            {i18n.t('presets.reset')}
          </Button>
        </div>
      )}
      <div class="preset-foot">
        <Button icon={<DeleteIcon />} disabled={needed} onClick={after(drop, rest.onDelete)}>
          {i18n.t('presets.delete')}
        </Button>
        <Button icon={<CopyIcon />} onClick={after(flush, rest.onCopy)}>
          {i18n.t('presets.copy')}
        </Button>
        <MoveButtons place={rest.place} onMove={rest.onMove} />
        {needed && <p class="quiet-words">{i18n.t('presets.lastOne')}</p>}
      </div>
    </div>
  );
}

function MoveButtons({ place: { at, of }, onMove }: Pick<EditorProps, 'place' | 'onMove'>) {
  const pressed = useRef<HTMLButtonElement | null>(null);

  // Where its line is put elsewhere in the document, a button loses the focus.
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  }, [at]);

  function button(words: string, icon: preact.VNode, to: number) {
    const possible = to >= 0 && to < of;
    return (
      <Button
        look="quiet"
        icon={icon}
        iconOnly
        title={words}
        aria-disabled={!possible}
        onClick={({ currentTarget }) => {
          if (!possible) return;
          pressed.current = currentTarget;
          onMove(to);
        }}
      >
        {words}
      </Button>
    );
  }

  return (
    <div class="preset-move">
      {button(i18n.t('presets.up'), <UpIcon />, at - 1)}
      {button(i18n.t('presets.down'), <DownIcon />, at + 1)}
    </div>
  );
}
