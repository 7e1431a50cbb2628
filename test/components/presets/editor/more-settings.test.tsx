// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresetList } from '../../../../utils/core/prompts/preset';
import type { Connection } from '../../../../utils/core/vision/connection';
import { expectAccessible } from '../../../fixtures/axe';
import {
  button,
  choose,
  field,
  Harness,
  later,
  LIST,
  stored,
  type,
} from '../../../fixtures/presets-harness';

const CONNECTIONS: Connection[] = [
  { id: 'one', provider: 'openai', baseUrl: 'https://api.openai.com/v1', model: 'gpt-6-luna' },
  { id: 'two', provider: 'custom', baseUrl: 'http://studio.local:8080/v1', model: 'qwen3-vl' },
];

beforeEach(() => {
  stored.list = LIST;
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open(list: PresetList = LIST, name = /^Detailed/): void {
  render(<Harness list={list} connections={CONNECTIONS} />);
  fireEvent.click(button(name));
}

const kept = () => stored.list.presets.find(({ id }) => id === 'b');
const help = (name: string) =>
  (field(name).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
    .join(' ');

function tick(name: string): void {
  fireEvent.click(field(name));
  later();
}

describe('the settings of a prompt', () => {
  it('are accessible', async () => {
    open();
    fireEvent.click(screen.getByText('More settings'));
    fireEvent.click(screen.getByText('What the model would get'));
    vi.useRealTimers();
    await expectAccessible(document.body);
  });

  it('are stored as they are chosen, and gone where they are taken back', () => {
    open();
    choose('Server', 'two');
    type('Model', 'llava');
    choose('Detail', 'low');
    choose('Thinking', 'high');
    type('Limit in tokens', '500');
    choose('Answer language', 'de');
    type('Length in characters', '300');
    tick('Page title');
    tick('Show in the menu of an image');
    tick('Ask about several images at once');
    expect(kept()).toEqual({
      id: 'b',
      name: 'Detailed',
      prompt: 'Describe in detail.',
      connectionId: 'two',
      model: 'llava',
      detail: 'low',
      effort: 'high',
      maxTokens: 500,
      language: 'de',
      length: 300,
      context: ['page_title'],
      hidden: true,
      compares: true,
    });
    for (const each of ['Server', 'Detail', 'Thinking', 'Answer language']) choose(each, '');
    for (const each of ['Model', 'Limit in tokens', 'Length in characters']) type(each, '');
    tick('Page title');
    tick('Show in the menu of an image');
    tick('Ask about several images at once');
    expect(kept()).toStrictEqual(LIST.presets[1]);
  });

  it.each([
    ['Limit in tokens', '5', 'A whole number from 16 to 128000.'],
    ['Limit in tokens', '50.5', 'A whole number from 16 to 128000.'],
    ['Length in characters', 'many', 'A whole number from 20 to 10000.'],
  ])('say what is wrong and are not stored: %s %s', (name, value, words) => {
    open();
    type(name, value);
    expect(field(name).getAttribute('aria-invalid')).toBe('true');
    expect(help(name)).toBe(words);
    expect(field(name).value).toBe(value);
    expect(stored.list).toBe(LIST);
  });

  it('take any language by its tag', () => {
    open();
    choose('Answer language', 'page');
    expect(kept()?.language).toBe('page');
    choose('Answer language', 'other');
    expect(kept()?.language).toBe('page');
    type('Language tag', 'in German');
    expect(help('Language tag')).toContain('This is no language tag.');
    expect(kept()?.language).toBe('page');
    type('Language tag', 'gsw');
    expect(kept()?.language).toBe('gsw');
  });

  it('say where the model is not known to have that effort', () => {
    open();
    choose('Thinking', 'high');
    expect(help('Thinking')).toBe('');
    choose('Thinking', 'minimal');
    expect(help('Thinking')).toMatch(/left out/);
    choose('Thinking', 'high');
    choose('Server', 'two');
    expect(help('Thinking')).toMatch(/left out/);
    choose('Server', 'one');
    type('Model', 'gpt-4o');
    expect(help('Thinking')).toMatch(/left out/);
  });

  it('say so where the server is gone', () => {
    const presets = LIST.presets.map((each) => ({ ...each, connectionId: 'gone' }));
    open({ ...LIST, presets });
    expect(help('Server')).toMatch(/is gone/);
    expect(field('Server').value).toBe('');
  });

  it('keep the first in the menu, and one about a single image', () => {
    open(LIST, /^Alt text/);
    expect(field('Show in the menu of an image').disabled).toBe(true);
    expect(help('Show in the menu of an image')).toBe('The first one always is.');
    cleanup();
    open({ presets: LIST.presets.slice(1, 2), defaultId: 'b' });
    expect(field('Ask about several images at once').disabled).toBe(true);
  });
});

describe('the preview', () => {
  const shown = () =>
    [...document.querySelectorAll('.prompt-quote')].map(({ textContent }) => textContent);

  async function preview(): Promise<void> {
    vi.useRealTimers();
    const details = screen.getByText('What the model would get').closest('details');
    if (details) details.open = true;
    await screen.findByText('The prompt');
  }

  it('is the prompt as it would be sent, live', async () => {
    open();
    await preview();
    expect(shown()).toEqual(['Describe in detail.']);
    expect(screen.getByText('No words of the page went along.')).toBeTruthy();
    fireEvent.input(screen.getByLabelText('What to ask the model'), {
      target: { value: 'In {language}: {caption}. {role} {oops}' },
    });
    const [text, data] = shown();
    expect(text).toMatch(/^In English: page_data.caption. The image is informative.*\{oops\}$/);
    expect(data).toContain('"caption": "The old wharf just after sunset."');
    expect(data).not.toContain('heading');
    fireEvent.change(field('If the image is'), { target: { value: 'complex' } });
    expect(shown()[0]).toContain('The image is complex.');
  });

  it('follows the language and the length, as far as they are sound', async () => {
    open();
    await preview();
    fireEvent.change(field('Answer language'), { target: { value: 'fr' } });
    fireEvent.input(field('Length in characters'), { target: { value: '300' } });
    expect(shown()[0]).toBe('Describe in detail. Aim for about 300 characters.');
    expect(screen.getAllByText('French')).toHaveLength(2);
    fireEvent.input(field('Length in characters'), { target: { value: '3x' } });
    expect(shown()[0]).toBe('Describe in detail.');
  });
});
