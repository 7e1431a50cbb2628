/** What the script that follows a page's jobs and the one that draws their cards know of each other. */
import type { Job } from '../../utils/core/jobs/job';
import type { Box, Neighbours, Size } from '../../utils/page/place';
import type { JobPort } from './job-port';

/** What a card asks of the one who put it there. */
export interface CardEvents {
  /** What can be seen of a job's image: its own size, and a small copy where it may be read. */
  onSeen(jobId: string, seen: SeenImage): void;
  onClosed(): void;
}

export interface SeenImage {
  thumbnail?: string;
  size: Size;
}

/** What a card belongs to: its element, if there is one, and its box in the window. */
export interface Anchor {
  element: Element | undefined;
  box: Box | undefined;
}

export interface CardHost {
  /** Shows a job in its present state. */
  show(job: Job): void;
  focus(): void;
  close(): void;
  /** Whether the person has moved it: then it stays where and as it is. */
  isMoved(): boolean;
  /** False after a page that replaced its whole content took the card with it. */
  isStanding(): boolean;
  /** Its position, in CSS pixels of the viewport. */
  box(): Box;
}

/** Opens a card for a job beside its image, or at the top right where that has no place. */
export type OpenCard = (
  job: Job,
  anchor: Anchor,
  neighbours: Neighbours,
  port: JobPort,
  events: CardEvents,
) => CardHost;
