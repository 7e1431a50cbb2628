/** The prompts: which there are, what each asks, and which comes first in the menu. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { AlertIcon, CheckIcon, PlusIcon, RetryIcon } from '../../components/icons';
import { defaultPreset, type Preset, type PresetList } from '../../utils/prompts/preset';
import * as lists from '../../utils/prompts/preset-list';
import type { PresetFile } from '../../utils/prompts/preset-file';
import { ourPresets } from '../../utils/settings/settings';
import type { Connection } from '../../utils/vision/connection';
import { PresetTransfer } from './preset-transfer';
import { PromptItem } from './prompt-item';
import { useDrag } from './use-drag';
import type { Presets } from './use-presets';

export interface PromptsProps extends Presets {
  /** The one in use first. */
  connections?: readonly Connection[] | undefined;
  /** Opens the prompts where the browser lets a person choose a file. */
  onFileElsewhere?: (() => void) | undefined;
}

/** What was just done, and the list before it. */
interface Done {
  before: PresetList;
  words: string;
  /** Whose line is focused when it is undone. */
  id: string | undefined;
}

export function Prompts({ list, ...rest }: PromptsProps) {
  return list ? (
    <PromptList list={list} {...rest} />
  ) : (
    <p class="popup-loading">{i18n.t('popup.loading')}</p>
  );
}

/** Before they have been read. */
const NONE: readonly Connection[] = [];

type PromptListProps = PromptsProps & { list: PresetList };

function PromptList({ list, saved, onChange, connections, onFileElsewhere }: PromptListProps) {
  const [openId, setOpenId] = useState<string>();
  const [done, setDone] = useState<Done>();
  const [moved, setMoved] = useState<string>();
  const [revision, setRevision] = useState(0);
  const undo = useRef<HTMLButtonElement>(null);
  const [ours] = useState(ourPresets);
  const { drag, grip } = useDrag((id, to) => move(id, to));
  const { presets } = list;
  const first = defaultPreset(list);
  /** The newest list, also for what an editor stores after it was closed. */
  const now = useRef(list);
  now.current = list;

  // The focused button went with its prompt.
  useEffect(() => undo.current?.focus(), [done]);

  function put(next: PresetList): void {
    setDone(undefined);
    setMoved(undefined);
    now.current = next;
    onChange(next);
  }

  /** Does what may be undone: a delete, an import. What is being edited begins anew. */
  function doOnce(next: PresetList, words: string, id?: string): void {
    const before = now.current;
    put(next);
    setRevision(revision + 1);
    setDone({ before, words, id });
  }

  function takeBack({ before, id }: Done): void {
    put(before);
    setRevision(revision + 1);
    focusLine(id ?? before.presets[0]?.id);
  }

  /** Puts a new one into the list and opens it, where the list has room. */
  function putNew(next: PresetList, id: string): void {
    const before = now.current;
    put(next);
    if (next !== before) setOpenId(id);
  }

  function add(): void {
    const id = crypto.randomUUID();
    const name = i18n.t('prompts.newName');
    putNew(lists.addPreset(now.current, { id, name, prompt: i18n.t('prompts.newPrompt') }), id);
  }

  function copy(preset: Preset): void {
    const id = crypto.randomUUID();
    const name = i18n.t('prompts.copyName', [preset.name]);
    putNew(lists.copyPreset(now.current, preset.id, { id, name }), id);
  }

  function move(id: string, to: number): void {
    const next = lists.movePreset(now.current, id, to);
    const name = next.presets[to]?.name ?? '';
    put(next);
    setMoved(i18n.t('prompts.moved', [name, to + 1, presets.length]));
  }

  function reset(id: string): void {
    put(lists.resetToBuiltin(now.current, id, ours));
    setRevision(revision + 1);
  }

  function take(file: PresetFile): boolean {
    const imported = lists.importPresets(now.current, file);
    if (!imported) return false;
    const { added, replaced } = imported;
    doOnce(imported.list, i18n.t('prompts.imported', [added, replaced]));
    return true;
  }

  /** Where a dragged line would come to stand, at the line at this place. */
  function dropAt(at: number) {
    if (!drag) return undefined;
    if (drag.from === at) return 'self' as const;
    if (drag.to !== at) return undefined;
    return drag.to > drag.from ? ('after' as const) : ('before' as const);
  }

  return (
    <>
      <div class="prompts-head">
        <p class="quiet-words">{i18n.t('prompts.intro')}</p>
        <SavedWords saved={saved} />
      </div>
      <fieldset>
        <legend class="heard">{i18n.t('prompts.default')}</legend>
        <ul class="prompts">
          {presets.map((preset, at) => (
            <PromptItem
              key={preset.id}
              preset={preset}
              connections={connections ?? NONE}
              first={preset === first}
              needed={lists.isNeeded(list, preset.id)}
              changed={lists.isChanged(preset, ours)}
              open={preset.id === openId}
              revision={revision}
              grip={grip(preset.id, at)}
              drop={dropAt(at)}
              place={{ at, of: presets.length }}
              onOpen={(open) => setOpenId(open ? preset.id : undefined)}
              onMakeFirst={() => put(lists.chooseDefault(now.current, preset.id))}
              onChange={(next) => put(lists.replacePreset(now.current, next))}
              onMove={(to) => move(preset.id, to)}
              onCopy={() => copy(preset)}
              onReset={() => reset(preset.id)}
              onDelete={() =>
                doOnce(
                  lists.removePreset(now.current, preset.id),
                  i18n.t('prompts.deleted', [preset.name]),
                  preset.id,
                )
              }
            />
          ))}
        </ul>
      </fieldset>
      <p role="status" class="heard">
        {moved}
      </p>
      <div class="prompts-tools">
        <Button icon={<PlusIcon />} onClick={add}>
          {i18n.t('prompts.add')}
        </Button>
        <PresetTransfer list={list} onImport={take} onElsewhere={onFileElsewhere} />
        {lists.missingBuiltins(list, ours).length > 0 && (
          <Button
            look="quiet"
            icon={<RetryIcon />}
            onClick={() =>
              doOnce(lists.restoreMissingBuiltins(now.current, ours), i18n.t('prompts.restored'))
            }
          >
            {i18n.t('prompts.restore')}
          </Button>
        )}
      </div>
      <div role="status" class="prompts-undo">
        {done && (
          <div class="popup-bar raised">
            <p>{done.words}</p>
            <Button ref={undo} onClick={() => takeBack(done)}>
              {i18n.t('prompts.undo')}
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

function SavedWords({ saved }: { saved: Presets['saved'] }) {
  return (
    <p role="status" class="prompts-saved">
      {saved === 'saved' && (
        <span class="saved">
          <CheckIcon />
          {i18n.t('prompts.saved')}
        </span>
      )}
      {saved === 'failed' && (
        <span class="field-problem">
          <AlertIcon />
          {i18n.t('prompts.saveFailed')}
        </span>
      )}
    </p>
  );
}
