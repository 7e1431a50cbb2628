import { expect, it } from 'vitest';
import { conversationMarkdown } from '../../../../utils/core/jobs/conversation-markdown';
import {
  altAttribute,
  altParts,
  imgElement,
  markdownImage,
} from '../../../../utils/core/prompts/alt-text';
import { jobIn } from '../../../fixtures/jobs';
import { DONE } from '../../../fixtures/job-states';

const HARD = 'A "quoted" <b> & ]( [x] sign';

it('escapes what would end an attribute or begin a tag', () => {
  expect(altAttribute(HARD)).toBe('alt="A &quot;quoted&quot; &lt;b&gt; &amp; ]( [x] sign"');
  expect(altAttribute('')).toBe('alt=""');
});

it('makes an <img> with its address and size, where it has such', () => {
  const size = { width: 200, height: 150 };
  expect(imgElement('A dog', { srcUrl: 'https://example.com/a.jpg?b=1&c="', size })).toBe(
    '<img src="https://example.com/a.jpg?b=1&amp;c=&quot;" alt="A dog" width="200" height="150">',
  );
  expect(imgElement('A dog', { srcUrl: 'data:image/png;base64,AAAA' })).toBe(
    '<img src="" alt="A dog">',
  );
});

it('escapes what Markdown would take for its own', () => {
  expect(markdownImage(HARD, { srcUrl: 'https://example.com/a (1).jpg' })).toBe(
    '![A "quoted" \\<b\\> & \\]( \\[x\\] sign](https://example.com/a%20%281%29.jpg)',
  );
});

it('tells the short text of a complex image from the long one', () => {
  const answer = 'Bar chart of visitors.\n\nIn May 20.\n\nIn June 30.';
  expect(altParts(answer, 'complex')).toEqual({
    alt: 'Bar chart of visitors.',
    long: 'In May 20.\n\nIn June 30.',
  });
  expect(altParts(answer, 'informative')).toEqual({
    alt: 'Bar chart of visitors. In May 20. In June 30.',
  });
});

it('gives a conversation with every answer, the last as it was changed', () => {
  const failed = { status: 'failed', failure: { code: 'keyRefused' }, text: '' } as const;
  const job = jobIn(DONE, {
    question: 'Is *it* happy?',
    edited: 'It is.',
    earlier: [{ state: DONE }, { question: 'Lost?', state: failed }],
  });
  expect(conversationMarkdown(job)).toBe(
    `**Alt text**\n\n${DONE.text}\n\n**Is \\*it\\* happy?**\n\nIt is.\n`,
  );
});
