// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { AnswerText } from '../../components/answer-text';
import { blocksOf } from '../../utils/prompts/answer-blocks';
import { expectAccessible } from '../fixtures/axe';
import { fakeJobPort } from '../fixtures/job-port';

afterEach(cleanup);

const TABLE = 'Visitors by year.\n\n| Year | Visitors |\n|---|---|\n| 2024 | 10 |\n\nThey rise.';

it('shows a table as a table, and asks once for one text', async () => {
  const port = fakeJobPort();
  port.blocks.mockImplementation(async (text) => blocksOf(text));
  const { container, rerender } = render(<AnswerText text={TABLE} port={port} />);
  expect(await screen.findByRole('columnheader', { name: 'Visitors' })).toBeTruthy();
  expect(screen.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['2024', '10']);
  expect(container.textContent).toContain('They rise.');
  rerender(<AnswerText text={TABLE} port={{ ...port }} />);
  expect(port.blocks.mock.calls).toEqual([[TABLE]]);
  await expectAccessible(container);
});

it('asks for nothing where no table can be', () => {
  const port = fakeJobPort();
  render(<AnswerText text={'A fence -- and a gate.\nLeft | right\n---'} port={port} />);
  expect(port.blocks).not.toHaveBeenCalled();
});

it('keeps the words where nobody takes them apart', async () => {
  const port = fakeJobPort();
  port.blocks.mockRejectedValue(new Error('gone'));
  const { container } = render(<AnswerText text={TABLE} port={port} />);
  await Promise.resolve();
  expect(container.textContent).toContain('| 2024 | 10 |');
});
