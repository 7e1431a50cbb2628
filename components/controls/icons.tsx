/** The icons: inline SVG drawn for Descry, always beside a label, so hidden from screen readers. */
import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** Descry's mark: a viewfinder, and the thing caught sight of. */
export function MarkIcon() {
  return (
    <Icon>
      <path d="M2 6V4a2 2 0 0 1 2-2h2M14 10v2a2 2 0 0 1-2 2h-2" />
      <circle cx="8" cy="8" r="2.25" fill="currentColor" stroke="none" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}

export function CopyIcon() {
  return (
    <Icon>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 2.5H4A1.5 1.5 0 0 0 2.5 4v6.5" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m3 8.5 3.25 3.25L13 5" />
    </Icon>
  );
}

export function StopIcon() {
  return (
    <Icon>
      <rect x="4" y="4" width="8" height="8" rx="1.5" fill="currentColor" stroke="none" />
    </Icon>
  );
}

export function RetryIcon() {
  return (
    <Icon>
      <path d="M13 8a5 5 0 1 1-1.5-3.6M13 2.5V5h-2.5" />
    </Icon>
  );
}

/** On from where it stopped. */
export function ContinueIcon() {
  return (
    <Icon>
      <path d="M4 3.5v9l6-4.5-6-4.5ZM12.5 3.5v9" />
    </Icon>
  );
}

export function MoveIcon() {
  return (
    <Icon>
      <path d="M8 2v12M2 8h12M6.5 3.5 8 2l1.5 1.5M6.5 12.5 8 14l1.5-1.5M3.5 6.5 2 8l1.5 1.5M12.5 6.5 14 8l-1.5 1.5" />
    </Icon>
  );
}

export function AlertIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 5v3.5M8 10.95v.1" />
    </Icon>
  );
}

export function ImageIcon() {
  return (
    <Icon>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="m2.5 11 3-3 2.5 2.5 2-2 3.5 3" />
      <circle cx="10.75" cy="6" r=".75" fill="currentColor" stroke="none" />
    </Icon>
  );
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7" />
      <circle cx="11" cy="4.5" r="1.75" />
      <circle cx="5" cy="11.5" r="1.75" />
    </Icon>
  );
}

/** A clock that goes back. */
export function HistoryIcon() {
  return (
    <Icon>
      <path d="M3.1 5.5A5.5 5.5 0 1 1 2.5 8M2.5 2.75V5.5h2.75M8 5v3.25l2 1.25" />
    </Icon>
  );
}

export function DeleteIcon() {
  return (
    <Icon>
      <path d="M2.5 4.5h11M6.5 4V2.5h3V4M4 4.5l.6 8a1 1 0 0 0 1 .95h4.8a1 1 0 0 0 1-.95l.6-8M6.75 7v4M9.25 7v4" />
    </Icon>
  );
}

export function RevealIcon() {
  return (
    <Icon>
      <path d="M6.5 3H4a1 1 0 0 0-1 1v8a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V9.5M9.5 3H13v3.5M12.5 3.5 7.5 8.5" />
    </Icon>
  );
}

export function PlusIcon() {
  return (
    <Icon>
      <path d="M8 3v10M3 8h10" />
    </Icon>
  );
}

export function ChevronIcon() {
  return (
    <Icon>
      <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
    </Icon>
  );
}

/** A pointer on a corner of the viewfinder. */
export function PickIcon() {
  return (
    <Icon>
      <path d="M2 5V3.5A1.5 1.5 0 0 1 3.5 2H5M9 2h1.5A1.5 1.5 0 0 1 12 3.5V5M2 9v1.5A1.5 1.5 0 0 0 3.5 12H5" />
      <path d="m7 7 2.5 7 1.25-3.25L14 9.5Z" />
    </Icon>
  );
}

/** A window of the browser. */
export function ViewIcon() {
  return (
    <Icon>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="M2.25 6h11.5M4.5 4.5h.1M6.5 4.5h.1" />
    </Icon>
  );
}

export function FileIcon() {
  return (
    <Icon>
      <path d="M9 2H5a1 1 0 0 0-1 1v10a1 1 0 0 0 1 1h6a1 1 0 0 0 1-1V5ZM9 2v3h3" />
    </Icon>
  );
}

export function UpIcon() {
  return (
    <Icon>
      <path d="M8 13V3.5M4 7l4-4 4 4" />
    </Icon>
  );
}

export function DownIcon() {
  return (
    <Icon>
      <path d="M8 3v9.5M4 9l4 4 4-4" />
    </Icon>
  );
}

/** What a line is dragged by. */
export function GripIcon() {
  return (
    <Icon>
      <path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" />
    </Icon>
  );
}

export function BracesIcon() {
  return (
    <Icon>
      <path d="M6 2.5H5.5A1.5 1.5 0 0 0 4 4v2.5L2.5 8 4 9.5V12a1.5 1.5 0 0 0 1.5 1.5H6M10 2.5h.5A1.5 1.5 0 0 1 12 4v2.5L13.5 8 12 9.5V12a1.5 1.5 0 0 1-1.5 1.5H10" />
    </Icon>
  );
}

/** Into the tray, out of it. */
export function ImportIcon() {
  return (
    <Icon>
      <path d="M8 2v8M5 7.25 8 10.25l3-3M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2" />
    </Icon>
  );
}

export function ExportIcon() {
  return (
    <Icon>
      <path d="M8 10.25v-8M5 5l3-3 3 3M2.5 10.5v2a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-2" />
    </Icon>
  );
}

export function EditIcon() {
  return (
    <Icon>
      <path d="m10.5 3 2.5 2.5L5.75 12.75 2.5 13.5l.75-3.25zM9 4.5 11.5 7" />
    </Icon>
  );
}

export function SpeakIcon() {
  return (
    <Icon>
      <path d="M2.5 6.25v3.5H5L8.5 13V3L5 6.25zM11 5.75a3.2 3.2 0 0 1 0 4.5M12.75 3.75a6 6 0 0 1 0 8.5" />
    </Icon>
  );
}

/** A page, and what is put into it. */
export function PageIcon() {
  return (
    <Icon>
      <path d="M13.5 8v4a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V8M8 2v7M5 6.25l3 3 3-3" />
    </Icon>
  );
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M5.5 2.5 2.5 5.5l3 3M2.5 5.5h7a4 4 0 0 1 0 8H6" />
    </Icon>
  );
}

export function CompareIcon() {
  return (
    <Icon>
      <rect x="2" y="3.5" width="5" height="9" rx="1" />
      <rect x="9" y="3.5" width="5" height="9" rx="1" />
    </Icon>
  );
}
