/** How long a text is, and how long it should be. */
import { i18n } from '#i18n';
import { lengthOf } from '../../utils/core/prompts/alt-text';
import { formatNumber } from '../../utils/browser/words/format';
import { plural } from '../../utils/browser/words/plural';

interface AnswerLengthProps {
  id?: string;
  text: string;
  /** In characters; a target, never a cut. */
  target: number | undefined;
}

export function AnswerLength({ id, text, target }: AnswerLengthProps) {
  const length = lengthOf(text);
  const count = plural('use.characters', length);
  return (
    <p id={id} class="answer-length">
      {target === undefined ? count : i18n.t('use.aim', [count, formatNumber(target)])}
    </p>
  );
}
