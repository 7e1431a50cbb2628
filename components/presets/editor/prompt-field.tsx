/** The field for a prompt, which completes placeholders as they are typed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../controls/button';
import { Field } from '../../controls/field';
import { BracesIcon } from '../../controls/icons';
import type { Placeholder } from '../../../utils/core/prompts/template';
import { completionsOf, endOf, typingAt, type Typing } from './completion';
import { PlaceholderList, optionId } from './placeholder-list';

interface PromptFieldProps {
  id: string;
  value: string;
  problem: string | undefined;
  onInput: (prompt: string) => void;
}

/**
 * An editable combobox with a list: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. Only its
 * role is missing: a `textarea` may have none but its own (https://www.w3.org/TR/html-aria/), so
 * that the list opening is told by a status instead of `aria-expanded`.
 */
export function PromptField({ id, value, problem, onInput }: PromptFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [typing, setTyping] = useState<Typing>();
  const [active, setActive] = useState(-1);
  const names = typing ? completionsOf(typing) : [];
  const open = names.length > 0;
  const listId = `${id}-list`;
  const shown = names[active];

  useEffect(() => {
    if (open) document.getElementById(listId)?.scrollIntoView({ block: 'nearest' });
  }, [open, listId]);

  /** Looks again at what is being typed. The first is only marked once something names it. */
  function look(mark = false): void {
    const { value: text = '', selectionStart = 0 } = area.current ?? {};
    const now = typingAt(text, selectionStart);
    setTyping(now);
    setActive(now && (mark || now.typed !== '') ? 0 : -1);
  }

  function put(text: string, from: number, to: number): void {
    if (!area.current) return;
    area.current.setRangeText(text, from, to, 'end');
    onInput(area.current.value);
  }

  function choose(name: Placeholder): void {
    if (!typing) return;
    const caret = typing.from + 1 + typing.typed.length;
    put(`{${name}}`, typing.from, endOf(value, caret));
    setTyping(undefined);
  }

  /** For those who do not think of braces. */
  function offer(): void {
    const { selectionStart = 0, selectionEnd = 0 } = area.current ?? {};
    area.current?.focus();
    put('{', selectionStart, selectionEnd);
    look(true);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!open || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setActive(
        active < 0 && step < 0 ? names.length - 1 : (active + step + names.length) % names.length,
      );
    } else if (event.key === 'Escape') {
      setTyping(undefined);
      // The popup itself would close with it.
      event.stopPropagation();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && shown && !event.shiftKey) {
      choose(shown);
    } else {
      return;
    }
    event.preventDefault();
  }

  return (
    <div class="prompt-field">
      <Field id={id} words={i18n.t('presets.prompt')} problem={problem}>
        {(attributes) => (
          <textarea
            {...attributes}
            ref={area}
            dir="auto"
            rows={6}
            value={value}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={open ? listId : undefined}
            aria-activedescendant={open && shown ? optionId(listId, shown) : undefined}
            onInput={({ currentTarget }) => {
              onInput(currentTarget.value);
              look();
            }}
            onKeyDown={onKeyDown}
            onClick={() => typing && look()}
            onKeyUp={({ key }) =>
              /^(?:Arrow(?:Left|Right)|Home|End)$/.test(key) && typing && look()
            }
            onBlur={() => setTyping(undefined)}
          />
        )}
      </Field>
      {open && <PlaceholderList id={listId} names={names} active={shown} onChoose={choose} />}
      <p role="status" class="visually-hidden">
        {open && i18n.t('presets.placeholdersOpen', [names.length])}
      </p>
      <Button look="quiet" icon={<BracesIcon />} onClick={offer}>
        {i18n.t('presets.insertPlaceholder')}
      </Button>
    </div>
  );
}
