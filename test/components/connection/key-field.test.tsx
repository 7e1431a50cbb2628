// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Welcome } from '../../../entrypoints/welcome/welcome';
import { expectAccessible } from '../../fixtures/axe';
import { fakePort } from '../../fixtures/connection-port';

afterEach(cleanup);

describe('the key field', () => {
  it('names a character that no request can carry, before any request', async () => {
    const port = fakePort();
    const stored = { connections: [], keyed: new Set<string>(), keys: 'unprotected' as const };
    const { container } = render(
      <Welcome
        {...{ stored, port, waiting: 0 }}
        onReveal={vi.fn<(jobId: string) => void>()}
        onStoredChange={() => Promise.resolve()}
      />,
    );
    const field = screen.getByLabelText('API key');
    fireEvent.input(field, { target: { value: '\u200bsk-\u0430bc' } });
    expect(screen.getByText(/^An API key cannot contain “\u0430” \(U\+0430\)/)).toBeTruthy();
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await expectAccessible(container);
    fireEvent.click(screen.getByRole('button', { name: 'Connect' }));
    expect(port.requestHost).not.toHaveBeenCalled();
    expect(port.save).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(field);

    fireEvent.input(field, { target: { value: '"sk-\u200babc"' } });
    expect(screen.queryByText(/^An API key cannot contain/)).toBeNull();
    expect(field.getAttribute('aria-invalid')).not.toBe('true');
  });

  it('takes what cannot be seen for nothing', () => {
    const port = fakePort();
    const stored = { connections: [], keyed: new Set<string>(), keys: 'unprotected' as const };
    render(
      <Welcome
        {...{ stored, port, waiting: 0 }}
        onReveal={vi.fn<(jobId: string) => void>()}
        onStoredChange={() => Promise.resolve()}
      />,
    );
    fireEvent.input(screen.getByLabelText('API key'), { target: { value: ' \u200b\n' } });
    fireEvent.click(screen.getByRole('button', { name: 'Connect' }));
    expect(screen.getByText('Paste your API key here.')).toBeTruthy();
    expect(port.save).not.toHaveBeenCalled();
  });
});
