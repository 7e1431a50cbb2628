/** Tabs by the ARIA pattern: arrow keys move and choose, one tab is in the page's tab order.
 * https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
import type { ComponentChildren } from 'preact';

interface TabListProps<Id extends string> {
  name: string;
  tabs: readonly { id: Id; words: string }[];
  chosen: Id;
  onChoose: (id: Id) => void;
}

export function TabList<Id extends string>({ name, tabs, chosen, onChoose }: TabListProps<Id>) {
  function onKeyDown(event: KeyboardEvent): void {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs.at(destination(event, at, tabs.length));
    if (!next || next.id === chosen) return;
    event.preventDefault();
    onChoose(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  }

  return (
    <div role="tablist" aria-label={name} class="tabs">
      {tabs.map(({ id, words }) => (
        <button
          key={id}
          id={`tab-${id}`}
          type="button"
          role="tab"
          class="tab"
          aria-selected={id === chosen}
          aria-controls={`panel-${id}`}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
          onKeyDown={onKeyDown}
        >
          {words}
        </button>
      ))}
    </div>
  );
}

function destination({ key, target }: KeyboardEvent, at: number, count: number): number {
  const rtl = target instanceof Element && getComputedStyle(target).direction === 'rtl';
  switch (key) {
    case rtl ? 'ArrowLeft' : 'ArrowRight':
      return (at + 1) % count;
    case rtl ? 'ArrowRight' : 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return at;
  }
}

interface TabPanelProps<Id extends string> {
  id: Id;
  chosen: Id;
  children: ComponentChildren;
}

/** Stays mounted while hidden, so that nothing typed in it is lost. */
export function TabPanel<Id extends string>({ id, chosen, children }: TabPanelProps<Id>) {
  return (
    <div
      role="tabpanel"
      id={`panel-${id}`}
      aria-labelledby={`tab-${id}`}
      class="tab-panel"
      hidden={id !== chosen}
    >
      {children}
    </div>
  );
}
