// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../../fixtures/axe';
import {
  button,
  FACETS,
  found,
  openAll,
  showHistory,
  viewOf,
  withAllInSight,
} from '../../fixtures/history-page';
import { numbered } from '../../fixtures/history';
import { DONE, JOBS } from '../../fixtures/job-states';
import { jobIn } from '../../fixtures/jobs';

withAllInSight();

describe('the history', () => {
  it('is accessible in every state of a job, folded and whole, with all that is folded open', async () => {
    const jobs = Object.values(JOBS).map(numbered);
    const { container } = showHistory({
      view: viewOf(found(jobs)),
      done: { words: 'Done', onUndo: () => undefined },
    });
    openAll();
    await expectAccessible(container);
    for (const each of screen.getAllByRole('button', { name: 'More' })) fireEvent.click(each);
    await expectAccessible(container);
  });

  it.each(['historyBlocked', 'historyNewer', 'historyFull', 'historyBroken'] as const)(
    'says why it cannot be opened: %s',
    async (code) => {
      const failed = viewOf({ status: 'failed', code });
      const given = showHistory({ view: failed });
      const alert = screen.getAllByRole('alert')[0];
      expect(alert?.textContent).toMatch(/history/i);
      await expectAccessible(given.container);
      fireEvent.click(button('Retry'));
      expect(failed.refresh).toHaveBeenCalledOnce();
      const anew = screen.queryByRole('button', { name: 'Start a new history' });
      expect(anew !== null).toBe(code === 'historyBroken');
      if (!anew) return;
      fireEvent.click(anew);
      expect(given.onStartAnew).not.toHaveBeenCalled();
      expect(document.activeElement).toBe(button('Cancel'));
      fireEvent.click(button('Start a new one'));
      expect(given.onStartAnew).toHaveBeenCalledOnce();
    },
  );

  it('teaches where there is nothing, and says so where nothing fits or is kept', async () => {
    const none = found([], { facets: { ...FACETS, count: 0 } });
    const { container } = showHistory({ view: viewOf(none) });
    expect(screen.getByText(/^Right-click any image/).textContent).toContain('Describe this image');
    expect(screen.queryByText('Delete')).toBeNull();
    await expectAccessible(container);
    cleanup();
    showHistory({ view: viewOf(none), retention: { kind: 'nothing' } });
    expect(screen.getByText(/is set to keep nothing/)).toBeTruthy();
    cleanup();
    showHistory({ view: viewOf(found([])), filter: { words: 'x' } });
    expect(screen.getByText('No matches')).toBeTruthy();
    expect(screen.getByText('None of 9 descriptions')).toBeTruthy();
    await expectAccessible(document.body);
    cleanup();
    await expectAccessible(showHistory({ view: viewOf({ status: 'opening' }) }).container);
  });

  it('filters by words, choices and whole days, and clears them', () => {
    const { onFilter, change } = showHistory();
    const filtered = (label: string | RegExp, value: string) => {
      const field = screen.getByLabelText(label);
      fireEvent.input(field, { target: { value } });
      fireEvent.change(field, { target: { value } });
      return onFilter.mock.lastCall?.[0];
    };
    expect(filtered('Search', 'dog')).toEqual({ words: 'dog' });
    expect(filtered('Site', 'a.example')).toEqual({ site: 'a.example' });
    expect(filtered('Preset', 'Alt text')).toEqual({ presetName: 'Alt text' });
    expect(filtered('Model', 'm')).toEqual({ model: 'm' });
    expect(filtered('From', '2026-11-20')).toEqual({ from: new Date(2026, 10, 20).getTime() });
    const until = new Date(2026, 10, 21).getTime();
    expect(filtered('To', '2026-11-20')).toEqual({ until });
    change({ filter: { until, site: 'gone' } });
    expect(screen.getByLabelText('To')).toHaveProperty('value', '2026-11-20');
    expect(screen.getByLabelText('Site')).toHaveProperty('value', 'gone');
    fireEvent.click(button('Clear search and filters'));
    expect(onFilter).toHaveBeenLastCalledWith({});
  });

  it('shows more from where it ended, with the focus', () => {
    const jobs = [1, 2, 3].map((at) => jobIn(DONE, { id: `job-${at}` }));
    const first = viewOf(found(jobs.slice(0, 2), { count: 3 }));
    const { change } = showHistory({ view: first });
    fireEvent.click(button('Show more'));
    expect(first.more).toHaveBeenCalledOnce();
    change({ view: viewOf(found(jobs)) });
    expect(document.activeElement?.id).toBe('item-job-3');
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });
});

describe('an entry', () => {
  it('opens, copies, leads to its page, and is deleted', async () => {
    const { port } = showHistory();
    fireEvent.click(button('Open'));
    expect(port.open).toHaveBeenCalledWith('job-1');
    fireEvent.click(button('Copy'));
    expect(await screen.findAllByText('Copied')).toHaveLength(2);
    expect(port.copy).toHaveBeenCalledWith(DONE.text);
    const link = screen.getByRole('link', { name: 'Open page' });
    expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([
      'https://pages.example.com/dogs',
      'noreferrer',
    ]);
    fireEvent.click(button('Delete'));
    expect(port.remove).toHaveBeenCalledWith('job-1');
    expect(port.thumbnail).toHaveBeenCalledWith('job-1');
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', ''])(
    'offers no way to the page at "%s"',
    (pageUrl) => {
      showHistory({
        view: viewOf(found([jobIn(DONE, { image: { ...jobIn(DONE).image, pageUrl } })])),
      });
      expect(screen.queryByRole('link')).toBeNull();
    },
  );

  it.each([
    ['Interrupted', jobIn({ status: 'failed', failure: { code: 'interrupted' }, text: 'A' })],
    ['Stopped', jobIn({ status: 'stopped', text: 'A' })],
    ['The key was refused', jobIn({ status: 'failed', failure: { code: 'keyRefused' }, text: '' })],
    ['Cut off at the length limit', jobIn({ ...DONE, cut: true })],
    ['Edited by you', jobIn(DONE, { edited: 'Mine' })],
    ['In progress', jobIn({ status: 'queued' })],
    ['Waiting for a model', jobIn({ status: 'waiting' })],
  ])('that is not simply there is marked: %s', (words, job) => {
    showHistory({ view: viewOf(found([job])) });
    const item = screen.getByRole('listitem', { name: 'Alt text' });
    expect(item.querySelector('.entry-mark')?.textContent).toBe(words);
  });

  it('shows a conversation when it is unfolded', () => {
    const job = JOBS['in a conversation'];
    if (!job) throw new Error('no such job');
    showHistory({ view: viewOf(found([job])) });
    expect(screen.queryByText('Is it happy?')).toBeNull();
    fireEvent.click(button('More'));
    expect(screen.getByText('Is it happy?')).toBeTruthy();
    expect(button('Less').getAttribute('aria-expanded')).toBe('true');
  });
});
