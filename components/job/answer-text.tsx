/** The words of an answer, with its tables as tables. */
import { useMemo } from 'preact/hooks';
import { i18n } from '#i18n';
import { blocksOf } from '../../utils/core/prompts/answer-blocks';

interface AnswerTextProps {
  text: string;
  /** Of the answer's state: how sure its words look. */
  status?: string;
  language?: string;
  /** Text that is still coming in, or is cut short, is shown as it was written. */
  showsTables: boolean;
}

export function AnswerText({ text, status = '', language, showsTables }: AnswerTextProps) {
  const blocks = useMemo(() => (showsTables ? blocksOf(text) : []), [text, showsTables]);
  if (!blocks.some(({ type }) => type === 'table')) {
    return (
      <p class={`job-words ${status}`} dir="auto" lang={language}>
        {text}
      </p>
    );
  }
  return (
    <div class="job-blocks" lang={language}>
      {blocks.map((block, at) =>
        block.type === 'table' ? (
          // oxlint-disable-next-line react/no-array-index-key -- of one finished text
          <Table key={at} {...block} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- of one finished text
          <p key={at} class={`job-words ${status}`} dir="auto">
            {block.text}
          </p>
        ),
      )}
    </div>
  );
}

/** A wide table scrolls on its own, so the keyboard must reach it. */
const SCROLLS = { role: 'group', tabIndex: 0 } as const;

function Table({ header, rows }: { header: readonly string[]; rows: readonly string[][] }) {
  return (
    <div class="job-table" {...SCROLLS} aria-label={i18n.t('job.table')}>
      <table>
        <thead>
          <tr>
            {header.map((cell, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- columns are their places
              <th key={at} scope="col" dir="auto">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows are their places
            <tr key={line}>
              {row.map((cell, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- columns are their places
                <td key={at} dir="auto">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
