// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Options, type OptionsProps } from '../../../entrypoints/options/options';
import { AppError } from '../../../utils/core/errors';
import type { Connection } from '../../../utils/core/vision/connection';
import { expectAccessible } from '../../fixtures/axe';
import { failedAt, fakePort } from '../../fixtures/connection-port';

const CONNECTION: Connection = {
  id: 'openai',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-6-luna',
};

afterEach(cleanup);

const STORED = {
  connections: [CONNECTION],
  keyed: new Set(['openai']),
  keys: 'unprotected' as const,
};

function keys() {
  return {
    onUnlock: vi.fn<OptionsProps['keys']['onUnlock']>().mockResolvedValue(true),
    onLock: vi.fn<OptionsProps['keys']['onLock']>().mockResolvedValue(),
    onSet: vi.fn<OptionsProps['keys']['onSet']>().mockResolvedValue(),
    onRemove: vi.fn<OptionsProps['keys']['onRemove']>().mockResolvedValue(),
    onForgetAll: vi.fn<OptionsProps['keys']['onForgetAll']>().mockResolvedValue(),
  };
}

function menu(more: Partial<OptionsProps['menu']> = {}): OptionsProps['menu'] {
  return {
    everywhere: false,
    onEverywhere: () => Promise.resolve(),
    shortcut: 'Alt+Shift+D',
    onChangeShortcut: undefined,
    ...more,
  };
}

function show(more: Partial<OptionsProps> = {}) {
  const given = {
    stored: STORED,
    granted: new Set<string>(),
    spending: {},
    month: '2026-11',
    keys: keys(),
    version: '1.2.3',
    menu: menu(),
    unknown: { parts: [], onDiscard: () => Promise.resolve() },
    presetsUrl: '/presets.html',
    historyUrl: '/description-history.html',
    port: fakePort(),
    onOncePlainTold: vi.fn<OptionsProps['onOncePlainTold']>(),
    onStoredChange: () => Promise.resolve(),
    onAllow: vi.fn<OptionsProps['onAllow']>(),
    onForgetKey: vi.fn<OptionsProps['onForgetKey']>().mockResolvedValue(),
    onMakeDefault: vi.fn<OptionsProps['onMakeDefault']>().mockResolvedValue(),
    onRemove: vi.fn<OptionsProps['onRemove']>().mockResolvedValue(),
    onChange: vi.fn<OptionsProps['onChange']>().mockResolvedValue(),
    ...more,
  } satisfies OptionsProps;
  return { ...given, ...render(<Options {...given} />) };
}

const button = (name: string) => screen.getByRole('button', { name });

describe('settings', () => {
  it('are accessible with a connection, while it is changed, and without one', async () => {
    const { container } = show();
    await expectAccessible(container);
    fireEvent.click(button('Edit'));
    await expectAccessible(container);
    cleanup();
    show({ stored: { ...STORED, keys: 'locked' } });
    await expectAccessible(document.body);
    cleanup();
    const empty = show({ stored: { ...STORED, connections: [], keyed: new Set() } });
    await expectAccessible(empty.container);
  });

  it('show the connection, and never its key', () => {
    show();
    for (const words of ['OpenAI, api.openai.com', 'gpt-6-luna', 'Stored', 'Descry 1.2.3']) {
      expect(screen.getByText(words)).toBeTruthy();
    }
  });

  it('lead to the licences of what is in Descry', () => {
    show();
    const link = screen.getByRole('link', { name: 'Licences of the software Descry uses' });
    expect(link.getAttribute('href')).toBe('/licences.txt');
  });

  it('ask for the permission inside the click', () => {
    const { onAllow } = show();
    button('Allow').click();
    expect(onAllow).toHaveBeenCalledWith(CONNECTION);
  });

  it('forget a key only when asked twice, and that is heard', async () => {
    const { onForgetKey, container } = show();
    fireEvent.click(button('Delete the key'));
    expect(onForgetKey).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Keep it'));
    await expectAccessible(container);
    fireEvent.click(button('Keep it'));
    expect(document.activeElement).toBe(button('Delete the key'));
    fireEvent.click(button('Delete the key'));
    fireEvent.click(button('Delete'));
    expect(onForgetKey).toHaveBeenCalledWith(CONNECTION);
    const said = (await screen.findByText('The key is deleted.')).closest('[role=status]');
    await vi.waitFor(() => expect(document.activeElement).toBe(said));
  });

  it('say so where a key could not be forgotten', async () => {
    const onForgetKey = vi
      .fn<OptionsProps['onForgetKey']>()
      .mockRejectedValue(new AppError('storageFailed'));
    show({ onForgetKey });
    fireEvent.click(button('Delete the key'));
    fireEvent.click(button('Delete'));
    expect(await screen.findByText(/^The browser could not store this/)).toBeTruthy();
    expect(screen.queryByText('The key is deleted.')).toBeNull();
  });

  it('remove a connection only when asked twice, and that is heard', async () => {
    const { onRemove } = show();
    fireEvent.click(button('Remove connection'));
    expect(onRemove).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Keep'));
    fireEvent.click(button('Keep'));
    expect(document.activeElement).toBe(button('Remove connection'));
    fireEvent.click(button('Remove connection'));
    fireEvent.click(button('Remove'));
    expect(onRemove).toHaveBeenCalledWith(CONNECTION);
    const said = (await screen.findByText('OpenAI was removed.')).closest('[role=status]');
    await vi.waitFor(() => expect(document.activeElement).toBe(said));
  });

  it('list several connections, with what each has used and may cost', async () => {
    const other = { ...CONNECTION, id: 'work', name: 'At work', monthlyCap: 2 };
    const month = { answers: 3, inputTokens: 9000, outputTokens: 300, cost: 0.25, unpriced: 1 };
    const { onMakeDefault, container } = show({
      stored: { ...STORED, connections: [CONNECTION, other] },
      spending: { work: { '2026-11': month, '2026-10': { ...month, cost: 1.5, unpriced: 0 } } },
    });
    const [first, second] = screen.getAllByRole('article');
    expect(first?.textContent).toContain('Default');
    expect(first?.textContent).toContain('Nothing yet');
    expect(second?.textContent).toContain('At work');
    expect(second?.textContent).toContain(
      '3 answers, 9,000 tokens in, 300 out, about $0.25 of $2.00, no known price for 1 of them',
    );
    expect(second?.textContent).toContain('October 2026');
    fireEvent.click(button('Make default'));
    expect(onMakeDefault).toHaveBeenCalledWith(other);
    await expectAccessible(container);
  });

  it('lead to a new connection and back, with the focus', () => {
    show();
    fireEvent.click(button('Add a connection'));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'New connection' }));
    expect(screen.getByLabelText('Name')).toBeTruthy();
    fireEvent.click(button('Back to the list'));
    expect(document.activeElement).toBe(button('Add a connection'));
    fireEvent.click(button('Edit'));
    expect(screen.getByRole('heading', { name: 'Edit OpenAI' })).toBeTruthy();
    // What it is a connection to, it stays.
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('keep a cap of dollars, and let it go', async () => {
    const { onChange } = show();
    const field = screen.getByLabelText('Monthly limit in US dollars');
    for (const wrong of ['much', '-1', '1000000']) {
      fireEvent.input(field, { target: { value: wrong } });
      fireEvent.change(field);
      expect(`${wrong}: ${field.getAttribute('aria-invalid')}`).toBe(`${wrong}: true`);
    }
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.input(field, { target: { value: '2,50' } });
    fireEvent.change(field);
    expect(onChange).toHaveBeenLastCalledWith({
      id: 'openai',
      set: { monthlyCap: 2.5 },
      unset: [],
    });
    fireEvent.input(field, { target: { value: '' } });
    fireEvent.change(field);
    expect(onChange).toHaveBeenLastCalledWith({ id: 'openai', set: {}, unset: ['monthlyCap'] });
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('say once that keys were stored in plain text', async () => {
    const { onOncePlainTold, container } = show({ stored: { ...STORED, oncePlain: true } });
    expect(screen.getByText(/old copies may remain/)).toBeTruthy();
    await expectAccessible(container);
    fireEvent.click(button('Got it'));
    expect(onOncePlainTold).toHaveBeenCalledOnce();
    expect(document.activeElement?.textContent).toBe('Keys');
    cleanup();
    show();
    expect(screen.queryByText(/old copies may remain/)).toBeNull();
  });

  it('offer nothing but an end of keys that cannot be read', async () => {
    const { container } = show({ stored: { ...STORED, keyed: new Set(), keys: 'unreadable' } });
    expect(screen.getByText(/The stored keys cannot be read/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Lock with a passphrase' })).toBeNull();
    expect(button('Delete all keys')).toBeTruthy();
    await expectAccessible(container);
  });

  it.each([
    ['keyRefused', 'the key'],
    ['capReached', 'this connection’s monthly limit, under Time-out and monthly limit'],
    ['rateLimited', 'your account’s limits at the provider, or wait a little'],
  ] as const)('check a connection, and name what %s needs changed', async (code, setting) => {
    const port = fakePort();
    const { container } = show({ port });
    const report = failedAt('key', { code });
    port.check.mockResolvedValue({ ok: true, value: { report, resumedJobIds: [] } });
    fireEvent.click(button('Check connection'));
    expect(await screen.findByText('Failed at: The key is accepted')).toBeTruthy();
    expect(screen.getByText(`To change: ${setting}`)).toBeTruthy();
    await expectAccessible(container);
  });

  it('store how long to wait, when it is a number of seconds', async () => {
    const { onChange } = show();
    const field = screen.getByLabelText('Time-out (seconds without an answer)');
    expect(field).toHaveProperty('value', '120');
    for (const wrong of ['', 'soon', '0', '4000']) {
      fireEvent.input(field, { target: { value: wrong } });
      fireEvent.change(field);
      expect(`${wrong}: ${field.getAttribute('aria-invalid')}`).toBe(`${wrong}: true`);
    }
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.input(field, { target: { value: '30' } });
    fireEvent.change(field);
    expect(onChange).toHaveBeenCalledWith({
      id: 'openai',
      set: { firstWordSeconds: 30 },
      unset: [],
    });
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('store whether the server fetches addresses', () => {
    const { onChange } = show();
    fireEvent.click(screen.getByRole('checkbox', { name: /^Let the server download/ }));
    expect(onChange).toHaveBeenCalledWith({
      id: 'openai',
      set: { takesUrls: false },
      unset: [],
    });
  });

  it('store whether the menu is offered on everything, and say where that fails', async () => {
    const onEverywhere = vi.fn<OptionsProps['menu']['onEverywhere']>().mockResolvedValue();
    show({ menu: menu({ onEverywhere }) });
    const box = screen.getByRole('checkbox', { name: /^Show Descry in every/ });
    fireEvent.click(box);
    expect(onEverywhere).toHaveBeenCalledWith(true);
    onEverywhere.mockRejectedValue(new AppError('storageFailed'));
    fireEvent.click(box);
    expect(await screen.findByText(/^The browser could not store this/)).toBeTruthy();
  });

  it('wait for the stored choice before they let it be changed', () => {
    show({ menu: menu({ everywhere: undefined }) });
    expect(screen.getByRole('checkbox', { name: /^Show Descry/ })).toHaveProperty('disabled', true);
  });

  it('say the key that picks an image, and where to change it', () => {
    const { rerender, ...given } = show();
    expect(screen.getByText('Pick an image by keyboard: Alt+Shift+D')).toBeTruthy();
    expect(screen.getByText(/chrome:\/\/extensions\/shortcuts/)).toBeTruthy();
    const onChangeShortcut = vi.fn();
    rerender(<Options {...given} menu={menu({ shortcut: '', onChangeShortcut })} />);
    expect(screen.getByText('Pick an image by keyboard: no shortcut set')).toBeTruthy();
    expect(screen.queryByText(/chrome:/)).toBeNull();
    fireEvent.click(button('Change the shortcut'));
    expect(onChangeShortcut).toHaveBeenCalledOnce();
  });
});
