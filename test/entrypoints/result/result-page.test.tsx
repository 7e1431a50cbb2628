// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import type { ComponentProps } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { ResultPage } from '../../../entrypoints/result/result-page';
import { expectAccessible } from '../../fixtures/axe';
import { fakeJobPort } from '../../fixtures/job-port';
import { DONE, JOBS } from '../../fixtures/job-states';
import { jobIn, SENT_BYTES } from '../../fixtures/jobs';

Element.prototype.scrollIntoView = () => undefined;
afterEach(cleanup);

type Props = ComponentProps<typeof ResultPage>;

function props(job: Props['job'], more: Partial<Props> = {}) {
  return {
    job,
    fromHistory: false,
    problem: undefined,
    onRemove: vi.fn<Props['onRemove']>(),
    onReveal: vi.fn<Props['onReveal']>(),
    port: fakeJobPort(),
    ...more,
  } satisfies Props;
}

const result = () => screen.getByRole('article');
const note = () => screen.queryByText(/^Extensions can’t show anything on that page/);
const GONE = 'This result is no longer available.';

it.each(Object.entries(JOBS))('is accessible with a job that is %s', async (_, job) => {
  const { container } = render(<ResultPage {...props(job)} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(job.preset.name);
  await expectAccessible(container);
});

it.each([
  ['not known yet', undefined],
  ['gone', 'missing'],
] as const)('is accessible while its job is %s', async (_, job) => {
  const { container } = render(<ResultPage {...props(job)} />);
  await expectAccessible(container);
});

it('shows the job whole, for good, and in focus', () => {
  render(<ResultPage {...props(jobIn({ ...DONE, sent: SENT_BYTES }))} />);
  expect(document.activeElement).toBe(result());
  expect(screen.getByText(DONE.text)).toBeTruthy();
  expect(screen.getByText(/^Sent to/)).toBeTruthy();
  expect(screen.getByText('What was sent')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Less' })).toBeNull();
});

it('reads the job out to a screen reader, also one that was done before', async () => {
  render(<ResultPage {...props(jobIn(DONE))} />);
  const said = () => screen.getAllByRole('status').map(({ textContent }) => textContent);
  await vi.waitFor(() => expect(said()).toContainEqual(expect.stringContaining(DONE.text)));
});

it('says why it is here, unless it came out of the history', () => {
  const { rerender } = render(<ResultPage {...props(jobIn(DONE))} />);
  expect(note()).not.toBeNull();
  rerender(<ResultPage {...props(jobIn(DONE), { fromHistory: true })} />);
  expect(note()).toBeNull();
});

it('says that its job is gone, and nothing else, and leads to the history', () => {
  render(<ResultPage {...props('missing', { fromHistory: true })} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(GONE);
  expect(screen.getByRole('link', { name: 'Open the history' })).toBeTruthy();
  expect(note()).toBeNull();
  // Nothing was pressed here.
  expect(document.activeElement).toBe(document.body);
});

it('says nothing of the kind before it knows', () => {
  render(<ResultPage {...props(undefined)} />);
  expect(screen.queryByText(GONE)).toBeNull();
  expect(note()).toBeNull();
});

it('leaves the focus to the words that it is gone when it is deleted', () => {
  const given = props(jobIn(DONE, { id: 'a' }));
  const { rerender } = render(<ResultPage {...given} />);
  const remove = screen.getByRole('button', { name: 'Delete' });
  remove.focus();
  fireEvent.click(remove);
  expect(given.onRemove).toHaveBeenCalledWith('a');
  rerender(<ResultPage {...given} job="missing" />);
  expect(document.activeElement?.textContent).toBe(GONE);
});

it('tells of a call that failed, and why nothing comes into the history', async () => {
  const given = props(jobIn(DONE), { problem: 'It is closed.', historyProblem: 'historyFull' });
  const { container } = render(<ResultPage {...given} />);
  expect(screen.getByRole('alert').textContent).toBe('It is closed.');
  expect(screen.getByText(/^There is no space left for the history\./)).toBeTruthy();
  await expectAccessible(container);
});
