// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresetList } from '../../../utils/core/prompts/preset';
import { localizedBuiltins } from '../../../utils/browser/settings/settings';
import { expectAccessible } from '../../fixtures/axe';
import { button, Harness, later, LIST, names, stored } from '../../fixtures/presets-harness';

const OURS: PresetList = { presets: localizedBuiltins(), defaultId: 'alt-text' };

Element.prototype.scrollIntoView = () => undefined;
Element.prototype.setPointerCapture = () => undefined;

beforeEach(() => {
  stored.list = LIST;
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the list of prompts', () => {
  it('copies one right after it, and opens the copy', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    fireEvent.click(button('Duplicate'));
    expect(names()).toEqual(['Alt text', 'Copy of Alt text', 'Detailed', 'Chart']);
    expect(document.activeElement).toHaveProperty('value', 'Copy of Alt text');
  });

  it('copies and keeps what was typed a moment before', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    fireEvent.input(screen.getByLabelText('Prompt'), { target: { value: 'New.' } });
    fireEvent.click(button('Duplicate'));
    later();
    expect(stored.list.presets.map(({ prompt }) => prompt).slice(0, 2)).toEqual(['New.', 'New.']);
    fireEvent.input(screen.getByLabelText('Prompt'), { target: { value: 'Next.' } });
    fireEvent.click(button('Add a preset'));
    later();
    expect(names()).toHaveLength(5);
    expect(stored.list.presets[1]?.prompt).toBe('Next.');
  });

  it('moves one by buttons that keep the focus, and says where it is', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Chart/));
    button('Move up').focus();
    fireEvent.click(button('Move up'));
    expect(names()).toEqual(['Alt text', 'Chart', 'Detailed']);
    expect(document.activeElement).toBe(button('Move up'));
    expect(screen.getByText('“Chart” is now 2 of 3.').closest('[role="status"]')).toBeTruthy();
    fireEvent.click(button('Move up'));
    expect(names()).toEqual(['Chart', 'Alt text', 'Detailed']);
    expect(document.activeElement).toBe(button('Move up'));
    expect(button('Move up').getAttribute('aria-disabled')).toBe('true');
  });

  it('brings a deleted one back, with the focus on its line', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Detailed/));
    fireEvent.click(button('Delete'));
    expect(names()).toEqual(['Alt text', 'Chart']);
    fireEvent.click(button('Undo'));
    later();
    expect(stored.list).toEqual(LIST);
    expect(document.activeElement?.id).toBe('open-b');
  });

  it('marks what is changed, hidden, or about several images', async () => {
    vi.useRealTimers();
    const own = { id: 'own', name: 'Own', prompt: 'x', hidden: true, compares: true };
    const presets = [...localizedBuiltins(), own];
    Object.assign(presets.find(({ id }) => id === 'chart') ?? {}, { prompt: 'Mine.' });
    const { container } = render(<Harness list={{ ...OURS, presets }} />);
    expect(button(/^Chart as data\s*Changed/)).toBeTruthy();
    expect(button(/^Own\s*Several images\s*Not in the menu/)).toBeTruthy();
    expect(button(/^Alt text\s*First in the menu/)).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Own' })).toHaveProperty('disabled', true);
    await expectAccessible(container);
  });

  it('resets one of ours, whatever was typed last', () => {
    render(<Harness list={OURS} />);
    fireEvent.click(button(/^Read the text/));
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Read' } });
    later();
    expect(names()).toContain('Read');
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Rea' } });
    fireEvent.click(button('Reset'));
    later();
    expect(stored.list).toEqual(OURS);
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'Read the text');
    expect(screen.queryByRole('button', { name: 'Reset' })).toBeNull();
  });

  it('offers those of ours that were deleted', () => {
    render(<Harness list={OURS} />);
    expect(screen.queryByRole('button', { name: /^Restore built-in/ })).toBeNull();
    fireEvent.click(button(/^Detailed/));
    fireEvent.click(button('Delete'));
    fireEvent.click(button('Restore built-in presets'));
    expect(names().at(-1)).toBe('Detailed description');
    expect(stored.list.presets).toHaveLength(OURS.presets.length);
  });
});

describe('a dragged line', () => {
  const HEIGHT = 50;

  function drag(by: string, y: number) {
    const lines = screen.getAllByRole('listitem');
    for (const [at, line] of lines.entries()) {
      line.getBoundingClientRect = () => new DOMRect(0, at * HEIGHT, 100, HEIGHT);
    }
    const line = lines.find(({ textContent }) => textContent.includes(by));
    const grip = line?.querySelector('.preset-grip') ?? document.body;
    fireEvent.pointerDown(grip, { button: 0 });
    fireEvent.pointerMove(grip, { clientY: y });
    return grip;
  }

  it('goes where it is dropped', () => {
    render(<Harness list={LIST} />);
    fireEvent.pointerUp(drag('Alt text', 2.9 * HEIGHT));
    expect(names()).toEqual(['Detailed', 'Chart', 'Alt text']);
    expect(screen.getByText('“Alt text” is now 3 of 3.')).toBeTruthy();
  });

  it('shows where it would go, and stays where Escape was pressed', () => {
    render(<Harness list={LIST} />);
    const grip = drag('Chart', 0.2 * HEIGHT);
    const drops = screen.getAllByRole('listitem').map((line) => line.dataset['drop']);
    expect(drops).toEqual(['before', undefined, 'self']);
    fireEvent.keyDown(document.body, { key: 'Escape' });
    fireEvent.pointerUp(grip);
    expect(stored.list).toBe(LIST);
  });

  it('stays where it is dropped on its own place', () => {
    render(<Harness list={LIST} />);
    fireEvent.pointerUp(drag('Detailed', 1.5 * HEIGHT));
    expect(stored.list).toBe(LIST);
  });
});
