/** What is wrong with a preset file, and where in it, as a text. */
import { i18n } from '#i18n';
import { messageOf, type MessageKey } from '../../utils/browser/words/message-key';
import type { PresetFileProblem } from '../../utils/core/prompts/preset-file';

/** By the name that the parser of `preset-file.ts` gives it. */
const SYNTAX: Record<string, MessageKey> = {
  ValueExpected: 'presets.fileSyntax.value',
  CommaExpected: 'presets.fileSyntax.comma',
  ColonExpected: 'presets.fileSyntax.colon',
  PropertyNameExpected: 'presets.fileSyntax.name',
  CloseBraceExpected: 'presets.fileSyntax.brace',
  CloseBracketExpected: 'presets.fileSyntax.bracket',
  UnexpectedEndOfString: 'presets.fileSyntax.quote',
  EndOfFileExpected: 'presets.fileSyntax.end',
  InvalidCommentToken: 'presets.fileSyntax.comment',
};

export function fileProblemWords(problem: PresetFileProblem): string {
  const { line, column } = problem;
  const what = whatWords(problem);
  return line === undefined || column === undefined
    ? what
    : i18n.t('presets.filePlace', [line, column, what]);
}

function whatWords({ what, name = '', detail = '' }: PresetFileProblem): string {
  switch (what) {
    case 'tooLarge':
    case 'otherKind':
    case 'newer':
      return i18n.t(`presets.fileProblem.${what}`);
    case 'syntax':
      return messageOf(SYNTAX[detail] ?? 'presets.fileSyntax.other');
    case 'value':
      return detail
        ? i18n.t('presets.fileProblem.valueOf', [name, detail])
        : i18n.t('presets.fileProblem.value', [name]);
    case 'tooLong':
      return i18n.t('presets.fileProblem.tooLong', [name, detail]);
    case 'placeholder':
      return i18n.t('presets.unknownPlaceholder', [`{${name}}`]);
    case 'missing':
    case 'unknownField':
    case 'twice':
    case 'tooShort':
    case 'sameId':
    case 'noDefault':
      return i18n.t(`presets.fileProblem.${what}`, [name]);
    default:
      return what satisfies never;
  }
}
