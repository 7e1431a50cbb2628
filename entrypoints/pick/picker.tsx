/** The picker as a person meets it: outlines over the page's images, moved by pointer or keys.
 * Pure: it knows boxes and names, not the page. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { CloseIcon } from '../../components/controls/icons';
import type { ImageType } from '../../utils/page/page-image';
import type { Box } from '../../utils/page/place';

/** An image to choose. */
export interface Choice {
  /** As a screen reader would say it; empty where it has none. */
  name: string;
  type: ImageType;
  box: Box;
}

export interface PickerProps {
  choices: readonly Choice[];
  /** Which one is outlined; -1 for none. */
  current: number;
  /** The rectangle being drawn. */
  region: Box | undefined;
  /** Whether the person just pointed at a place without an image and pressed. */
  missed: boolean;
  onStep: (to: number) => void;
  onTake: () => void;
  onLeave: () => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerDown: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
}

export function Picker(props: PickerProps) {
  const { choices, current, region, missed } = props;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => list.current?.focus({ preventScroll: true }), []);

  return (
    // It is a window onto the page: keys and pointer mean the page's images.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      class="picker"
      role="dialog"
      aria-modal="true"
      aria-label={i18n.t('picker.name')}
      lang={i18n.t('format.tag')}
      dir={i18n.t('format.dir') === 'rtl' ? 'rtl' : 'ltr'}
      onKeyDown={(event) => onKeyDown(event, props)}
      onKeyUp={keepFromPage}
      onPointerMove={props.onPointerMove}
      onPointerDown={props.onPointerDown}
      onPointerUp={props.onPointerUp}
    >
      {region ? (
        <Outline box={region} />
      ) : (
        choices[current] && <Outline box={choices[current].box} name={nameOf(choices[current])} />
      )}
      <div
        ref={list}
        class="picker-list visually-hidden"
        role="listbox"
        tabIndex={0}
        aria-label={i18n.t('picker.list')}
        aria-activedescendant={current === -1 ? undefined : `choice-${current}`}
      >
        {choices.map((choice, at) => (
          // Nothing but its place tells one image from another of the same name.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={at} id={`choice-${at}`} role="option" aria-selected={at === current}>
            {optionName(choice)}
          </div>
        ))}
      </div>
      <div class="picker-bar" onPointerDown={keepFromPage} onPointerUp={keepFromPage}>
        <p>{i18n.t(choices.length === 0 ? 'picker.none' : 'picker.help')}</p>
        <Button look="quiet" icon={<CloseIcon />} iconOnly tabIndex={-1} onClick={props.onLeave}>
          {i18n.t('picker.leave')}
        </Button>
      </div>
      {/* Screen readers start with the list; other events are announced here. */}
      <div role="status" class="visually-hidden">
        {missed && i18n.t('picker.missed')}
      </div>
    </div>
  );
}

function onKeyDown(event: KeyboardEvent, props: PickerProps): void {
  const { current, choices } = props;
  event.stopPropagation();
  if (event.key === 'Escape') {
    event.preventDefault();
    return props.onLeave();
  }
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    return props.onTake();
  }
  const to = destination(event, current, choices.length);
  if (to === undefined || choices.length === 0) return;
  event.preventDefault();
  props.onStep(to);
}

function destination({ key, shiftKey }: KeyboardEvent, at: number, count: number) {
  const next = (at + 1) % count;
  const previous = at <= 0 ? count - 1 : at - 1;
  switch (key) {
    case 'Tab':
      return shiftKey ? previous : next;
    case 'ArrowRight':
    case 'ArrowDown':
      return next;
    case 'ArrowLeft':
    case 'ArrowUp':
      return previous;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function keepFromPage(event: Event): void {
  event.stopPropagation();
}

/**
 * Where the outline is: by properties of the element, since a page's CSP forbids style attributes.
 */
function Outline({ box, name }: { box: Box; name?: string }) {
  const outline = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style } = outline.current ?? {};
    if (!style) return;
    style.left = `${box.left}px`;
    style.top = `${box.top}px`;
    style.width = `${box.width}px`;
    style.height = `${box.height}px`;
  });
  return (
    <div ref={outline} class="picker-outline" aria-hidden="true">
      {name !== undefined && (
        <span class={box.top < 32 ? 'picker-label inside' : 'picker-label'} dir="auto">
          {name}
        </span>
      )}
    </div>
  );
}

function nameOf({ name, type }: Choice): string {
  return name === '' ? i18n.t(`imageType.${type}`) : name;
}

/** "Dog on a beach. Image, 600 × 400." */
function optionName({ name, type, box }: Choice): string {
  const size = i18n.t('format.size', [Math.round(box.width), Math.round(box.height)]);
  const facts = `${i18n.t(`imageType.${type}`)}, ${size}`;
  return name === '' ? `${i18n.t('picker.unnamed')}. ${facts}` : `${name}. ${facts}`;
}
