// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { startPulse } from '../../../entrypoints/page/pulse';

/** jsdom has no animations. */
class FakeAnimation {
  currentTime = 5_000;
  animationName: string;
  constructor(name: string) {
    this.animationName = name;
  }
}

const { id } = fakeBrowser.runtime;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('CSSAnimation', FakeAnimation);
});

afterEach(() => {
  Object.assign(fakeBrowser.runtime, { id });
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function setUp() {
  const shown = new FakeAnimation('cut-off-shown');
  const hidden = new FakeAnimation('cut-off-hidden');
  const other = new FakeAnimation('spin');
  const root = { getAnimations: () => [shown, hidden, other] } as unknown as ShadowRoot;
  return { shown, hidden, other, pulse: startPulse(root) };
}

const goAway = () => Object.assign(fakeBrowser.runtime, { id: undefined });

describe('a card', () => {
  it('says nothing while Descry is there: its animations begin again before they show', () => {
    const { shown, hidden, other } = setUp();
    vi.advanceTimersByTime(2_000);
    expect([shown.currentTime, hidden.currentTime]).toEqual([0, 0]);
    expect(other.currentTime).toBe(5_000);
  });

  it('says so once Descry is gone, and looks no more', () => {
    const { shown, hidden } = setUp();
    goAway();
    vi.advanceTimersByTime(2_000);
    expect(shown.currentTime).toBeGreaterThan(6_000);
    expect(hidden.currentTime).toBeGreaterThan(6_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('looks at once when its tab is seen again, whose timers were late', () => {
    const { shown } = setUp();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(shown.currentTime).toBe(0);
    goAway();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(shown.currentTime).toBeGreaterThan(6_000);
  });

  it('that is closed looks no more', () => {
    const { shown, pulse } = setUp();
    pulse.end();
    vi.advanceTimersByTime(10_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(shown.currentTime).toBe(5_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
