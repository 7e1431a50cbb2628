// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Card, type CardProps } from '../../../entrypoints/card/card';
import { ERROR_CODES, type ErrorCode } from '../../../utils/core/errors';
import type { Job } from '../../../utils/core/jobs/job';
import { expectAccessible } from '../../fixtures/axe';
import { DONE, JOBS } from '../../fixtures/job-states';
import { fakeJobPort } from '../../fixtures/job-port';
import { jobIn, RUNNING, SENT_BYTES } from '../../fixtures/jobs';

Element.prototype.scrollIntoView = () => undefined;
afterEach(cleanup);

function props(job: Job) {
  return {
    job,
    port: fakeJobPort(),
    onClose: vi.fn<CardProps['onClose']>(),
    onDragStart: vi.fn<CardProps['onDragStart']>(),
    onMoveBy: vi.fn<CardProps['onMoveBy']>(),
  };
}

const button = (name: string) => screen.getByRole('button', { name });

describe('Card', () => {
  it.each(Object.entries(JOBS))('is accessible: %s', async (_, job) => {
    const { container } = render(<Card {...props(job)} />);
    await expectAccessible(container);
  });

  it('is a dialog with a name, and takes the focus', () => {
    render(<Card {...props(jobIn(RUNNING))} />);
    const dialog = screen.getByRole('dialog', { name: 'Descry: Alt text' });
    expect(document.activeElement).toBe(dialog);
    expect(dialog.getAttribute('aria-modal')).toBeNull();
  });

  it('shows words as plain text, in their own direction', () => {
    render(<Card {...props(jobIn({ ...DONE, text: '<b>كلب</b>\nيجري' }))} />);
    const words = document.querySelector('.job-words');
    expect(words?.textContent).toBe('<b>كلب</b>\nيجري');
    expect(words?.getAttribute('dir')).toBe('auto');
  });

  it.each(ERROR_CODES)('never shows an error as a description: %s', (code) => {
    render(<Card {...props(jobIn({ status: 'failed', failure: { code }, text: '' }))} />);
    expect(document.querySelector('.job-words')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Copy' })).toBeNull();
  });

  it.each<[ErrorCode, string, number]>([
    ['noConnection', 'Connect a model', 0],
    ['keyRefused', 'Open settings', 1],
    ['rateLimited', 'Retry', 1],
    ['answerEmpty', 'Retry with a higher length limit', 1],
    ['capReached', 'Open settings', 1],
    ['imageUnreadable', 'Retry', 0],
  ])('leads from %s to where it can be mended: %s, checks: %i', (code, step, checks) => {
    render(<Card {...props(jobIn({ status: 'failed', failure: { code }, text: '' }))} />);
    expect(button(step).className).toContain('primary');
    expect(screen.queryAllByRole('button', { name: 'Check connection' })).toHaveLength(checks);
  });

  it('marks words kept from a failure as incomplete', () => {
    const failed = { status: 'failed', failure: { code: 'answerBroken' }, text: 'A br' } as const;
    render(<Card {...props(jobIn(failed))} />);
    expect(screen.getByText(/^Incomplete/)).toBeTruthy();
    expect(document.querySelector('.job-words.failed')?.textContent).toBe('A br');
  });

  it('closes on Escape and on its button', () => {
    const given = props(jobIn(RUNNING));
    render(<Card {...given} />);
    fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
    fireEvent.click(button('Close'));
    expect(given.onClose).toHaveBeenCalledTimes(2);
  });

  it('moves by keyboard: arrows on its button, Alt and arrows anywhere', () => {
    const given = props(jobIn(RUNNING));
    render(<Card {...given} />);
    fireEvent.keyDown(button('Move the card'), { key: 'ArrowLeft' });
    fireEvent.keyDown(button('Stop'), { key: 'ArrowDown', altKey: true, shiftKey: true });
    fireEvent.keyDown(button('Stop'), { key: 'ArrowDown' });
    expect(given.onMoveBy.mock.calls).toEqual([
      [-40, 0],
      [0, 4],
    ]);
  });

  it('is dragged by its header, but not by a button in it', () => {
    const given = props(jobIn(RUNNING));
    render(<Card {...given} />);
    fireEvent.pointerDown(screen.getByRole('heading'), { button: 0 });
    expect(given.onDragStart).toHaveBeenCalledTimes(1);
    fireEvent.pointerDown(button('Close'), { button: 0 });
    expect(given.onDragStart).toHaveBeenCalledTimes(1);
  });

  it('keeps its keys from the page', () => {
    const onPage = vi.fn<() => void>();
    document.addEventListener('keydown', onPage);
    render(<Card {...props(jobIn(RUNNING))} />);
    fireEvent.keyDown(button('Stop'), { key: 'j' });
    document.removeEventListener('keydown', onPage);
    expect(onPage).not.toHaveBeenCalled();
  });

  it('keeps the focus in the card when Stop gives way to Copy', () => {
    const given = props(jobIn(RUNNING));
    const { rerender } = render(<Card {...given} />);
    button('Stop').focus();
    rerender(<Card {...given} job={jobIn(DONE)} />);
    expect(document.activeElement).toBe(button('Copy'));
  });

  it('copies the words and says so', async () => {
    const given = props(jobIn(DONE));
    render(<Card {...given} />);
    fireEvent.click(button('Copy'));
    expect(given.port.copy).toHaveBeenCalledWith(DONE.text);
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
  });

  it('says when it could not copy', async () => {
    const given = props(jobIn(DONE));
    given.port.copy.mockResolvedValue(false);
    render(<Card {...given} />);
    fireEvent.click(button('Copy'));
    expect(await screen.findByRole('button', { name: 'Not copied' })).toBeTruthy();
  });

  it('asks a cut answer again with more room', () => {
    const given = props(jobIn({ ...DONE, cut: true }));
    render(<Card {...given} />);
    fireEvent.click(button('Retry with a higher length limit'));
    expect(given.port.asked).toHaveBeenCalledWith('job.retry', {
      jobId: 'job-1',
      answerId: '1',
      longer: true,
    });
  });

  it('leads to settings where the key was refused, and to the first run without a connection', () => {
    const given = props(jobIn({ status: 'failed', failure: { code: 'keyRefused' }, text: '' }));
    const { rerender } = render(<Card {...given} />);
    fireEvent.click(button('Open settings'));
    rerender(<Card {...given} job={jobIn({ status: 'waiting' })} />);
    fireEvent.click(button('Connect a model'));
    expect(given.port.asked.mock.calls).toEqual([
      ['settings.open', { page: 'options' }],
      ['settings.open', { page: 'welcome' }],
    ]);
  });

  it('says what was sent as soon as it is', () => {
    render(<Card {...props(jobIn(RUNNING))} />);
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('Sent to api.openai.com: the image’s address')).toBeTruthy();
    expect(dialog.getByText('What was sent')).toBeTruthy();
  });

  it('asks for the image that was sent once a person wants to see it', async () => {
    const given = props(jobIn({ ...DONE, sent: SENT_BYTES }));
    const { rerender } = render(<Card {...given} />);
    expect(given.port.asked).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('What was sent'));
    await waitFor(() => expect(given.port.asked).toHaveBeenCalledOnce());
    // Another job in the same card: its own panel, closed.
    rerender(<Card {...given} job={{ ...given.job, id: 'job-2' }} />);
    expect(document.querySelector('details')?.open).toBe(false);
  });
});
