// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { Keys, type KeysProps } from '../../../entrypoints/options/keys';
import { AppError } from '../../../utils/core/errors';

afterEach(cleanup);

function show({ state = 'unprotected' }: Partial<Pick<KeysProps, 'state'>> = {}) {
  const events = {
    onUnlock: vi.fn<KeysProps['onUnlock']>().mockResolvedValue(true),
    onLock: vi.fn<KeysProps['onLock']>().mockResolvedValue(),
    onSet: vi.fn<KeysProps['onSet']>().mockResolvedValue(),
    onRemove: vi.fn<KeysProps['onRemove']>().mockResolvedValue(),
    onForgetAll: vi.fn<KeysProps['onForgetAll']>().mockResolvedValue(),
  };
  render(<Keys state={state} any {...events} />);
  return events;
}

const button = (name: string) => screen.getByRole('button', { name });

it('are put under a passphrase that is long enough and typed twice', () => {
  const given = show();
  fireEvent.click(button('Lock with a passphrase'));
  const first = screen.getByLabelText('New passphrase');
  expect(document.activeElement).toBe(first);
  fireEvent.input(first, { target: { value: 'correct horse' } });
  fireEvent.input(screen.getByLabelText('Repeat passphrase'), { target: { value: 'correct' } });
  fireEvent.click(button('Set passphrase'));
  expect(screen.getByText('The passphrases don’t match.')).toBeTruthy();
  expect(given.onSet).not.toHaveBeenCalled();
  fireEvent.input(screen.getByLabelText('Repeat passphrase'), {
    target: { value: 'correct horse' },
  });
  fireEvent.click(button('Set passphrase'));
  expect(given.onSet).toHaveBeenCalledWith('correct horse');
});

it('are opened by the passphrase; another is told', async () => {
  const given = show({ state: 'locked' });
  given.onUnlock.mockResolvedValue(false);
  fireEvent.input(screen.getByLabelText('Passphrase'), { target: { value: 'wrong' } });
  fireEvent.click(button('Unlock'));
  expect(await screen.findByText('Wrong passphrase.')).toBeTruthy();
  expect(given.onUnlock).toHaveBeenCalledWith('wrong');
});

it('are all forgotten only when asked twice', async () => {
  const given = show();
  fireEvent.click(button('Delete all keys'));
  expect(given.onForgetAll).not.toHaveBeenCalled();
  fireEvent.click(button('Keep them'));
  fireEvent.click(button('Delete all keys'));
  fireEvent.click(button('Delete all'));
  expect(given.onForgetAll).toHaveBeenCalledOnce();
  const said = (await screen.findByText('All keys are deleted.')).closest('[role=status]');
  await vi.waitFor(() => expect(document.activeElement).toBe(said));
});

it('are not said to be forgotten where they are not', async () => {
  const given = show();
  given.onForgetAll.mockRejectedValue(new AppError('storageFailed'));
  fireEvent.click(button('Delete all keys'));
  fireEvent.click(button('Delete all'));
  expect(await screen.findByText(/^The browser could not store this/)).toBeTruthy();
  expect(screen.queryByText('All keys are deleted.')).toBeNull();
});
