// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { AnswerText } from '../../../components/job/answer-text';
import { expectAccessible } from '../../fixtures/axe';

afterEach(cleanup);

const TABLE = 'Visitors by year.\n\n| Year | Visitors |\n|---|---|\n| 2024 | 10 |\n\nThey rise.';

it('shows a table as a table', async () => {
  const { container } = render(<AnswerText text={TABLE} showsTables />);
  expect(screen.getByRole('columnheader', { name: 'Visitors' })).toBeTruthy();
  expect(screen.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['2024', '10']);
  expect(container.textContent).toContain('They rise.');
  await expectAccessible(container);
});

it.each([
  ['where no table is', 'A fence -- and a gate.\n\nLeft | right\n---\n', true],
  ['while its text comes in', TABLE, false],
])('shows an answer as it was written %s', (_, text, showsTables) => {
  const { container } = render(<AnswerText text={text} showsTables={showsTables} />);
  expect(container.textContent).toBe(text);
});
