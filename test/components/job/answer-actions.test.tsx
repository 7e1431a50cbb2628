// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { JobBody } from '../../../components/job/job-body';
import { EarlierTurns } from '../../../components/job/job-turns';
import { changeJob } from '../../../utils/core/jobs/change-job';
import { JobOpinions } from '../../../components/job/job-opinions';
import { expectAccessible } from '../../fixtures/axe';
import { AppError } from '../../../utils/core/errors';
import type { FakeAnswers } from '../../fixtures/background';
import { fakeJobPort } from '../../fixtures/job-port';
import { DONE, JOBS } from '../../fixtures/job-states';
import { jobIn, RUNNING, type JobParts } from '../../fixtures/jobs';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const button = (name: string) => screen.getByRole('button', { name });
const done = (text: string, parts: JobParts = {}) => jobIn({ ...DONE, text }, parts);

describe('an answer', () => {
  it('is put into the page, short where it is complex, and empty where it is decorative', async () => {
    const setAlt = vi.fn<NonNullable<FakeAnswers['job.setAlt']>>();
    const port = fakeJobPort({ 'job.setAlt': setAlt });
    const text = 'A chart of sales.\n\nIn 2024, about 10.';
    const { rerender, container } = render(
      <JobBody job={{ ...done(text), purpose: 'complex' }} port={port} />,
    );
    fireEvent.click(button('Set as the image’s alt text'));
    expect(setAlt).toHaveBeenLastCalledWith({
      jobId: 'job-1',
      answerId: '1',
      alt: 'A chart of sales.',
    });
    expect(await screen.findByText(/^Alt text set/)).toBeTruthy();
    rerender(<JobBody job={{ ...done(text, { altSet: true }), purpose: 'complex' }} port={port} />);
    fireEvent.click(button('Undo'));
    expect(setAlt).toHaveBeenLastCalledWith({ jobId: 'job-1', answerId: '1', alt: undefined });
    rerender(<JobBody job={{ ...done(text), purpose: 'decorative' }} port={port} />);
    setAlt.mockRejectedValue(new AppError('altUnsupported'));
    fireEvent.click(button('Mark as decorative'));
    expect(setAlt).toHaveBeenLastCalledWith({ jobId: 'job-1', answerId: '1', alt: '' });
    expect(await screen.findByText('Could not set the alt text.')).toBeTruthy();
    await expectAccessible(container);
  });

  it('is kept as it was changed, and goes back to the model’s words', () => {
    const port = fakeJobPort();
    const job = done('A dog.', { edited: 'My dog.' });
    render(<JobBody job={job} port={port} />);
    fireEvent.click(button('Edit'));
    fireEvent.click(button('Restore the model’s text'));
    fireEvent.click(button('Save'));
    expect(port.asked.mock.calls).toEqual([
      ['job.edit', { jobId: 'job-1', answerId: '1', text: undefined }],
    ]);
    expect(document.activeElement).toBe(button('Edit'));
  });

  it('is not being edited any more once it is asked for again', () => {
    const port = fakeJobPort();
    const { rerender } = render(<JobBody job={done('A dog.')} port={port} />);
    fireEvent.click(button('Edit'));
    expect(screen.queryByRole('textbox')).not.toBeNull();
    rerender(<JobBody job={jobIn(RUNNING)} port={port} />);
    rerender(<JobBody job={done('A pug.')} port={port} />);
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('cannot be emptied', () => {
    const port = fakeJobPort();
    render(<JobBody job={done('A dog.')} port={port} />);
    fireEvent.click(button('Edit'));
    fireEvent.input(screen.getByRole('textbox'), { target: { value: '  ' } });
    fireEvent.click(button('Save'));
    expect(port.asked).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  it('is read aloud and stopped, or says that no voice speaks its language', async () => {
    const speak = vi.fn();
    const cancel = vi.fn();
    const voices = [{ lang: 'de-DE', localService: true }];
    vi.stubGlobal('speechSynthesis', { getVoices: () => voices, speak, cancel });
    vi.stubGlobal('SpeechSynthesisUtterance', EventTarget);
    const german = { ...done('Ein Hund.'), preset: { ...done('').preset, language: 'de' } };
    const { rerender } = render(<JobBody job={german} port={fakeJobPort()} />);
    fireEvent.click(button('Read aloud'));
    await vi.waitFor(() => expect(speak).toHaveBeenCalledOnce());
    cancel.mockClear();
    fireEvent.click(await screen.findByRole('button', { name: 'Stop reading' }));
    expect(cancel).toHaveBeenCalledOnce();
    expect(await screen.findByRole('button', { name: 'Read aloud' })).toBeTruthy();
    const french = { ...german, preset: { ...german.preset, language: 'fr' } };
    rerender(<JobBody job={french} port={fakeJobPort()} />);
    fireEvent.click(button('Read aloud'));
    const words = 'No installed voice speaks this language: French';
    expect(await screen.findByText(words)).toBeTruthy();
  });
});

describe('second opinions', () => {
  it('stand side by side, each difference in words', async () => {
    const job = done('A brown dog on grass.', {
      opinions: [{ state: { ...DONE, text: 'A brown dog with a ball.' } }],
    });
    const port = fakeJobPort();
    const { container } = render(<JobOpinions job={job} port={port} />);
    expect(container.textContent).toContain('Only here: grass');
    expect(container.textContent).toContain('Only here: with, ball');
    expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'grass',
      'with',
      'ball',
    ]);
    fireEvent.click(button('Copy'));
    expect(port.copy).toHaveBeenCalledWith('A brown dog with a ball.');
    await expectAccessible(container);
  });

  it('stay with their question after the next one, under the names of their models', () => {
    const job = JOBS['after a question with two answers'];
    if (!job) throw new Error('no such job');
    const { container } = render(<EarlierTurns job={job} port={fakeJobPort()} />);
    const [turn] = container.querySelectorAll('.turns li');
    expect(turn?.textContent).toBe(`Alt text${DONE.text}Second opinion from otherA cat.`);
  });

  it('can be stopped and asked again after the next question, too', () => {
    const port = fakeJobPort();
    const failed = { status: 'failed', failure: { code: 'interrupted' }, text: 'A d' } as const;
    const first = done('A dog.', { opinions: [{ state: RUNNING }, { state: failed }] });
    const job = changeJob(first, { type: 'questionAsked', question: 'And?' });
    render(<EarlierTurns job={job} port={port} />);
    fireEvent.click(button('Stop'));
    fireEvent.click(button('Retry'));
    expect(port.asked).toHaveBeenCalledWith('job.stop', { jobId: 'job-1', answerId: '2' });
    expect(port.asked).toHaveBeenCalledWith('job.retry', { jobId: 'job-1', answerId: '3' });
  });

  it('can be stopped, and asked again where they failed', () => {
    const port = fakeJobPort();
    const failed = { status: 'failed', failure: { code: 'timedOut' }, text: '' } as const;
    const job = done('A dog.', { opinions: [{ state: RUNNING }, { state: failed }] });
    render(<JobOpinions job={job} port={port} />);
    fireEvent.click(button('Stop'));
    fireEvent.click(button('Retry'));
    expect(port.asked).toHaveBeenCalledWith('job.stop', { jobId: 'job-1', answerId: '2' });
    expect(port.asked).toHaveBeenCalledWith('job.retry', { jobId: 'job-1', answerId: '3' });
  });
});
