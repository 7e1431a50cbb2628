/** The words of an answer, with its tables as tables. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import type { AnswerBlock } from '../utils/prompts/answer-blocks';
import type { JobPort } from './job-port';

interface AnswerTextProps {
  text: string;
  /** Of the answer's state: how sure its words look. */
  status?: string;
  language?: string;
  /** Without it, all is text. */
  port?: Pick<JobPort, 'blocks'> | undefined;
}

/** The line below a table's header. Anything like it is worth a closer look, and nothing else. */
const DELIMITER_ROW = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$/m;

export function AnswerText({ text, status = '', language, port }: AnswerTextProps) {
  const blocks = useBlocks(text, DELIMITER_ROW.test(text) ? port : undefined);
  if (!blocks) {
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

/** `undefined` until they are known, and where there is nothing to take apart. */
function useBlocks(
  text: string,
  port: AnswerTextProps['port'],
): readonly AnswerBlock[] | undefined {
  const [found, setFound] = useState<{ of: string; blocks: readonly AnswerBlock[] }>();
  const latest = useRef(port);
  latest.current = port;
  const wanted = port !== undefined;

  useEffect(() => {
    let gone = false;
    async function look(): Promise<void> {
      const blocks = await latest.current?.blocks(text).catch(() => undefined);
      if (!gone && blocks) setFound({ of: text, blocks });
    }
    if (wanted) void look();
    return () => {
      gone = true;
    };
  }, [text, wanted]);
  return found?.of === text ? found.blocks : undefined;
}

/** A wide one scrolls by itself, and so has to be reached by keyboard. */
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
