/** One prompt: a line that opens into its name and its words, each kept as it is typed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { ChevronIcon, DeleteIcon, DownIcon, UpIcon } from '../../components/icons';
import type { Preset } from '../../utils/prompts/preset';
import { Field } from '../../components/field';
import { nameProblem, promptProblem } from './preset-problems';

/** How long after the last key a change is stored: a popup may close at any moment. */
const STORE_AFTER_MS = 250;

interface PromptItemProps {
  preset: Preset;
  /** Whether it comes first in the menu. */
  first: boolean;
  open: boolean;
  place: { at: number; of: number };
  onOpen: (open: boolean) => void;
  onMakeFirst: () => void;
  onChange: (preset: Preset) => void;
  onMove: (by: number) => void;
  onDelete: () => void;
}

export function PromptItem({ preset, first, open, onOpen, onMakeFirst, ...rest }: PromptItemProps) {
  const editorId = `prompt-${preset.id}`;
  return (
    <li class="prompt">
      <div class="prompt-line">
        <input
          type="radio"
          name="first-in-menu"
          class="prompt-radio"
          checked={first}
          aria-label={preset.name}
          title={i18n.t('prompts.makeDefault')}
          onChange={onMakeFirst}
        />
        <button
          type="button"
          class="prompt-open"
          aria-expanded={open}
          aria-controls={editorId}
          onClick={() => onOpen(!open)}
        >
          <span class="prompt-words">
            <span class="prompt-name" dir="auto">
              {preset.name}
            </span>
            {!open && (
              <span class="prompt-preview" dir="auto" aria-hidden="true">
                {preset.prompt}
              </span>
            )}
          </span>
          {first && <span class="badge">{i18n.t('prompts.default')}</span>}
          <ChevronIcon />
        </button>
      </div>
      <div id={editorId} hidden={!open}>
        {open && <Editor preset={preset} {...rest} />}
      </div>
    </li>
  );
}

type EditorProps = Omit<PromptItemProps, 'first' | 'open' | 'onOpen' | 'onMakeFirst'>;

function Editor({ preset, place, onChange, onMove, onDelete }: EditorProps) {
  const [draft, setDraft] = useState(preset);
  const nameField = useRef<HTMLInputElement>(null);
  const pending = useRef<Preset | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const change = useRef(onChange);
  change.current = onChange;

  useEffect(() => nameField.current?.focus(), []);

  function edit(next: Preset): void {
    setDraft(next);
    const wrong = nameProblem(next.name) ?? promptProblem(next.prompt);
    pending.current = wrong ? undefined : next;
    clearTimeout(timer.current);
    timer.current = setTimeout(store, STORE_AFTER_MS);
  }

  function store(): void {
    if (pending.current) change.current(pending.current);
    pending.current = undefined;
  }

  function remove(): void {
    // What was typed last must not bring it back.
    pending.current = undefined;
    onDelete();
  }

  useEffect(() => {
    addEventListener('pagehide', store);
    return () => {
      removeEventListener('pagehide', store);
      store();
    };
  }, []);

  return (
    <div class="prompt-editor">
      <Field
        id={`name-${preset.id}`}
        words={i18n.t('prompts.name')}
        problem={nameProblem(draft.name)}
      >
        {(attributes) => (
          <input
            {...attributes}
            ref={nameField}
            dir="auto"
            value={draft.name}
            onInput={({ currentTarget }) => edit({ ...draft, name: currentTarget.value })}
          />
        )}
      </Field>
      <Field
        id={`words-${preset.id}`}
        words={i18n.t('prompts.prompt')}
        problem={promptProblem(draft.prompt)}
      >
        {(attributes) => (
          <textarea
            {...attributes}
            dir="auto"
            rows={6}
            value={draft.prompt}
            onInput={({ currentTarget }) => edit({ ...draft, prompt: currentTarget.value })}
          />
        )}
      </Field>
      <div class="prompt-foot">
        <Button icon={<DeleteIcon />} disabled={place.of === 1} onClick={remove}>
          {i18n.t('prompts.delete')}
        </Button>
        {place.of === 1 && <p class="quiet-words">{i18n.t('prompts.lastOne')}</p>}
        <Button
          look="quiet"
          icon={<UpIcon />}
          iconOnly
          title={i18n.t('prompts.up')}
          aria-disabled={place.at === 0}
          onClick={() => place.at > 0 && onMove(-1)}
        >
          {i18n.t('prompts.up')}
        </Button>
        <Button
          look="quiet"
          icon={<DownIcon />}
          iconOnly
          title={i18n.t('prompts.down')}
          aria-disabled={place.at === place.of - 1}
          onClick={() => place.at < place.of - 1 && onMove(1)}
        >
          {i18n.t('prompts.down')}
        </Button>
      </div>
    </div>
  );
}
