/** Where Descry offers itself, as stored and as the browser says, live. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import {
  readMenuEverywhere,
  saveMenuEverywhere,
  watchMenuEverywhere,
} from '../../utils/settings/settings';
import type { MenuProps } from './menu';

const PICK_COMMAND = 'pick-picture';

type Commands = typeof browser.commands & {
  /** Firefox alone has it. */
  openShortcutSettings?: () => Promise<void>;
};

export function useMenu(): MenuProps {
  const [everywhere, setEverywhere] = useState<boolean>();
  const [shortcut, setShortcut] = useState<string>();

  useEffect(() => {
    const read = () => void readMenuEverywhere().then(setEverywhere);
    read();
    return watchMenuEverywhere(read);
  }, []);

  useEffect(() => {
    const read = () => void readShortcut().then(setShortcut);
    read();
    // It is changed on a page of the browser's own, from which a person comes back.
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  }, []);

  const commands: Commands = browser.commands;
  return {
    everywhere,
    onEverywhere: saveMenuEverywhere,
    shortcut,
    onChangeShortcut:
      commands.openShortcutSettings && (() => void commands.openShortcutSettings?.()),
  };
}

async function readShortcut(): Promise<string> {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === PICK_COMMAND)?.shortcut ?? '';
}
