/** Something is under way: a text beside the animated mark. */
import { MarkIcon } from './icons';

export function Busy({ words }: { words: string }) {
  return (
    <p class="job-status busy">
      <MarkIcon />
      {words}
    </p>
  );
}
