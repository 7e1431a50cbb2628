/** Where Descry offers itself, as stored and as the browser says, live. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { useShortcuts } from '../../components/controls/use-shortcuts';
import { askBackground } from '../../utils/browser/messaging/call-background';
import { readMenuEverywhere, watchMenuEverywhere } from '../../utils/browser/settings/settings';
import type { MenuProps } from './menu';

const PICK_COMMAND = 'pick-picture';

type Commands = typeof browser.commands & {
  /** Only Firefox has it. */
  openShortcutSettings?: () => Promise<void>;
};

export function useMenu(): MenuProps {
  const [everywhere, setEverywhere] = useState<boolean>();
  const shortcuts = useShortcuts();

  useEffect(() => {
    const read = () => void readMenuEverywhere().then(setEverywhere);
    read();
    return watchMenuEverywhere(read);
  }, []);

  const commands: Commands = browser.commands;
  return {
    everywhere,
    onEverywhere: (wanted) => askBackground('menu.setEverywhere', { everywhere: wanted }),
    shortcut: shortcuts && (shortcuts.get(PICK_COMMAND) ?? ''),
    onChangeShortcut:
      commands.openShortcutSettings && (() => void commands.openShortcutSettings?.()),
  };
}
