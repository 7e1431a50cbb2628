/** Months, as spending is counted by. */

/** The month of a moment, by the person's own clock: `2026-11`. */
export function monthOf(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}
