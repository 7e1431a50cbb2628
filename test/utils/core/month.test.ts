import { expect, it, vi } from 'vitest';
import { monthOf } from '../../../utils/core/month';

it.each([
  ['Pacific/Kiritimati', '2026-12'],
  ['UTC', '2026-11'],
  ['America/Los_Angeles', '2026-11'],
])('the month is that of the person’s own clock, in %s', (zone, month) => {
  vi.stubEnv('TZ', zone);
  expect(monthOf(Date.UTC(2026, 10, 30, 12))).toBe(month);
});
