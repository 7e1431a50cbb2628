/** An answer in blocks: tables apart, to be shown as tables; all else as it was written. */
import { Lexer } from 'marked';

export type AnswerBlock =
  { type: 'text'; text: string } | { type: 'table'; header: string[]; rows: string[][] };

/**
 * The blocks of an answer. Markdown's other marks stay as they are: words are shown as the model
 * wrote them, and never as HTML.
 *
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function blocksOf(text: string): AnswerBlock[] {
  const blocks: AnswerBlock[] = [];
  for (const token of Lexer.lex(text)) {
    const last = blocks.at(-1);
    if (token.type === 'table') {
      const { header, rows } = token as { header: Cell[]; rows: Cell[][] };
      blocks.push({
        type: 'table',
        header: header.map(words),
        rows: rows.map((row) => row.map(words)),
      });
    } else if (last?.type === 'text') {
      last.text += token.raw;
    } else {
      blocks.push({ type: 'text', text: token.raw });
    }
  }
  for (const block of blocks) if (block.type === 'text') block.text = block.text.trim();
  return blocks.filter((block) => block.type === 'table' || block.text !== '');
}

interface Cell {
  text: string;
}

/** Models break lines in cells with the one HTML tag that tables allow. */
function words({ text }: Cell): string {
  return text.replaceAll(/<br\s*\/?>/gi, '\n').trim();
}
