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
    fireEvent.click(screen.getByText('Preview of the request'));
    vi.useRealTimers();
    await expectAccessible(document.body);
  });

  it('are stored as they are chosen, and gone where they are taken back', () => {
    open();
    choose('Connection', 'two');
    type('Model', 'llava');
    choose('Detail', 'low');
    choose('Reasoning effort', 'high');
    type('Max output tokens', '500');
    choose('Answer language', 'de');
    type('Length in characters', '300');
    tick('Page title');
    tick('Show in the right-click menu');
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
    for (const each of ['Connection', 'Detail', 'Reasoning effort', 'Answer language'])
      choose(each, '');
    for (const each of ['Model', 'Max output tokens', 'Length in characters']) type(each, '');
    tick('Page title');
    tick('Show in the right-click menu');
    tick('Ask about several images at once');
    expect(kept()).toStrictEqual(LIST.presets[1]);
  });

  it.each([
    ['Max output tokens', '5', 'Enter a whole number from 16 to 128000.'],
    ['Max output tokens', '50.5', 'Enter a whole number from 16 to 128000.'],
    ['Length in characters', 'many', 'Enter a whole number from 20 to 10000.'],
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
    expect(help('Language tag')).toContain('Not a valid language tag.');
    expect(kept()?.language).toBe('page');
    type('Language tag', 'gsw');
    expect(kept()?.language).toBe('gsw');
  });

  it('say where the model is not known to have that effort', () => {
    open();
    choose('Reasoning effort', 'high');
    expect(help('Reasoning effort')).toBe('');
    choose('Reasoning effort', 'minimal');
    expect(help('Reasoning effort')).toMatch(/not sent/);
    choose('Reasoning effort', 'high');
    choose('Connection', 'two');
    expect(help('Reasoning effort')).toMatch(/not sent/);
    choose('Connection', 'one');
    type('Model', 'gpt-4o');
    expect(help('Reasoning effort')).toMatch(/not sent/);
  });

  it('say so where the server is gone', () => {
    const presets = LIST.presets.map((each) => ({ ...each, connectionId: 'gone' }));
    open({ ...LIST, presets });
    expect(help('Connection')).toMatch(/no longer exists/);
    expect(field('Connection').value).toBe('');
  });

  it('keep the first in the menu, and one about a single image', () => {
    open(LIST, /^Alt text/);
    expect(field('Show in the right-click menu').disabled).toBe(true);
    expect(help('Show in the right-click menu')).toBe('The first preset is always shown.');
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
    const details = screen.getByText('Preview of the request').closest('details');
    if (details) details.open = true;
    await screen.findByText('Prompt as sent');
  }

  it('is the prompt as it would be sent, live', async () => {
    open();
    await preview();
    expect(shown()).toEqual(['Describe in detail.']);
    expect(screen.getByText('No page context was sent.')).toBeTruthy();
    fireEvent.input(screen.getByLabelText('Prompt'), {
      target: { value: 'In {language}: {caption}. {purpose} {oops}' },
    });
    const [text, data] = shown();
    expect(text).toMatch(/^In English: page_data.caption. The image is informative.*\{oops\}$/);
    expect(data).toContain('"caption": "The old wharf just after sunset."');
    expect(data).not.toContain('heading');
    fireEvent.change(field('If the image’s purpose is'), { target: { value: 'complex' } });
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
