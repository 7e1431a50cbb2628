/** A field for a question about the image: before anything is sent, or after an answer. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { TEXT_MAX_LENGTH } from '../../utils/core/jobs/job';
import { Button } from '../controls/button';

interface AskFormProps {
  /** Tells this field from others on the same surface. */
  id: string;
  words: string;
  /** Whether there is something to ask without a question of one's own. */
  mayBeEmpty?: boolean;
  /** Takes the focus as it comes, because there is nothing else to do. */
  focused?: boolean;
  /** Nothing can be asked just now: only what has been typed is shown. */
  waiting?: boolean;
  /** `undefined` for an empty field. Gives false where it was not taken. */
  onAsk: (question: string | undefined) => Promise<boolean>;
}

export function AskForm({
  id,
  words,
  mayBeEmpty = false,
  focused = false,
  waiting = false,
  onAsk,
}: AskFormProps) {
  const [question, setQuestion] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const asked = question.trim();

  useEffect(() => {
    if (!focused) return;
    field.current?.focus({ preventScroll: true });
  }, [focused]);

  async function ask(): Promise<void> {
    if (waiting) return;
    if (asked === '' && !mayBeEmpty) return field.current?.focus();
    setQuestion('');
    const taken = await onAsk(asked === '' ? undefined : asked);
    // What was typed since is not written over.
    if (!taken) setQuestion((typed) => (typed === '' ? question : typed));
  }

  if (waiting && question === '') return null;

  function onKeyDown(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses its word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void ask();
  }

  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
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
          aria-disabled={waiting || (asked === '' && !mayBeEmpty)}
          onClick={() => void ask()}
        >
          {i18n.t('ask.ask')}
        </Button>
      </div>
    </form>
  );
}
