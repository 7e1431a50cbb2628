// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { startPulse } from '../../../entrypoints/card/pulse';

const { id } = fakeBrowser.runtime;

afterEach(() => {
  Object.assign(fakeBrowser.runtime, { id });
});

/** A card, whose browser can tell of the end of a wait; jsdom has no animations of its own. */
function setUp() {
  const root = document.createElement('div').attachShadow({ mode: 'open' });
  const card = document.createElement('div');
  root.append(card);
  startPulse(root);
  const end = (animationName: string) => {
    const event = new Event('animationstart', { bubbles: true });
    card.dispatchEvent(Object.assign(event, { animationName }));
    return card.style.animationName;
  };
  return { end };
}

describe('a card', () => {
  it('says nothing while Descry is there: another wait begins as one ends', () => {
    const { end } = setUp();
    expect(end('cut-off')).toBe('cut-off-again');
    expect(end('cut-off-again')).toBe('cut-off');
  });

  it('leaves other animations alone', () => {
    expect(setUp().end('sight')).toBe('');
  });

  it('says so once Descry is gone', () => {
    const { end } = setUp();
    Object.assign(fakeBrowser.runtime, { id: undefined });
    expect(end('cut-off')).toBe('');
  });
});
