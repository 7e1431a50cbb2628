// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hideHosts, openTopLayer } from '../../../utils/page/top-layer';

HTMLElement.prototype.showPopover = () => undefined;

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.replaceChildren(document.head, document.body);
});

const styles = (root: ShadowRoot) =>
  [...root.querySelectorAll('style')].map(({ textContent }) => textContent);

it('hides all that is ours before a photograph, whichever script put it there', async () => {
  const card = openTopLayer('descry-card', '', null);
  card.setStyle({ left: '9px' });
  vi.resetModules();
  const other = await import('../../../utils/page/top-layer');
  const notice = other.openTopLayer('descry-notice', '', null);
  const own = () => [card, notice].map(({ root }) => styles(root).at(-1));
  const show = hideHosts();
  expect(own()).toEqual([
    ':host { left: 9px !important; opacity: 0 !important }',
    ':host { opacity: 0 !important }',
  ]);
  show();
  expect(own().at(-1)).toBe(':host { opacity: 1 !important }');
});

it('has names of custom properties that a page cannot know', () => {
  const css = '.a { --dy-ink: red; color: var(--dy-ink) }';
  const [one, two] = [1, 2].map(() => styles(openTopLayer('descry-card', css, null).root)[0]);
  expect(one).toMatch(/^\.a \{ (--dy-[\w-]{12,}-ink): red; color: var\(\1\) \}$/);
  expect(one).not.toBe(two);
});

describe('what a script has made', () => {
  const EVENTS = ['click', 'pointerdown', 'keydown', 'input', 'drop', 'paste', 'submit'];

  it.each(EVENTS)('is heard by nothing of ours: %s', (type) => {
    const { root } = openTopLayer('descry-card', '', null);
    const heard = vi.fn<() => void>();
    const button = document.createElement('button');
    root.append(button);
    button.addEventListener(type, heard);
    const event = new Event(type, { bubbles: true, cancelable: true });
    button.dispatchEvent(event);
    expect(heard).not.toHaveBeenCalled();
    expect(event.defaultPrevented).toBe(true);
  });

  it('sends no form, though the browser trusts the event of `requestSubmit`', () => {
    const { root } = openTopLayer('descry-card', '', null);
    const form = document.createElement('form');
    const sent = vi.fn<(event: Event) => void>((event) => event.preventDefault());
    form.addEventListener('submit', sent);
    root.append(form);
    form.requestSubmit();
    expect(sent).not.toHaveBeenCalled();
  });
});
