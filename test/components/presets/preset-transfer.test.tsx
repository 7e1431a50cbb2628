// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresetList } from '../../../utils/core/prompts/preset';
import { writePresetFile } from '../../../utils/core/prompts/preset-file';
import { expectAccessible } from '../../fixtures/axe';
import { button, Harness, LIST, names, stored } from '../../fixtures/presets-harness';

const INCOMING: PresetList = {
  presets: [
    { id: 'b', name: 'Detailed', prompt: 'In detail, please.' },
    { id: 'd', name: 'Mood', prompt: 'What mood is it in?' },
  ],
  defaultId: 'd',
};

beforeEach(() => {
  stored.list = LIST;
});
afterEach(cleanup);

const input = () => document.querySelector('input[type="file"]') ?? document.body;

async function give(text: string): Promise<void> {
  const file = new File([text], 'prompts.json', { type: 'application/json' });
  fireEvent.change(input(), { target: { files: [file] } });
  await waitFor(() => screen.getByText(/^Added|^Nothing was imported/));
}

describe('a file of prompts', () => {
  it('adds and replaces, says how many, and is undone as one', async () => {
    const { container } = render(<Harness list={LIST} />);
    await give(writePresetFile(INCOMING));
    expect(names()).toEqual(['Alt text', 'Detailed', 'Chart', 'Mood']);
    expect(stored.list.presets[1]?.prompt).toBe('In detail, please.');
    expect(stored.list.defaultId).toBe('d');
    expect(screen.getByText('Added: 1. Replaced: 1.').closest('[role="status"]')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(button('Undo')));
    await expectAccessible(container);
    fireEvent.click(button('Undo'));
    expect(stored.list).toEqual(LIST);
  });

  it('shows its words in the editor that is open', async () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Detailed/));
    await give(writePresetFile(INCOMING));
    const area = screen.getByLabelText('Prompt');
    expect(area).toHaveProperty('value', 'In detail, please.');
  });

  it.each([
    [/"prompt"/, '"promt"', 'Line 9, column 7: Unknown field “promt”.'],
    [/please\./, '{place}', /^Line 9, column 29: There is no placeholder \{place\}/],
    [/"descry-presets"/, '"other"', 'Line 3, column 13: Not a Descry preset file.'],
    [/"id": "b",/, '"id": "b"', /^Line \d+, column \d+: A comma is missing here/],
    [/"Mood"/, '""', 'Line 13, column 15: “name” is empty.'],
    [/"Mood",/, '"Mood", "maxTokens": 1,', /Invalid value for “maxTokens”. Expected: >=16$/],
  ])('changes nothing where it is bad: %s', async (from, to, words) => {
    const { container } = render(<Harness list={LIST} />);
    await give(writePresetFile(INCOMING).replace(from, to));
    expect(stored.list).toBe(LIST);
    expect(screen.getByText(words).closest('[role="alert"]')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    await expectAccessible(container);
  });

  it('is refused where there would be too many', async () => {
    const presets = Array.from({ length: 100 }, (_, at) => ({
      id: `p${at}`,
      name: 'P',
      prompt: 'p',
    }));
    render(<Harness list={LIST} />);
    await give(writePresetFile({ presets, defaultId: 'p0' }));
    expect(stored.list).toBe(LIST);
    expect(screen.getByRole('alert').textContent).toContain('more than 100');
  });

  it('is chosen elsewhere, where a popup closes as the dialog opens', () => {
    const onFileElsewhere = vi.fn<() => void>();
    render(<Harness list={LIST} onFileElsewhere={onFileElsewhere} />);
    fireEvent.click(button('Import'));
    expect(onFileElsewhere).toHaveBeenCalledOnce();
  });

  it('is given as a download, with all that is in the list', async () => {
    const blobs: Blob[] = [];
    URL.createObjectURL = (blob) => {
      if (blob instanceof Blob) blobs.push(blob);
      return 'blob:prompts';
    };
    const given: HTMLAnchorElement[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      given.push(this);
    });
    render(<Harness list={LIST} />);
    fireEvent.click(button('Export'));
    expect(given).toMatchObject([{ href: 'blob:prompts', download: 'descry-prompts.json' }]);
    expect(await blobs[0]?.text()).toBe(writePresetFile(LIST));
  });
});
