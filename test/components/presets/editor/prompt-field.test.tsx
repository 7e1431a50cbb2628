// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectAccessible } from '../../../fixtures/axe';
import {
  button,
  field,
  Harness,
  later,
  LIST,
  stored,
  type,
} from '../../../fixtures/presets-harness';

Element.prototype.scrollIntoView = () => undefined;

beforeEach(() => {
  stored.list = LIST;
  vi.useFakeTimers();
  render(<Harness list={LIST} />);
  fireEvent.click(button(/^Alt text/));
});
afterEach(() => {
  if (vi.isFakeTimers()) later();
  cleanup();
  vi.useRealTimers();
});

const area = () => screen.getByLabelText<HTMLTextAreaElement>('Prompt');
const list = () => screen.queryByRole('listbox', { name: 'Placeholders' });
const options = () =>
  [...(list()?.querySelectorAll('[role=option]') ?? [])].map(({ id }) => id.replace(/.*list-/, ''));
const active = () =>
  document.getElementById(area().getAttribute('aria-activedescendant') ?? '')?.textContent;
const kept = () => stored.list.presets[0]?.prompt;

/** Types as a person does: with the caret after what is typed. */
function write(text: string, after = ''): void {
  area().focus();
  area().value = text + after;
  area().setSelectionRange(text.length, text.length);
  fireEvent.input(area());
}

const press = (key: string, more = {}) => fireEvent.keyDown(area(), { key, ...more });

describe('a placeholder', () => {
  it('is offered from its brace on, each with what it stands for', async () => {
    write('For {');
    expect(options()).toHaveLength(9);
    expect(screen.getByRole('option', { name: /^\{caption\}\s*Its caption/ })).toBeTruthy();
    expect(area().getAttribute('aria-controls')).toBe(list()?.id);
    expect(screen.getByText('Placeholders, choose with the arrow keys: 9')).toBeTruthy();
    vi.useRealTimers();
    await expectAccessible(document.body);
  });

  it('is chosen with arrows and Enter', () => {
    write('For {', ' now');
    expect(active()).toBeUndefined();
    press('ArrowDown');
    expect(active()).toContain('{purpose}');
    press('ArrowUp');
    expect(active()).toContain('{link_target}');
    press('ArrowDown');
    press('ArrowDown');
    press('Enter');
    expect(area().value).toBe('For {language} now');
    expect(area().selectionStart).toBe('For {language}'.length);
    expect(list()).toBeNull();
    later();
    expect(kept()).toBe('For {language} now');
  });

  it('is chosen with Tab once its beginning is typed, over what was there of it', () => {
    write('For {ca', 'ptoin} now');
    expect(options()).toEqual(['caption']);
    expect(press('Tab')).toBe(false);
    expect(area().value).toBe('For {caption} now');
  });

  it('takes no Enter and no Tab from a brace that is only a brace', () => {
    write('{');
    expect(press('Enter')).toBe(true);
    expect(press('Tab')).toBe(true);
    press('ArrowDown');
    expect(press('Tab', { shiftKey: true })).toBe(true);
    write('{ "a": 1');
    expect(list()).toBeNull();
    expect(press('ArrowDown')).toBe(true);
  });

  it('closes its list with Escape, and nothing else', () => {
    const heard = vi.fn<() => void>();
    addEventListener('keydown', heard);
    write('{p');
    expect(press('Escape')).toBe(false);
    expect(list()).toBeNull();
    expect(heard).not.toHaveBeenCalled();
    expect(area().value).toBe('{p');
    expect(press('Escape')).toBe(true);
    expect(heard).toHaveBeenCalledOnce();
    removeEventListener('keydown', heard);
    write('{pu');
    expect(options()).toEqual(['purpose']);
    fireEvent.blur(area());
    expect(list()).toBeNull();
  });

  it('is chosen with the pointer, which leaves the focus where it is', () => {
    write('{cap');
    const option = screen.getByRole('option', { name: /caption/ });
    expect(fireEvent.mouseDown(option)).toBe(false);
    fireEvent.click(option);
    expect(area().value).toBe('{caption}');
  });

  it('can be had without typing a brace', () => {
    write('For ');
    fireEvent.click(button('Insert a placeholder'));
    expect(document.activeElement).toBe(area());
    expect(active()).toContain('{purpose}');
    press('Enter');
    expect(area().value).toBe('For {purpose}');
  });

  it('that there is not is an error at once, and is not stored', async () => {
    type('Prompt', 'Use {captoin}.');
    expect(area().getAttribute('aria-invalid')).toBe('true');
    const told = area().getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(told)?.textContent).toBe('There is no placeholder {captoin}.');
    expect(kept()).toBe('Write alternative text.');
    type('Prompt', 'Use {caption}.');
    expect(area().getAttribute('aria-invalid')).toBeNull();
    expect(kept()).toBe('Use {caption}.');
  });

  it('of an earlier version stays as it was written, and is offered no more', () => {
    type('Prompt', 'Describe it. {role}');
    expect(area().getAttribute('aria-invalid')).toBeNull();
    expect(kept()).toBe('Describe it. {role}');
    expect(area().value).toBe('Describe it. {role}');
    write('{ro');
    expect(list()).toBeNull();
  });

  it('of the page ticks the words it speaks of, and only when it is new', () => {
    type('Prompt', 'Use {caption}.');
    expect(stored.list.presets[0]?.context).toEqual(['caption']);
    fireEvent.click(screen.getByText('More settings'));
    fireEvent.click(field('Caption'));
    type('Prompt', 'Use {caption} well.');
    expect(stored.list.presets[0]?.context).toBeUndefined();
    type('Prompt', 'Use {caption} and {page_title}.');
    expect(stored.list.presets[0]?.context).toEqual(['page_title']);
  });
});
