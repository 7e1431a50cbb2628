// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { App } from '../../../entrypoints/presets/app';
import { messenger } from '../../../utils/browser/messaging/messenger';
import { expectAccessible } from '../../fixtures/axe';
import { listenAsBackground, type FakeAnswers } from '../../fixtures/background';

const change = vi.fn<NonNullable<FakeAnswers['presets.change']>>();

beforeEach(() => {
  fakeBrowser.reset();
  listenAsBackground({ 'presets.change': change });
});

afterEach(() => {
  cleanup();
  messenger.removeAllListeners();
  vi.resetAllMocks();
});

it('is accessible before its presets arrive, and with one open', async () => {
  const { container } = render(<App />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Presets');
  await expectAccessible(container);
  fireEvent.click(await screen.findByRole('button', { name: /^Alt text/ }));
  expect(screen.getByLabelText('Prompt')).toBeTruthy();
  await expectAccessible(container);
});

it('takes a file itself, and sends what is in it', async () => {
  const { container } = render(<App />);
  await screen.findByRole('button', { name: 'Import' });
  const chosen = vi.spyOn(HTMLInputElement.prototype, 'click');
  fireEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(chosen).toHaveBeenCalledOnce();
  const own = { id: 'own', name: 'From a file', prompt: 'What is in the file?' };
  const json = JSON.stringify({ format: 'descry-presets', version: 1, presets: [own] });
  const input = container.querySelector('input[type="file"]') ?? container;
  fireEvent.change(input, { target: { files: [new File([json], 'presets.json')] } });
  await vi.waitFor(() =>
    expect(change.mock.calls).toMatchObject([[{ change: { kind: 'import', presets: [own] } }]]),
  );
});
