/** What is wrong with a file of presets, in words, and where in it. */
import { i18n } from '#i18n';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import type { PresetFileProblem } from '../../utils/core/prompts/preset-file';

/** By what the parser of `preset-file.ts` calls it. */
const SYNTAX: Record<string, MessageKey> = {
  ValueExpected: 'prompts.fileSyntax.value',
  CommaExpected: 'prompts.fileSyntax.comma',
  ColonExpected: 'prompts.fileSyntax.colon',
  PropertyNameExpected: 'prompts.fileSyntax.name',
  CloseBraceExpected: 'prompts.fileSyntax.brace',
  CloseBracketExpected: 'prompts.fileSyntax.bracket',
  UnexpectedEndOfString: 'prompts.fileSyntax.quote',
  EndOfFileExpected: 'prompts.fileSyntax.end',
  InvalidCommentToken: 'prompts.fileSyntax.comment',
};

export function fileProblemWords(problem: PresetFileProblem): string {
  const { line, column } = problem;
  const what = whatWords(problem);
  return line === undefined || column === undefined
    ? what
    : i18n.t('prompts.filePlace', [line, column, what]);
}

function whatWords({ what, name = '', detail = '' }: PresetFileProblem): string {
  switch (what) {
    case 'tooLarge':
    case 'otherKind':
    case 'newer':
      return i18n.t(`prompts.fileProblem.${what}`);
    case 'syntax':
      return messageOf(SYNTAX[detail] ?? 'prompts.fileSyntax.other');
    case 'value':
      return detail
        ? i18n.t('prompts.fileProblem.valueOf', [name, detail])
        : i18n.t('prompts.fileProblem.value', [name]);
    case 'tooLong':
      return i18n.t('prompts.fileProblem.tooLong', [name, detail]);
    case 'placeholder':
      return i18n.t('prompts.unknownPlaceholder', [`{${name}}`]);
    case 'missing':
    case 'unknownField':
    case 'twice':
    case 'tooShort':
    case 'sameId':
    case 'noDefault':
      return i18n.t(`prompts.fileProblem.${what}`, [name]);
    default:
      return what satisfies never;
  }
}
