// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StoredConnections } from '../../../components/connection/use-connections';
import { Welcome } from '../../../entrypoints/welcome/welcome';
import { expectAccessible } from '../../fixtures/axe';
import { CHECKED, failedAt, fakePort } from '../../fixtures/connection-port';

const NOTHING: StoredConnections = { connections: [], keyed: new Set(), keys: 'unprotected' };
const WITH_KEY: StoredConnections = {
  connections: [
    { id: 'openai', provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'gpt-6-luna' },
  ],
  keyed: new Set(['openai']),
  keys: 'unprotected',
};

beforeEach(() => {
  // Not there in jsdom.
  Element.prototype.scrollIntoView = () => {};
});
afterEach(cleanup);

function show(stored = NOTHING, waiting = 0) {
  const port = fakePort();
  const onReveal = vi.fn<(jobId: string) => void>();
  const { container } = render(
    <Welcome {...{ stored, port, waiting, onReveal }} onStoredChange={() => Promise.resolve()} />,
  );
  return { port, onReveal, container };
}

const button = (name: string) => screen.getByRole('button', { name });
const key = () => screen.getByLabelText('API key');

function typeKey(value: string): void {
  fireEvent.input(key(), { target: { value } });
}

async function connect(): Promise<void> {
  typeKey(' sk-secret ');
  fireEvent.click(button('Connect'));
  await screen.findByText('Connected to api.openai.com.');
}

describe('the welcome page', () => {
  it('is accessible from the first step to the last', async () => {
    const { container } = show(NOTHING, 2);
    await expectAccessible(container);
    await connect();
    await expectAccessible(container);
    fireEvent.click(button('Check connection'));
    await screen.findByText(/^It works/);
    await expectAccessible(container);
  });

  it('goes from nothing to a tested connection', async () => {
    const { port } = show();
    await connect();
    const id = expect.any(String) as string;
    expect(port.save).toHaveBeenCalledWith(
      {
        id,
        set: { provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: '' },
        unset: ['name', 'price'],
      },
      ' sk-secret ',
    );
    expect(screen.getByLabelText('Model')).toHaveProperty('value', 'gpt-6-luna');
    fireEvent.click(button('Check connection'));
    expect((await screen.findByText(/^It works/)).textContent).toBe(
      'It works: gpt-6-luna saw the drawing and answered in 0.8\u00A0s.',
    );
    // What is not changed here may be changed elsewhere.
    expect(port.save).toHaveBeenLastCalledWith(
      { id, set: { model: 'gpt-6-luna' }, unset: [] },
      undefined,
    );
    expect(screen.getByRole('heading', { name: 'Ready' })).toBeTruthy();
  });

  it('asks the browser inside the click, before anything else', () => {
    const { port } = show();
    typeKey('sk-secret');
    button('Connect').click();
    expect(port.requestHost).toHaveBeenCalledWith('https://api.openai.com/v1');
    expect(port.save).not.toHaveBeenCalled();
  });

  it('goes on where the person refuses, and says what that means', async () => {
    const { port } = show();
    port.requestHost.mockResolvedValue(false);
    typeKey('sk-secret');
    fireEvent.click(button('Connect'));
    expect(await screen.findByText(/but without browser permission/)).toBeTruthy();
    expect(screen.getByLabelText('Model')).toBeTruthy();
  });

  it('keeps a refused key to be corrected', async () => {
    const { port } = show();
    port.models.mockResolvedValue({ ok: false, code: 'keyRefused', serverWords: 'Incorrect key' });
    typeKey('sk-typo');
    fireEvent.click(button('Connect'));
    expect(await screen.findByText('The key was refused')).toBeTruthy();
    expect(key()).toHaveProperty('value', 'sk-typo');
  });

  it('takes a model by name where the list fails', async () => {
    const { port } = show();
    port.models.mockResolvedValue({ ok: false, code: 'addressWrong' });
    typeKey('sk-secret');
    fireEvent.click(button('Connect'));
    const field = await screen.findByLabelText('Model name');
    fireEvent.click(button('Check connection'));
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field);
    fireEvent.input(field, { target: { value: 'my-model' } });
    fireEvent.click(button('Check connection'));
    await screen.findByText(/^It works/);
    expect(port.save.mock.lastCall?.[0].set).toEqual({ model: 'my-model' });
  });

  it('warns of a model that answers without seeing', async () => {
    const { port } = show();
    const report = failedAt('sight', { code: 'modelBlind' }, { answer: 'A sunset.' });
    port.check.mockResolvedValue({ ok: true, value: { report, resumedJobIds: [] } });
    await connect();
    fireEvent.click(button('Check connection'));
    expect(await screen.findByText(/without seeing the image/)).toBeTruthy();
    expect(screen.getByText('Shown: green, triangle. The model said: “A sunset.”')).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Ready' })).toBeNull();
    fireEvent.click(button('Use it anyway'));
    expect(await screen.findByRole('heading', { name: 'Ready' })).toBeTruthy();
  });

  it('says what is known of a model, when it ends, and what takes its place', async () => {
    const { port } = show();
    const luna = { id: 'gpt-6-luna', vision: true, price: { input: 0.1, output: 0.5 } };
    const old = { id: 'gpt-4o', vision: true, context: 128_000, retires: '2027-01-14' };
    port.models.mockResolvedValue({
      ok: true,
      value: [luna, { ...old, replacement: 'gpt-6-luna' }],
    });
    await connect();
    const list = screen.getByLabelText<HTMLSelectElement>('Model');
    fireEvent.change(list, { target: { value: 'gpt-4o' } });
    expect(screen.getByText('context of 128,000 tokens')).toBeTruthy();
    expect(screen.getByText('Will be retired on January 14, 2027.')).toBeTruthy();
    fireEvent.click(button('Use gpt-6-luna'));
    expect(list.value).toBe('gpt-6-luna');
    expect(screen.getByText('$0.10 in, $0.50 out per million tokens')).toBeTruthy();
  });

  it('says when the server no longer has the model, and chooses another', async () => {
    const stored = {
      ...WITH_KEY,
      connections: WITH_KEY.connections.map((each) => ({ ...each, model: 'gpt-4-vision' })),
    };
    show(stored);
    fireEvent.click(button('Connect'));
    expect(await screen.findByText('The server no longer lists gpt-4-vision.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLSelectElement>('Model').value).toBe('gpt-6-luna');
  });

  it('looks for servers on this computer when asked, and not before', async () => {
    const { port, container } = show();
    port.look.mockResolvedValue({ ok: true, value: [{ provider: 'ollama', models: 2 }] });
    expect(port.look).not.toHaveBeenCalled();
    fireEvent.click(button('Look for local models'));
    expect(await screen.findByText('Ollama is running, with 2 models.')).toBeTruthy();
    await expectAccessible(container);
    fireEvent.click(button('Use Ollama'));
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Ollama' }).checked).toBe(true);
  });

  it('offers the browser’s own model, tells of its download, and uses it', async () => {
    const port = fakePort();
    port.devices.mockResolvedValue(new Map([['chromeModel', 'downloadable']]));
    let told: ((share: number) => void) | undefined;
    const { promise, resolve } = Promise.withResolvers<{ ok: true; value: undefined }>();
    port.prepareDevice.mockImplementation((_id, onProgress) => {
      told = onProgress;
      return promise;
    });
    port.models.mockResolvedValue({ ok: true, value: [{ id: 'gemini-nano', vision: true }] });
    const { container } = render(
      <Welcome
        {...{ stored: NOTHING, port, waiting: 0, onReveal: vi.fn() }}
        onStoredChange={() => Promise.resolve()}
      />,
    );
    fireEvent.click(await screen.findByRole('radio', { name: 'Gemini Nano (Chrome)' }));
    expect(screen.queryByLabelText('API key')).toBeNull();
    fireEvent.click(button('Download'));
    told?.(0.42);
    expect(await screen.findByText('Downloaded: 42%')).toBeTruthy();
    await expectAccessible(container);
    resolve({ ok: true, value: undefined });
    expect(await screen.findByText('It is ready.')).toBeTruthy();
    const saved = { provider: 'chromeModel', baseUrl: '', model: 'gemini-nano' };
    expect(port.save.mock.lastCall?.[0].set).toMatchObject(saved);
    expect(port.requestHost).not.toHaveBeenCalled();
  });

  it('says what failed in a test, in words', async () => {
    const { port } = show();
    const report = failedAt('key', { code: 'quotaUsedUp' });
    port.check.mockResolvedValue({ ok: true, value: { report, resumedJobIds: [] } });
    await connect();
    fireEvent.click(button('Check connection'));
    expect(await screen.findByText('The credit is used up')).toBeTruthy();
  });

  it('says how an Ollama lets extensions in, where it may be one that does not', async () => {
    const { port } = show();
    const report = failedAt('permission', { code: 'permissionMissing', mayRefuseExtensions: true });
    port.check.mockResolvedValue({ ok: true, value: { report, resumedJobIds: [] } });
    port.look.mockResolvedValue({ ok: true, value: [{ provider: 'ollama', models: 'refused' }] });
    fireEvent.click(button('Look for local models'));
    expect(await screen.findByText(/^Ollama is running but refuses/)).toBeTruthy();
    expect(screen.getAllByText(/OLLAMA_ORIGINS/)).toHaveLength(1);
    await connect();
    fireEvent.click(button('Check connection'));
    expect(await screen.findByText('The browser permission is missing')).toBeTruthy();
    expect(screen.getAllByText(/OLLAMA_ORIGINS/)).toHaveLength(2);
  });

  it('asks for a key where one is needed, at the field', () => {
    const { port } = show();
    fireEvent.click(button('Connect'));
    expect(document.activeElement).toBe(key());
    expect(key().getAttribute('aria-invalid')).toBe('true');
    expect(port.requestHost).not.toHaveBeenCalled();
  });

  it('leads back to the image that waited', async () => {
    const { port, onReveal } = show(NOTHING, 1);
    expect(screen.getByText(/^1 image is waiting/)).toBeTruthy();
    port.check.mockResolvedValue({ ok: true, value: { ...CHECKED, resumedJobIds: ['job-9'] } });
    await connect();
    fireEvent.click(button('Check connection'));
    fireEvent.click(await screen.findByRole('button', { name: 'Back to your image' }));
    expect(onReveal).toHaveBeenCalledWith('job-9');
  });

  it('loses nothing typed when another server is looked at', () => {
    show();
    typeKey('sk-secret');
    fireEvent.click(screen.getByRole('radio', { name: 'Ollama' }));
    fireEvent.click(screen.getByRole('radio', { name: 'OpenAI' }));
    expect(key()).toHaveProperty('value', 'sk-secret');
  });
});

describe('a stored key', () => {
  it('is never shown, and can be replaced or forgotten', async () => {
    const { container } = show(WITH_KEY);
    expect(screen.getByText('A key is stored')).toBeTruthy();
    expect(screen.queryByLabelText('API key')).toBeNull();
    await expectAccessible(container);
    fireEvent.click(button('Replace'));
    expect(document.activeElement).toBe(key());
    expect(key()).toHaveProperty('value', '');
    fireEvent.click(button('Keep the stored key'));
    expect(document.activeElement).toBe(button('Replace'));
  });

  it('is forgotten only when asked twice, and that is heard', async () => {
    const { port, container } = show(WITH_KEY);
    fireEvent.click(button('Delete'));
    expect(port.forgetKey).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Keep it'));
    await expectAccessible(container);
    fireEvent.click(button('Keep it'));
    expect(document.activeElement).toBe(button('Delete'));
    fireEvent.click(button('Delete'));
    fireEvent.click(button('Delete'));
    expect(port.forgetKey).toHaveBeenCalledWith('openai');
    const said = (await screen.findByText('The key is deleted.')).closest('[role=status]');
    await vi.waitFor(() => expect(document.activeElement).toBe(said));
  });

  it('does not go to another address', () => {
    const { port } = show(WITH_KEY);
    fireEvent.input(screen.getByLabelText('Address'), {
      target: { value: 'https://elsewhere.example.com/v1' },
    });
    expect(screen.queryByText('A key is stored')).toBeNull();
    fireEvent.click(button('Connect'));
    expect(port.requestHost).not.toHaveBeenCalled();
    expect(key().getAttribute('aria-invalid')).toBe('true');
  });
});
