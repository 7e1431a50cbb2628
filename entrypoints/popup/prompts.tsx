/** The prompts: which there are, what each asks, and which comes first in the menu. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { AlertIcon, CheckIcon, PlusIcon } from '../../components/icons';
import { defaultPreset, type Preset, type PresetList } from '../../utils/prompts/preset';
import { PromptItem } from './prompt-item';
import type { Presets } from './use-presets';

export function Prompts({ list, saved, onChange }: Presets) {
  const [openId, setOpenId] = useState<string>();
  const [deleted, setDeleted] = useState<{ before: PresetList; name: string }>();
  const undo = useRef<HTMLButtonElement>(null);

  // The focused button went with its prompt.
  useEffect(() => undo.current?.focus(), [deleted]);

  if (!list) return <p class="popup-loading">{i18n.t('popup.loading')}</p>;
  const { presets } = list;
  const first = defaultPreset(list);

  function put(next: Preset[], defaultId = first.id): void {
    setDeleted(undefined);
    onChange({ presets: next, defaultId });
  }

  function add(): void {
    const id = crypto.randomUUID();
    const name = i18n.t('prompts.newName');
    put([...presets, { id, name, prompt: i18n.t('prompts.newPrompt') }]);
    setOpenId(id);
  }

  function remove(preset: Preset): void {
    const rest = presets.filter(({ id }) => id !== preset.id);
    const before = list;
    put(rest, preset.id === first.id ? rest[0]?.id : first.id);
    if (before) setDeleted({ before, name: preset.name });
  }

  function move(preset: Preset, by: number): void {
    const next = presets.filter(({ id }) => id !== preset.id);
    next.splice(presets.indexOf(preset) + by, 0, preset);
    put(next);
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
              first={preset === first}
              open={preset.id === openId}
              place={{ at, of: presets.length }}
              onOpen={(open) => setOpenId(open ? preset.id : undefined)}
              onMakeFirst={() => put([...presets], preset.id)}
              onChange={(next) => put(presets.map((each) => (each === preset ? next : each)))}
              onMove={(by) => move(preset, by)}
              onDelete={() => remove(preset)}
            />
          ))}
        </ul>
      </fieldset>
      <Button icon={<PlusIcon />} onClick={add}>
        {i18n.t('prompts.add')}
      </Button>
      <div role="status" class="prompts-undo">
        {deleted && (
          <div class="popup-bar raised">
            <p>{i18n.t('prompts.deleted', [deleted.name])}</p>
            <Button
              ref={undo}
              onClick={() => {
                onChange(deleted.before);
                setDeleted(undefined);
              }}
            >
              {i18n.t('prompts.undo')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
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
