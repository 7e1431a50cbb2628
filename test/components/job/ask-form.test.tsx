// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { AskForm } from '../../../components/job/ask-form';

afterEach(cleanup);

function show(taken: boolean) {
  const onAsk = vi
    .fn<(question: string | undefined) => Promise<boolean>>()
    .mockResolvedValue(taken);
  const form = (waiting: boolean) => (
    <AskForm id="1" words="Ask about it" waiting={waiting} onAsk={onAsk} />
  );
  const { rerender } = render(form(false));
  const field = () => screen.queryByRole<HTMLTextAreaElement>('textbox');
  return {
    onAsk,
    field,
    wait: (waiting: boolean) => rerender(form(waiting)),
    type: (value: string) => field() && fireEvent.input(field() as Element, { target: { value } }),
    enter: () => field() && fireEvent.keyDown(field() as Element, { key: 'Enter' }),
  };
}

it('a question that was not taken is there again', async () => {
  const { onAsk, field, type, enter } = show(false);
  type('How old?');
  enter();
  await vi.waitFor(() => expect(field()?.value).toBe('How old?'));
  expect(onAsk).toHaveBeenCalledExactlyOnceWith('How old?');
});

it('a question that was taken is gone from the field', async () => {
  const { onAsk, field, type, enter } = show(true);
  type('How old?');
  enter();
  await vi.waitFor(() => expect(onAsk).toHaveBeenCalledOnce());
  expect(field()?.value).toBe('');
});

it('while another is being answered, what is typed stays and is not sent', () => {
  const { onAsk, field, wait, type, enter } = show(true);
  type('How old');
  wait(true);
  expect(field()?.value).toBe('How old');
  enter();
  expect(onAsk).not.toHaveBeenCalled();
  wait(false);
  expect(field()?.value).toBe('How old');
});

it('is not there while nothing can be asked and nothing is typed', () => {
  const { field, wait } = show(true);
  wait(true);
  expect(field()).toBeNull();
});
