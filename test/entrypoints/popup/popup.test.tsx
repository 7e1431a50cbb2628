// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import type { ComponentProps } from 'preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Popup as ViewedPopup } from '../../../entrypoints/popup/popup';
import type { Job } from '../../../utils/core/jobs/job';
import { expectAccessible } from '../../fixtures/axe';
import { DONE, JOBS } from '../../fixtures/job-states';
import { fakeJobPort } from '../../fixtures/job-port';
import { jobIn, RUNNING, SENT_BYTES } from '../../fixtures/jobs';
import { stateOf } from '../../../utils/core/jobs/turns';

Element.prototype.scrollIntoView = () => undefined;
afterEach(cleanup);

type Props = ComponentProps<typeof ViewedPopup>;

/** Keeps the view, as the app does. */
function Popup(given: Props) {
  const [view, setView] = useState(given.view);
  return <ViewedPopup {...given} view={view} onView={setView} />;
}

function props(
  jobs: readonly Job[] | undefined,
  more: Partial<Omit<Props, 'port'>> & { port?: ReturnType<typeof fakeJobPort> } = {},
) {
  return {
    view: 'results',
    onView: vi.fn<Props['onView']>(),
    images: {
      list: { status: 'looking' },
      onLook: vi.fn(),
      onPick: vi.fn(),
      onView: vi.fn(),
      onDescribe: vi.fn(),
      onCompare: vi.fn(),
      onFile: vi.fn(),
    },
    dragging: false,
    giving: false,
    jobs: jobs && new Map(jobs.map((job) => [job.id, job])),
    tray: { chosen: [], onCompare: vi.fn(), onRemove: vi.fn() },
    connected: true,
    presets: {},
    onHistory: vi.fn<Props['onHistory']>(),
    problem: undefined,
    onRemove: vi.fn<Props['onRemove']>(),
    onReveal: vi.fn<Props['onReveal']>(),
    port: fakeJobPort(),
    ...more,
  } satisfies Props;
}

const tab = (name: string) => screen.getByRole('tab', { name });
const button = (name: string) => screen.getByRole('button', { name });

describe('Popup', () => {
  it('is accessible in every state of a job', async () => {
    const jobs = Object.values(JOBS).map((job, at) => jobIn(stateOf(job), { id: `job-${at}` }));
    const { container } = render(<Popup {...props(jobs)} />);
    await expectAccessible(container);
  });

  it('is usable before its data arrives', async () => {
    const { container } = render(<Popup {...props(undefined, { connected: undefined })} />);
    expect(tab('Results').getAttribute('aria-selected')).toBe('true');
    expect(button('Settings')).toBeTruthy();
    await expectAccessible(container);
  });

  it('teaches the right-click while there is nothing to show', async () => {
    const { container } = render(<Popup {...props([])} />);
    expect(screen.getByText(/^Right-click any image/).textContent).toContain('Describe this image');
    await expectAccessible(container);
  });

  it('leads to the history, and says why nothing comes into it', async () => {
    const given = props([], { historyProblem: 'historyFull' });
    const { container } = render(<Popup {...given} />);
    fireEvent.click(screen.getByRole('link', { name: 'History' }));
    expect(given.onHistory).toHaveBeenCalledOnce();
    expect(screen.getByText(/^There is no space left for the history\. Delete part/)).toBeTruthy();
    await expectAccessible(container);
  });

  it('offers to connect a model where there is none', () => {
    const given = props([], { connected: false });
    render(<Popup {...given} />);
    fireEvent.click(button('Connect a model'));
    expect(given.port.asked).toHaveBeenCalledWith('settings.open', { page: 'welcome' });
  });

  it('tells of a call that failed', () => {
    render(<Popup {...props([], { problem: 'The page is closed.' })} />);
    expect(screen.getByRole('alert').textContent).toBe('The page is closed.');
  });

  it('says that a file is being opened, and where it may be dropped', () => {
    render(<Popup {...props([], { giving: true, dragging: true })} />);
    expect(screen.getByText('Opening the image…')).toBeTruthy();
    expect(screen.getByText('Drop the image here')).toBeTruthy();
  });

  it('changes tabs by keyboard, with one tab in the tab order', () => {
    render(<Popup {...props([])} />);
    tab('Results').focus();
    fireEvent.keyDown(tab('Results'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(tab('Images'));
    expect(tab('Images').getAttribute('aria-selected')).toBe('true');
    expect(tab('Results').tabIndex).toBe(-1);
    expect(document.querySelector('#panel-results')).toHaveProperty('hidden', true);
    fireEvent.keyDown(tab('Images'), { key: 'ArrowRight' });
    fireEvent.keyDown(tab('Presets'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(tab('Results'));
    fireEvent.keyDown(tab('Results'), { key: 'End' });
    expect(document.activeElement).toBe(tab('Presets'));
    fireEvent.keyDown(tab('Presets'), { key: 'Home' });
    expect(document.activeElement).toBe(tab('Results'));
  });
});

describe('a result', () => {
  it('can be stopped, copied, asked again, deleted, and found on its page', () => {
    const given = props([jobIn(RUNNING, { id: 'a' }), jobIn(DONE, { id: 'b' })]);
    render(<Popup {...given} />);
    const [running, done] = screen.getAllByRole('listitem').map((item) => within(item));
    fireEvent.click(running?.getByRole('button', { name: 'Stop' }) ?? document.body);
    for (const name of ['Copy', 'Retry', 'Delete', 'Show on the page']) {
      fireEvent.click(done?.getByRole('button', { name }) ?? document.body);
    }
    expect(given.port.asked).toHaveBeenCalledWith('job.stop', { jobId: 'a', answerId: '1' });
    expect(given.port.copy).toHaveBeenCalledWith(DONE.text);
    expect(given.port.asked).toHaveBeenCalledWith('job.retry', {
      jobId: 'b',
      answerId: '1',
      longer: false,
    });
    expect(given.onRemove).toHaveBeenCalledWith('b');
    expect(given.onReveal).toHaveBeenCalledWith('b');
  });

  it('opens to the whole text and what was sent', () => {
    render(<Popup {...props([jobIn(DONE)])} />);
    expect(screen.queryByText(/^Sent to/)).toBeNull();
    fireEvent.click(button('More'));
    expect(button('Less').getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText(/^Sent to/)).toBeTruthy();
  });

  it('asks for the image that was sent, by its job', async () => {
    const port = fakeJobPort();
    const job = jobIn({ ...DONE, sent: SENT_BYTES }, { id: 'a' });
    const { container } = render(<Popup {...props([job], { port })} />);
    expect(screen.queryByText('What was sent')).toBeNull();
    fireEvent.click(button('More'));
    fireEvent.click(screen.getByText('What was sent'));
    expect(await screen.findByText('The image that was sent is not stored here.')).toBeTruthy();
    expect(port.asked.mock.calls).toEqual([['job.image', { jobId: 'a' }]]);
    await expectAccessible(container);
  });

  it('stays silent where it was there already, and is heard where it is at work', () => {
    const { rerender } = render(<Popup {...props([jobIn(DONE)])} />);
    const item = () => within(screen.getByRole('listitem'));
    // Those of the two ways to copy.
    expect(item().getAllByRole('status')).toHaveLength(2);
    rerender(<Popup {...props([jobIn({ status: 'queued' })])} />);
    rerender(<Popup {...props([jobIn(DONE)])} />);
    expect(item().getAllByRole('status')).toHaveLength(3);
  });

  it('opens and takes the focus where it was just asked for', () => {
    const jobs = [jobIn(RUNNING, { id: 'a' }), jobIn(DONE, { id: 'b' })];
    const { rerender } = render(<Popup {...props(jobs)} />);
    rerender(<Popup {...props(jobs, { askedJobId: 'a' })} />);
    const [asked, other] = screen.getAllByRole('listitem');
    expect(document.activeElement).toBe(asked);
    expect(within(asked ?? document.body).getByRole('button', { name: 'Less' })).toBeTruthy();
    expect(within(other ?? document.body).getByRole('button', { name: 'More' })).toBeTruthy();
  });

  it('of a file has its name, and no page to go to', () => {
    const image = { ...jobIn(DONE).image, kind: 'file', name: 'dog.png', pageUrl: '' } as const;
    render(<Popup {...props([jobIn(DONE, { image })])} />);
    expect(screen.getByText('dog.png')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show on the page' })).toBeNull();
  });
});
