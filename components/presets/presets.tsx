/** The list of presets: what each asks, and which comes first in the menu. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { errorSentences } from '../../utils/browser/words/error-words';
import { AlertIcon, CheckIcon, PlusIcon, RetryIcon } from '../controls/icons';
import { defaultPreset, type Preset, type PresetList } from '../../utils/core/prompts/preset';
import { changedPresets, undoing, type PresetChange } from '../../utils/core/prompts/preset-change';
import * as lists from '../../utils/core/prompts/preset-list';
import type { PresetFile } from '../../utils/core/prompts/preset-file';
import { localizedBuiltins } from '../../utils/browser/settings/settings';
import type { Connection } from '../../utils/core/vision/connection';
import { PresetTransfer } from './preset-transfer';
import { PresetItem } from './preset-item';
import { useDrag } from './use-drag';
import type { Presets } from './use-presets';

export interface PresetsPanelProps extends Presets {
  /** The one in use first. */
  connections?: readonly Connection[] | undefined;
  /** Opens the presets in a page where the browser allows choosing a file. */
  onFileElsewhere?: (() => void) | undefined;
}

/** What was just done, and what undoes it. */
interface LastChange {
  undo: PresetChange;
  words: string;
  /** Whose line is focused when it is undone. */
  id: string | undefined;
}

export function PresetsPanel({ list, ...rest }: PresetsPanelProps) {
  return list ? (
    <PresetListPanel list={list} {...rest} />
  ) : (
    <p class="loading">{i18n.t('popup.loading')}</p>
  );
}

/** Before they have been read. */
const NONE: readonly Connection[] = [];

type PresetListProps = PresetsPanelProps & { list: PresetList };

function PresetListPanel({
  list,
  onChange,
  connections,
  onFileElsewhere,
  ...rest
}: PresetListProps) {
  const [openId, setOpenId] = useState<string>();
  const [done, setDone] = useState<LastChange>();
  const [moved, setMoved] = useState<string>();
  const [revision, setRevision] = useState(0);
  const undo = useRef<HTMLButtonElement>(null);
  const [builtins] = useState(localizedBuiltins);
  const { drag, grip } = useDrag((id, to) => move(id, to));
  const { presets } = list;
  const first = defaultPreset(list);
  /** The newest list, also for what an editor stores after it was closed. */
  const now = useRef(list);
  now.current = list;

  // The focused button was removed with its preset.
  useEffect(() => undo.current?.focus(), [done]);

  /** Makes a change; false where it cannot be made. */
  function put(change: PresetChange): boolean {
    const next = changedPresets(now.current, change, builtins);
    if (next === now.current) return false;
    setDone(undefined);
    setMoved(undefined);
    now.current = next;
    onChange(change);
    return true;
  }

  /** Makes a change that can be undone: a deletion, an import. An open editor starts over. */
  function doOnce(change: PresetChange, words: string, id?: string): boolean {
    const before = now.current;
    if (!put(change)) return false;
    setRevision(revision + 1);
    setDone({ undo: undoing(before, now.current), words, id });
    return true;
  }

  function takeBack(what: LastChange): void {
    put(what.undo);
    setRevision(revision + 1);
    focusLine(what.id ?? now.current.presets[0]?.id);
  }

  function add(): void {
    const id = crypto.randomUUID();
    const name = i18n.t('presets.newName');
    const preset = { id, name, prompt: i18n.t('presets.newPrompt') };
    if (put({ kind: 'add', preset })) setOpenId(id);
  }

  function copy(preset: Preset): void {
    const id = crypto.randomUUID();
    const name = i18n.t('presets.copyName', [preset.name]);
    if (put({ kind: 'copy', id: preset.id, copy: { id, name } })) setOpenId(id);
  }

  function move(id: string, to: number): void {
    put({ kind: 'move', id, to });
    const name = now.current.presets[to]?.name ?? '';
    setMoved(i18n.t('presets.moved', [name, to + 1, presets.length]));
  }

  function reset(id: string): void {
    put({ kind: 'reset', id });
    setRevision(revision + 1);
  }

  function take(file: PresetFile): boolean {
    const imported = lists.importPresets(now.current, file);
    if (!imported) return false;
    const { added, replaced } = imported;
    return doOnce({ kind: 'import', ...file }, i18n.t('presets.imported', [added, replaced]));
  }

  /** Where a dragged row would end up, marked at the row at this index. */
  function dropAt(at: number) {
    if (!drag) return undefined;
    if (drag.from === at) return 'self' as const;
    if (drag.to !== at) return undefined;
    return drag.to > drag.from ? ('after' as const) : ('before' as const);
  }

  return (
    <>
      <div class="presets-head">
        <p class="quiet-words">{i18n.t('presets.intro')}</p>
        <SavedWords {...rest} />
      </div>
      <fieldset>
        <legend class="visually-hidden">{i18n.t('presets.default')}</legend>
        <ul class="presets lines">
          {presets.map((preset, at) => (
            <PresetItem
              key={preset.id}
              preset={preset}
              connections={connections ?? NONE}
              first={preset === first}
              needed={lists.isNeeded(list, preset.id)}
              changed={lists.isChanged(preset, builtins)}
              open={preset.id === openId}
              revision={revision}
              grip={grip(preset.id, at)}
              drop={dropAt(at)}
              place={{ at, of: presets.length }}
              onOpen={(open) => setOpenId(open ? preset.id : undefined)}
              onMakeFirst={() => put({ kind: 'makeDefault', id: preset.id })}
              onChange={put}
              onMove={(to) => move(preset.id, to)}
              onCopy={() => copy(preset)}
              onReset={() => reset(preset.id)}
              onDelete={() =>
                doOnce(
                  { kind: 'remove', id: preset.id },
                  i18n.t('presets.deleted', [preset.name]),
                  preset.id,
                )
              }
            />
          ))}
        </ul>
      </fieldset>
      <p role="status" class="visually-hidden">
        {moved}
      </p>
      <div class="presets-tools">
        <Button icon={<PlusIcon />} onClick={add}>
          {i18n.t('presets.add')}
        </Button>
        <PresetTransfer list={list} onImport={take} onElsewhere={onFileElsewhere} />
        {lists.missingBuiltins(list, builtins).length > 0 && (
          <Button
            look="quiet"
            icon={<RetryIcon />}
            onClick={() => doOnce({ kind: 'restore' }, i18n.t('presets.restored'))}
          >
            {i18n.t('presets.restore')}
          </Button>
        )}
      </div>
      <div role="status" class="presets-undo">
        {done && (
          <div class="bar raised">
            <p>{done.words}</p>
            <Button ref={undo} onClick={() => takeBack(done)}>
              {i18n.t('presets.undo')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

/** Once it is drawn. */
function focusLine(id: string | undefined): void {
  setTimeout(() => document.getElementById(`open-${id}`)?.focus());
}

function SavedWords({ saved, problem }: Pick<Presets, 'saved' | 'problem'>) {
  return (
    <p role="status" class="presets-saved">
      {saved === 'saved' && (
        <span class="saved">
          <CheckIcon />
          {i18n.t('presets.saved')}
        </span>
      )}
      {saved === 'failed' && (
        <span class="field-problem">
          <AlertIcon />
          {problem === 'settingsNewer' ? errorSentences(problem) : i18n.t('presets.saveFailed')}
        </span>
      )}
    </p>
  );
}
