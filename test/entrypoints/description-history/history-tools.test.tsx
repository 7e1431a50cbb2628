// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/preact';
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../utils/core/errors';
import type { Imported } from '../../../utils/browser/history/import';
import { expectAccessible } from '../../fixtures/axe';
import { button, openAll, showHistory, withAllInSight } from '../../fixtures/history-page';

withAllInSight();

describe('how long it is kept', () => {
  it('is chosen at once where nothing goes, and asked twice where something does', async () => {
    const { onKeep, wouldDelete } = showHistory();
    openAll();
    fireEvent.input(screen.getByLabelText('Days'), { target: { value: '0' } });
    expect(screen.getByText('Enter a number from 1 to 3,650.')).toBeTruthy();
    fireEvent.click(button('Save'));
    fireEvent.input(screen.getByLabelText('Days'), { target: { value: '30' } });
    fireEvent.click(button('Save'));
    expect(await screen.findByText('Saved')).toBeTruthy();
    expect(onKeep.mock.calls).toEqual([[{ kind: 'days', days: 30 }]]);

    wouldDelete.mockResolvedValue(7);
    fireEvent.click(screen.getByLabelText('Nothing'));
    fireEvent.click(button('Save'));
    expect((await screen.findByText(/deletes 7 descriptions/)).getAttribute('role')).toBe('alert');
    await vi.waitFor(() => expect(document.activeElement).toBe(button('Cancel')));
    await expectAccessible(document.body);
    expect(onKeep).toHaveBeenCalledOnce();
    fireEvent.click(button('Delete and save'));
    await vi.waitFor(() => expect(onKeep).toHaveBeenLastCalledWith({ kind: 'nothing' }));
  });

  it('says where it could not be stored', async () => {
    const { onKeep } = showHistory();
    openAll();
    onKeep.mockRejectedValue(new AppError('storageFailed'));
    fireEvent.click(screen.getByLabelText('A number of descriptions'));
    fireEvent.click(button('Save'));
    expect(await screen.findByText(/^The browser could not store this/)).toBeTruthy();
    expect(onKeep).toHaveBeenCalledWith({ kind: 'entries', entries: 1_000 });
  });
});

describe('files', () => {
  const imported = { added: 312, present: 4, expired: 0, bad: 1, badPlaces: [17] };
  const give = () => {
    const input = document.querySelector('input[type="file"]');
    if (!input) throw new Error('no input');
    fireEvent.change(input, { target: { files: [new File(['{}'], 'a.json')] } });
  };

  it('are written, with progress and the outcome in words', async () => {
    const { onExport } = showHistory();
    openAll();
    for (const form of ['JSON', 'CSV', 'Markdown']) {
      fireEvent.click(button(`Export ${form}`));
      expect(await screen.findByText('3 descriptions exported.')).toBeTruthy();
    }
    expect(onExport.mock.calls.map(([format]) => format)).toEqual(['json', 'csv', 'markdown']);
  });

  it.each<[Partial<Imported>, string]>([
    [{}, '312 added, 4 already there, 1 unreadable (entry 17).'],
    [{ bad: 0, present: 0, expired: 2 }, '312 added, 2 skipped (too old).'],
    [
      { added: 0, present: 1, bad: 9, badPlaces: [1, 2] },
      'None added, 1 already there, 9 unreadable (entries 1, 2 and others).',
    ],
  ])('are read, with the outcome in words', async (more, words) => {
    const { onImport } = showHistory();
    openAll();
    onImport.mockResolvedValue({ ok: true, imported: { ...imported, end: 'whole', ...more } });
    give();
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('that are no good are named so', async () => {
    const { onImport, container } = showHistory();
    openAll();
    onImport.mockResolvedValue({ ok: true, imported: { ...imported, end: 'cut' } });
    give();
    expect(await screen.findByText(/file is incomplete/)).toBeTruthy();
    for (const [fault, words] of [
      ['newer', /newer version of Descry/],
      ['otherKind', /not a history/],
      ['keepsNothing', /set to keep nothing/],
    ] as const) {
      onImport.mockResolvedValue({ ok: false, fault });
      give();
      expect(await screen.findByText(words)).toBeTruthy();
    }
    vi.spyOn(console, 'error').mockReturnValue();
    onImport.mockRejectedValue(new AppError('historyFull'));
    give();
    expect(await screen.findByText(/no space left for the history/)).toBeTruthy();
    await expectAccessible(container);
  });
});

it('all is deleted only when asked twice, and Undo has the focus', () => {
  const { onDeleteAll, change } = showHistory();
  openAll();
  fireEvent.click(button('Delete all…'));
  expect(document.activeElement).toBe(button('Keep'));
  fireEvent.click(button('Delete all'));
  expect(onDeleteAll).toHaveBeenCalledOnce();
  const onUndo = vi.fn();
  change({ done: { words: 'Gone', onUndo }, problem: 'No' });
  expect(document.activeElement).toBe(button('Undo'));
  expect(within(screen.getAllByRole('alert').at(-1) ?? document.body).getByText('No')).toBeTruthy();
  fireEvent.click(button('Undo'));
  expect(onUndo).toHaveBeenCalledOnce();
});
