/** Something is under way, in words beside our moving mark. */
import { MarkIcon } from './icons';

export function Busy({ words }: { words: string }) {
  return (
    <p class="job-status busy">
      <MarkIcon />
      {words}
    </p>
  );
}
