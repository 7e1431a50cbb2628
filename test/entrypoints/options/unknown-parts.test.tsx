// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { UnknownParts, type UnknownPartsProps } from '../../../entrypoints/options/unknown-parts';
import { AppError } from '../../../utils/core/errors';
import { expectAccessible } from '../../fixtures/axe';

afterEach(cleanup);

const onDiscard = vi.fn<UnknownPartsProps['onDiscard']>().mockResolvedValue();
const button = (name: string) => screen.getByRole('button', { name });

it('says which settings a newer Descry stored, and discards one when asked twice', async () => {
  const { container, rerender } = render(<UnknownParts parts={['sites']} onDiscard={onDiscard} />);
  expect(
    screen.getByRole('heading', { name: 'Settings from a newer version of Descry' }),
  ).toBeTruthy();
  expect(screen.getByText(/no page context is sent from any site/)).toBeTruthy();
  await expectAccessible(container);
  fireEvent.click(button('Discard'));
  expect(onDiscard).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(button('Keep'));
  await expectAccessible(container);
  fireEvent.click(button('Discard'));
  expect(onDiscard).toHaveBeenCalledWith('sites');
  rerender(<UnknownParts parts={[]} onDiscard={onDiscard} />);
  const said = (await screen.findByText('Discarded.')).closest('[role=status]');
  await vi.waitFor(() => expect(document.activeElement).toBe(said));
});

it('says so where it could not be discarded', async () => {
  onDiscard.mockRejectedValueOnce(new AppError('storageFailed'));
  render(<UnknownParts parts={['menu']} onDiscard={onDiscard} />);
  fireEvent.click(button('Discard'));
  fireEvent.click(button('Discard'));
  expect(await screen.findByText(/The browser could not store this/)).toBeTruthy();
});

it('shows nothing where all is understood', () => {
  const { container } = render(<UnknownParts parts={[]} onDiscard={onDiscard} />);
  expect(container.textContent).toBe('');
});
