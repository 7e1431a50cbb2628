/** An answer being changed by the person, in place. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { TEXT_MAX_LENGTH } from '../../utils/core/jobs/job';
import { Button } from '../controls/button';
import { AnswerLength } from './answer-length';

interface AnswerEditorProps {
  id: string;
  text: string;
  /** The model's own words, where `text` is not them any more. */
  original: string;
  /** The length to aim for, in characters. */
  target: number | undefined;
  language: string;
  /** Keeps a text; `undefined` for the model's own words. */
  onKeep: (text: string | undefined) => void;
  onLeave: () => void;
}

export function AnswerEditor({ id, text, original, target, language, ...on }: AnswerEditorProps) {
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);

  // Before the first paint, so that nothing typed in between is lost.
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(text.length, text.length);
    // oxlint-disable-next-line react/exhaustive-deps -- only as it opens
  }, []);

  function keep(): void {
    const words = draft.trim();
    // An answer without words would look as if the model had said nothing.
    if (words === '') return field.current?.focus();
    if (words !== text) on.onKeep(words === original ? undefined : words);
    on.onLeave();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      // The card would close, and the words be lost.
      event.stopPropagation();
      event.preventDefault();
      on.onLeave();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      keep();
    }
  }

  return (
    <div class="answer-editor">
      <label class="visually-hidden" for={`edit-${id}`}>
        {i18n.t('use.editLabel')}
      </label>
      <textarea
        ref={field}
        id={`edit-${id}`}
        aria-describedby={`edit-${id}-length`}
        dir="auto"
        lang={language}
        rows={4}
        maxLength={TEXT_MAX_LENGTH}
        value={draft}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <AnswerLength id={`edit-${id}-length`} text={draft} target={target} />
      <div class="job-actions">
        <Button look="primary" aria-disabled={draft.trim() === ''} onClick={keep}>
          {i18n.t('use.keep')}
        </Button>
        <Button onClick={on.onLeave}>{i18n.t('use.leave')}</Button>
        {draft !== original && (
          <Button look="quiet" onClick={() => setDraft(original)}>
            {i18n.t('use.original')}
          </Button>
        )}
      </div>
    </div>
  );
}
