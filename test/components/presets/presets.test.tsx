// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PresetsPanel } from '../../../components/presets/presets';
import type { PresetList } from '../../../utils/core/prompts/preset';
import { changedPresets } from '../../../utils/core/prompts/preset-change';
import { expectAccessible } from '../../fixtures/axe';

const LIST: PresetList = {
  presets: [
    { id: 'a', name: 'Alt text', prompt: 'Write alternative text.' },
    { id: 'b', name: 'Detailed', prompt: 'Describe in detail.' },
  ],
  defaultId: 'a',
};

let stored: PresetList;

function Harness({ list }: { list: PresetList }) {
  const [now, setNow] = useState(list);
  return (
    <PresetsPanel
      list={now}
      saved="saved"
      onChange={(change) => {
        const next = changedPresets(now, change, []);
        stored = next;
        setNow(next);
      }}
    />
  );
}

beforeEach(() => {
  stored = LIST;
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const names = () => stored.presets.map(({ name }) => name);

function type(label: string, value: string): void {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  void act(() => void vi.advanceTimersByTime(1_000));
}

describe('Presets', () => {
  it('is accessible, closed and open', async () => {
    vi.useRealTimers();
    const { container } = render(<Harness list={LIST} />);
    await expectAccessible(container);
    fireEvent.click(button(/^Detailed/));
    await expectAccessible(container);
  });

  it('stores what is typed, without a press on anything', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    expect(document.activeElement).toBe(screen.getByLabelText('Name'));
    type('Name', 'Alternative');
    type('Prompt', 'Say what it is.');
    expect(stored.presets[0]).toEqual({ id: 'a', name: 'Alternative', prompt: 'Say what it is.' });
  });

  it('stores what is still on its way when the popup closes', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Alternative' } });
    void act(() => void dispatchEvent(new Event('pagehide')));
    expect(names()).toEqual(['Alternative', 'Detailed']);
  });

  it('says what is wrong, and keeps the last good words', async () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    type('Name', '  ');
    const field = screen.getByLabelText('Name');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'Enter a name.',
    );
    expect(field).toHaveProperty('value', '  ');
    type('Prompt', 'x'.repeat(8_001));
    expect(screen.getByText('A prompt can have up to 8000 characters.')).toBeTruthy();
    expect(stored).toEqual(LIST);
  });

  it('puts another one first in the menu', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(screen.getByRole('radio', { name: 'Detailed' }));
    expect(stored.defaultId).toBe('b');
  });

  it('adds one and opens it', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button('Add a preset'));
    expect(names()).toEqual(['Alt text', 'Detailed', 'New preset']);
    expect(screen.getByLabelText('Name')).toHaveProperty('value', 'New preset');
  });

  it('moves one', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Detailed/));
    fireEvent.click(button('Move up'));
    expect(names()).toEqual(['Detailed', 'Alt text']);
    fireEvent.click(button('Move up'));
    expect(names()).toEqual(['Detailed', 'Alt text']);
  });

  it('deletes one, and brings it back', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    fireEvent.click(button('Delete'));
    expect(stored).toEqual({ presets: LIST.presets.slice(1), defaultId: 'b' });
    expect(document.activeElement).toBe(button('Undo'));
    fireEvent.click(button('Undo'));
    expect(stored).toEqual(LIST);
  });

  it('does not bring a deleted one back with what was typed last', () => {
    render(<Harness list={LIST} />);
    fireEvent.click(button(/^Alt text/));
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Alternative' } });
    fireEvent.click(button('Delete'));
    void act(() => void vi.advanceTimersByTime(1_000));
    expect(names()).toEqual(['Detailed']);
  });

  it('keeps the last one', () => {
    render(<Harness list={{ presets: LIST.presets.slice(1), defaultId: 'b' }} />);
    fireEvent.click(button(/^Detailed/));
    expect(button('Delete')).toHaveProperty('disabled', true);
  });
});
