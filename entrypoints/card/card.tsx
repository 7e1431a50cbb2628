/** The card beside an image: a job's text and its actions. Pure: no browser API,
 * no feed, no place of its own. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { messageOf } from '../../utils/browser/words/message-key';
import { Button } from '../../components/controls/button';
import { errorWords } from '../../utils/browser/words/error-words';
import { AlertIcon, CloseIcon, MoveIcon, ImageIcon } from '../../components/controls/icons';
import { JobActions, type JobActionsProps } from '../../components/job/job-actions';
import { JobAnnouncer } from '../../components/job/job-announcer';
import { JobMeta } from '../../components/job/job-meta';
import { opinionsOf, stateOf } from '../../utils/core/jobs/turns';
import { CardBody } from './card-body';

/** How far one press of an arrow key moves the card, in CSS pixels; with Shift, a tenth of it. */
const STEP = 40;

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface CardProps extends JobActionsProps {
  /** Draws the thumbnail; without it an icon is shown. */
  drawThumbnail?: ((canvas: HTMLCanvasElement) => void) | undefined;
  onClose: () => void;
  /** A press on the header that may become a drag. */
  onDragStart: (event: PointerEvent) => void;
  /** A move by keyboard, in CSS pixels. */
  onMoveBy: (dx: number, dy: number) => void;
}

export function Card(props: CardProps) {
  const { drawThumbnail, onClose, onDragStart, onMoveBy, job, port } = props;
  const dialog = useRef<HTMLDivElement>(null);

  // Before the first paint, so that nothing typed in between is lost on the page.
  useLayoutEffect(() => dialog.current?.focus({ preventScroll: true }), []);

  function move(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? STEP / 10 : STEP;
    onMoveBy(arrow[0] * step, arrow[1] * step);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    } else if (event.altKey) {
      move(event);
    }
    keepFromPage(event);
  }

  function onHeadPointerDown(event: PointerEvent): void {
    const onButton = event.target instanceof Element && event.target.closest('button');
    if (event.button === 0 && !onButton) onDragStart(event);
  }

  return (
    <div
      ref={dialog}
      class={opinionsOf(job).length > 0 ? 'card wide' : 'card'}
      role="dialog"
      aria-label={i18n.t('card.name', [job.preset.name])}
      // The page around may be in another language, and run the other way.
      lang={i18n.t('format.tag')}
      dir={i18n.t('format.dir') === 'rtl' ? 'rtl' : 'ltr'}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onKeyUp={keepFromPage}
      onKeyPress={keepFromPage}
    >
      <div class="card-head" onPointerDown={onHeadPointerDown}>
        <Thumbnail draw={drawThumbnail} />
        <h2 class="card-title" dir="auto">
          {job.preset.name}
        </h2>
        <Button
          look="quiet"
          icon={<MoveIcon />}
          iconOnly
          title={i18n.t('card.moveHelp')}
          onKeyDown={move}
          onPointerDown={onDragStart}
        >
          {i18n.t('card.move')}
        </Button>
        <Button look="quiet" icon={<CloseIcon />} iconOnly onClick={onClose}>
          {i18n.t('card.close')}
        </Button>
      </div>
      <CutOff />
      {/* Above the text, which grows: Stop must not move away from under the pointer. */}
      <div class="card-actions">
        <JobActions job={job} port={port} />
      </div>
      <CardBody job={job} port={port} />
      <div class="card-foot">
        <JobMeta job={job} />
      </div>
      <JobAnnouncer state={stateOf(job)} />
    </div>
  );
}

/**
 * Hidden until the extension context is gone (`pulse.ts`): messages cannot be loaded any more then.
 */
function CutOff() {
  const { title, next } = errorWords('reloaded');
  return (
    <div class="card-cut-off" role="alert">
      <p class="job-notice caution">
        <AlertIcon />
        <span>
          <strong>{messageOf(title)}</strong>
          {messageOf(next)}
        </span>
      </p>
    </div>
  );
}

/** A page's own shortcuts must not hear what is pressed in the card. */
function keepFromPage(event: KeyboardEvent): void {
  event.stopPropagation();
}

function Thumbnail({ draw }: { draw: CardProps['drawThumbnail'] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) draw?.(canvas.current);
  }, [draw]);
  return (
    <span class="card-thumbnail" aria-hidden="true">
      {draw ? <canvas ref={canvas} width={72} height={72} /> : <ImageIcon />}
    </span>
  );
}
