// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Options, type OptionsProps } from '../../../entrypoints/options/options';
import type { Connection } from '../../../utils/vision/connection';
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
    promptsUrl: '/popup.html',
    historyUrl: '/history.html',
    port: fakePort(),
    onStoredChange: () => Promise.resolve(),
    onAllow: vi.fn<OptionsProps['onAllow']>(),
    onForgetKey: vi.fn<OptionsProps['onForgetKey']>(),
    onMakeDefault: vi.fn<OptionsProps['onMakeDefault']>(),
    onRemove: vi.fn<OptionsProps['onRemove']>(),
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
    fireEvent.click(button('Change'));
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
    const link = screen.getByRole('link', { name: 'Licences of what Descry is made with' });
    expect(link.getAttribute('href')).toBe('/licences.txt');
  });

  it('ask for the permission inside the click, and forget the key', () => {
    const { onAllow, onForgetKey } = show();
    button('Allow').click();
    expect(onAllow).toHaveBeenCalledWith(CONNECTION);
    fireEvent.click(button('Forget the key'));
    expect(onForgetKey).toHaveBeenCalledWith(CONNECTION);
  });

  it('remove a connection only when asked twice', () => {
    const { onRemove } = show();
    fireEvent.click(button('Remove connection'));
    expect(onRemove).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Keep'));
    fireEvent.click(button('Keep'));
    expect(document.activeElement).toBe(button('Remove connection'));
    fireEvent.click(button('Remove connection'));
    fireEvent.click(button('Remove'));
    expect(onRemove).toHaveBeenCalledWith(CONNECTION);
  });

  it('list several connections, with what each has used and may cost', async () => {
    const other = { ...CONNECTION, id: 'work', name: 'At work', monthlyCap: 2 };
    const month = { answers: 3, inputTokens: 9000, outputTokens: 300, cost: 0.25, unpriced: 1 };
    const { onMakeDefault, container } = show({
      stored: { ...STORED, connections: [CONNECTION, other] },
      spending: { work: { '2026-11': month, '2026-10': { ...month, cost: 1.5, unpriced: 0 } } },
    });
    const [first, second] = screen.getAllByRole('article');
    expect(first?.textContent).toContain('Asked by default');
    expect(first?.textContent).toContain('Nothing yet');
    expect(second?.textContent).toContain('At work');
    expect(second?.textContent).toContain(
      '3 answers, 9,000 tokens in, 300 out, about $0.25 of $2.00, for 1 of them no price is known',
    );
    expect(second?.textContent).toContain('October 2026');
    fireEvent.click(button('Ask this one by default'));
    expect(onMakeDefault).toHaveBeenCalledWith(other);
    await expectAccessible(container);
  });

  it('lead to a new connection and back, with the focus', () => {
    show();
    fireEvent.click(button('Add a connection'));
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'A new connection' }));
    expect(screen.getByLabelText('Name')).toBeTruthy();
    fireEvent.click(button('Back to the list'));
    expect(document.activeElement).toBe(button('Add a connection'));
    fireEvent.click(button('Change'));
    expect(screen.getByRole('heading', { name: 'Change OpenAI' })).toBeTruthy();
    // What it is a connection to, it stays.
    expect(screen.queryByRole('radio')).toBeNull();
  });

  it('keep a cap of dollars, and let it go', async () => {
    const { onChange } = show();
    const field = screen.getByLabelText('Cap for a month, in US dollars');
    for (const wrong of ['much', '-1', '1000000']) {
      fireEvent.input(field, { target: { value: wrong } });
      fireEvent.change(field);
      expect(`${wrong}: ${field.getAttribute('aria-invalid')}`).toBe(`${wrong}: true`);
    }
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.input(field, { target: { value: '2,50' } });
    fireEvent.change(field);
    expect(onChange).toHaveBeenLastCalledWith({ ...CONNECTION, monthlyCap: 2.5 });
    fireEvent.input(field, { target: { value: '' } });
    fireEvent.change(field);
    expect(onChange).toHaveBeenLastCalledWith(CONNECTION);
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('set a passphrase that is long enough and typed twice', () => {
    const given = keys();
    show({ keys: given });
    fireEvent.click(button('Lock with a passphrase'));
    const first = screen.getByLabelText('New passphrase');
    expect(document.activeElement).toBe(first);
    fireEvent.input(first, { target: { value: 'correct horse' } });
    fireEvent.input(screen.getByLabelText('The same once more'), { target: { value: 'correct' } });
    fireEvent.click(button('Set passphrase'));
    expect(screen.getByText('The two are not the same.')).toBeTruthy();
    expect(given.onSet).not.toHaveBeenCalled();
    fireEvent.input(screen.getByLabelText('The same once more'), {
      target: { value: 'correct horse' },
    });
    fireEvent.click(button('Set passphrase'));
    expect(given.onSet).toHaveBeenCalledWith('correct horse');
  });

  it('unlock with the passphrase, and say when it is another', async () => {
    const given = keys();
    given.onUnlock.mockResolvedValue(false);
    show({ stored: { ...STORED, keys: 'locked' }, keys: given });
    fireEvent.input(screen.getByLabelText('Passphrase'), { target: { value: 'wrong' } });
    fireEvent.click(button('Unlock'));
    expect(await screen.findByText('That is not the passphrase.')).toBeTruthy();
    expect(given.onUnlock).toHaveBeenCalledWith('wrong');
  });

  it('forget all keys only when asked twice', async () => {
    const given = keys();
    show({ keys: given });
    fireEvent.click(button('Forget all keys'));
    expect(given.onForgetAll).not.toHaveBeenCalled();
    fireEvent.click(button('Keep them'));
    fireEvent.click(button('Forget all keys'));
    fireEvent.click(button('Forget all'));
    expect(given.onForgetAll).toHaveBeenCalledOnce();
    expect(await screen.findByText('All keys are forgotten.')).toBeTruthy();
  });

  it.each([
    ['keyRefused', 'the key'],
    ['capReached', 'the cap of this connection, under Requests and cap'],
    ['rateLimited', 'the limits of the account, at the provider; or wait a little'],
  ] as const)('check a connection, and name what %s needs changed', async (code, setting) => {
    const port = fakePort();
    const { container } = show({ port });
    const report = failedAt('key', { code });
    port.check.mockResolvedValue({ ok: true, value: { report, resumedJobIds: [] } });
    fireEvent.click(button('Check the connection'));
    expect(await screen.findByText('Something is in the way at: The key is accepted')).toBeTruthy();
    expect(screen.getByText(`To change: ${setting}`)).toBeTruthy();
    await expectAccessible(container);
  });

  it('store how long to wait, when it is a number of seconds', async () => {
    const { onChange } = show();
    const field = screen.getByLabelText('Give up when no word comes for');
    expect(field).toHaveProperty('value', '120');
    for (const wrong of ['', 'soon', '0', '4000']) {
      fireEvent.input(field, { target: { value: wrong } });
      fireEvent.change(field);
      expect(`${wrong}: ${field.getAttribute('aria-invalid')}`).toBe(`${wrong}: true`);
    }
    expect(onChange).not.toHaveBeenCalled();
    fireEvent.input(field, { target: { value: '30' } });
    fireEvent.change(field);
    expect(onChange).toHaveBeenCalledWith({ ...CONNECTION, firstWordSeconds: 30 });
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('store whether the server fetches addresses', () => {
    const { onChange } = show();
    fireEvent.click(screen.getByRole('checkbox', { name: /^The server may fetch/ }));
    expect(onChange).toHaveBeenCalledWith({ ...CONNECTION, takesUrls: false });
  });

  it('store whether the menu is offered on everything, and say where that fails', async () => {
    const onEverywhere = vi.fn<OptionsProps['menu']['onEverywhere']>().mockResolvedValue();
    show({ menu: menu({ onEverywhere }) });
    const box = screen.getByRole('checkbox', { name: /^Offer Descry on everything/ });
    fireEvent.click(box);
    expect(onEverywhere).toHaveBeenCalledWith(true);
    onEverywhere.mockRejectedValue(new Error('full'));
    vi.spyOn(console, 'error').mockReturnValue();
    fireEvent.click(box);
    expect(await screen.findByText('The browser could not store this')).toBeTruthy();
  });

  it('wait for the stored choice before they let it be changed', () => {
    show({ menu: menu({ everywhere: undefined }) });
    expect(screen.getByRole('checkbox', { name: /^Offer Descry/ })).toHaveProperty(
      'disabled',
      true,
    );
  });

  it('say the key that picks a picture, and where to change it', () => {
    const { rerender, ...given } = show();
    expect(screen.getByText('Pick a picture by keyboard: Alt+Shift+D')).toBeTruthy();
    expect(screen.getByText(/chrome:\/\/extensions\/shortcuts/)).toBeTruthy();
    const onChangeShortcut = vi.fn();
    rerender(<Options {...given} menu={menu({ shortcut: '', onChangeShortcut })} />);
    expect(screen.getByText('Pick a picture by keyboard: no shortcut set')).toBeTruthy();
    expect(screen.queryByText(/chrome:/)).toBeNull();
    fireEvent.click(button('Change the shortcut'));
    expect(onChangeShortcut).toHaveBeenCalledOnce();
  });
});
