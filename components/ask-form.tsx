/** A field for a question about the picture: before anything is sent, or after an answer. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { TEXT_MAX_LENGTH } from '../utils/jobs/job';
import { Button } from './button';

interface AskFormProps {
  /** Tells this field from others on the same surface. */
  id: string;
  words: string;
  /** Whether there is something to ask without a question of one's own. */
  mayBeEmpty?: boolean;
  /** Takes the focus as it comes, because there is nothing else to do. */
  focused?: boolean;
  /** `undefined` for an empty field. */
  onAsk: (question: string | undefined) => void;
}

export function AskForm({ id, words, mayBeEmpty = false, focused = false, onAsk }: AskFormProps) {
  const [question, setQuestion] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const asked = question.trim();

  useEffect(() => {
    if (!focused) return;
    field.current?.focus({ preventScroll: true });
  }, [focused]);

  function ask(): void {
    if (asked === '' && !mayBeEmpty) return field.current?.focus();
    setQuestion('');
    onAsk(asked === '' ? undefined : asked);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses its word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  }

  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <label for={`ask-${id}`}>{words}</label>
      <div class="ask-line">
        <textarea
          ref={field}
          id={`ask-${id}`}
          dir="auto"
          rows={focused ? 3 : 1}
          maxLength={TEXT_MAX_LENGTH}
          title={i18n.t('ask.hint')}
          value={question}
          onInput={({ currentTarget }) => setQuestion(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button
          look={focused ? 'primary' : 'plain'}
          aria-disabled={asked === '' && !mayBeEmpty}
          onClick={ask}
        >
          {i18n.t('ask.ask')}
        </Button>
      </div>
    </form>
  );
}
