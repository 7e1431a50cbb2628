// @vitest-environment jsdom
import { cleanup, fireEvent, queries, render, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import * as owner from '../../../entrypoints/background/settings/settings-owner';
import { PresetsPanel } from '../../../components/presets/presets';
import { usePresets } from '../../../components/presets/use-presets';
import { messenger } from '../../../utils/browser/messaging/messenger';
import { presetEdit } from '../../../utils/core/prompts/preset-change';
import { readPresets } from '../../../utils/browser/settings/settings';
import { listenAsBackground } from '../../fixtures/background';

const LIST = {
  presets: [
    { id: 'a', name: 'Alt text', prompt: 'Write alternative text.' },
    { id: 'b', name: 'Detailed', prompt: 'Describe in detail.' },
  ],
  defaultId: 'a',
};

function Page() {
  return <PresetsPanel {...usePresets()} />;
}

/** The prompts in the popup or in a tab; both stand in the document. */
async function open() {
  const container = render(<Page />).container as HTMLElement;
  const page = { container, ...within<typeof queries>(container) };
  await page.findByRole('button', { name: /^Alt text/ });
  return page;
}

type Opened = Awaited<ReturnType<typeof open>>;
/** By its id, which another page may have, too. */
function field({ container }: Opened, id: string): HTMLInputElement {
  const found = container.querySelector<HTMLInputElement>(`#${id}`);
  if (!found) throw new Error(`no field ${id}`);
  return found;
}
const press = (page: Opened, name: string | RegExp) =>
  fireEvent.click(page.getByRole('button', { name }));
const type = (page: Opened, id: string, value: string) =>
  fireEvent.input(field(page, id), { target: { value } });
const names = async () => (await readPresets()).presets.map(({ name }) => name);

beforeEach(async () => {
  fakeBrowser.reset();
  await fakeBrowser.storage.local.set({ presets: LIST });
  listenAsBackground({ 'presets.change': ({ change }) => owner.changePresets(change) });
});
afterEach(() => {
  cleanup();
  messenger.removeAllListeners();
  vi.restoreAllMocks();
});

describe('the prompts in two pages', () => {
  it('lose nothing when both are edited in turn', async () => {
    const [tab, popup] = [await open(), await open()];
    press(tab, /^Alt text/);
    type(tab, 'name-a', 'Tab 1');
    await vi.waitFor(async () => expect(await names()).toEqual(['Tab 1', 'Detailed']));
    press(popup, /^Detailed/);
    type(popup, 'name-b', 'Popup 1');
    await vi.waitFor(async () => expect(await names()).toEqual(['Tab 1', 'Popup 1']));
    await tab.findByText('Popup 1');
    type(tab, 'name-a', 'Tab 2');
    await vi.waitFor(async () => expect(await names()).toEqual(['Tab 2', 'Popup 1']));
    await popup.findByText('Tab 2');
  });

  it('keep what is being typed, and show what else was changed of it elsewhere', async () => {
    const [tab, popup] = [await open(), await open()];
    press(tab, /^Alt text/);
    press(popup, /^Alt text/);
    // Not yet sound, so not yet stored.
    type(tab, 'name-a', '');
    type(popup, 'words-a', 'Say what it is.');
    await vi.waitFor(() => expect(field(tab, 'words-a').value).toBe('Say what it is.'));
    expect(field(tab, 'name-a').value).toBe('');
    type(tab, 'name-a', 'Alternative ');
    await tab.findByText('Saved');
    expect(field(tab, 'name-a').value).toBe('Alternative ');
    await vi.waitFor(() => expect(field(popup, 'name-a').value).toBe('Alternative'));
    expect((await readPresets()).presets[0]).toEqual({
      id: 'a',
      name: 'Alternative',
      prompt: 'Say what it is.',
    });
  });

  it('undo a delete, and keep what was changed meanwhile', async () => {
    const page = await open();
    press(page, /^Alt text/);
    press(page, 'Delete');
    await vi.waitFor(async () => expect(await names()).toEqual(['Detailed']));
    await owner.changePresets(presetEdit('b', { name: 'Elsewhere' }));
    await page.findByText('Elsewhere');
    press(page, 'Undo');
    await vi.waitFor(async () => expect(await names()).toEqual(['Alt text', 'Elsewhere']));
    expect((await readPresets()).defaultId).toBe('a');
  });

  it('say what was not saved, and save it with the next change', async () => {
    const page = await open();
    const full = vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValue(new Error('full'));
    press(page, /^Alt text/);
    type(page, 'name-a', 'First');
    await page.findByText(/^Could not save/);
    expect(page.queryByText('Saved')).toBeNull();
    expect(field(page, 'name-a').value).toBe('First');
    full.mockRestore();
    fireEvent.click(page.getByRole('radio', { name: 'Detailed' }));
    await page.findByText('Saved');
    expect(await readPresets()).toMatchObject({ presets: [{ name: 'First' }, {}], defaultId: 'b' });
  });

  it('are told and left as they are where a newer Descry stored them', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const newer = { presets: { a: {} }, defaultId: 'a' };
    await fakeBrowser.storage.local.set({ presets: newer });
    const page = await open();
    press(page, /^Alt text/);
    type(page, 'name-alt-text', 'First');
    await page.findByText(/from a newer version of Descry/);
    expect((await fakeBrowser.storage.local.get())['presets']).toEqual(newer);
  });
});
