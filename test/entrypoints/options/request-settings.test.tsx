// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it } from 'vitest';
import { Asking } from '../../../entrypoints/options/request-settings';
import type { Connection } from '../../../utils/core/vision/connection';

const CONNECTION: Connection = {
  id: 'openai',
  provider: 'openai',
  baseUrl: 'https://api.openai.com/v1',
  model: 'gpt-6-luna',
};

afterEach(cleanup);

it('shows what another page changes, and keeps what is being typed here', () => {
  const onChange = () => Promise.resolve();
  const { rerender } = render(<Asking connection={CONNECTION} onChange={onChange} />);
  const field = (name: RegExp) => screen.getByRole<HTMLInputElement>('textbox', { name });
  fireEvent.input(field(/^Time-out/), { target: { value: '12' } });
  rerender(<Asking connection={{ ...CONNECTION, monthlyCap: 7 }} onChange={onChange} />);
  expect(field(/^Monthly limit/).value).toBe('7');
  expect(field(/^Time-out/).value).toBe('12');
  rerender(<Asking connection={{ ...CONNECTION, firstWordSeconds: 99 }} onChange={onChange} />);
  expect(field(/^Monthly limit/).value).toBe('');
  expect(field(/^Time-out/).value).toBe('12');
});
