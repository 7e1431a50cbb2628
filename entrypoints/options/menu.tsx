/** Where Descry offers itself: the menu of everything, and the key that picks an image. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/controls/button';
import { errorSentences } from '../../utils/browser/words/error-words';
import { errorCode, type ErrorCode } from '../../utils/core/errors';

/** Where Chromium lets a person change it; no extension may open this page by a link. */
const SHORTCUTS_PAGE = 'chrome://extensions/shortcuts';

export interface MenuProps {
  /** Whether the menu offers Descry on everything; `undefined` until it has been read. */
  everywhere: boolean | undefined;
  onEverywhere: (everywhere: boolean) => Promise<void>;
  /** The key as the browser writes it, empty where none is set; `undefined` until it has said. */
  shortcut: string | undefined;
  /** Absent where the browser has no such page to open. */
  onChangeShortcut: (() => void) | undefined;
}

export function Menu({ everywhere, onEverywhere, shortcut, onChangeShortcut }: MenuProps) {
  const [failed, setFailed] = useState<ErrorCode>();

  async function store(wanted: boolean): Promise<void> {
    setFailed(undefined);
    try {
      await onEverywhere(wanted);
    } catch (error) {
      setFailed(errorCode(error));
    }
  }

  return (
    <div class="panel asking">
      <label class="check">
        <input
          type="checkbox"
          checked={everywhere ?? false}
          disabled={everywhere === undefined}
          aria-describedby="menu-everywhere-help"
          onChange={({ currentTarget }) => void store(currentTarget.checked)}
        />
        {i18n.t('options.menuEverywhere')}
        <span id="menu-everywhere-help" class="field-help">
          {i18n.t('options.menuEverywhereHelp')}
        </span>
      </label>
      <p role="status">{failed && <span class="field-problem">{errorSentences(failed)}</span>}</p>
      {shortcut !== undefined && (
        <div class="shortcut">
          <p>{i18n.t('options.shortcut', [shortcut || i18n.t('options.shortcutNone')])}</p>
          {onChangeShortcut ? (
            <Button onClick={onChangeShortcut}>{i18n.t('options.shortcutChange')}</Button>
          ) : (
            <p class="field-help">{i18n.t('options.shortcutChangeAt', [SHORTCUTS_PAGE])}</p>
          )}
        </div>
      )}
    </div>
  );
}
