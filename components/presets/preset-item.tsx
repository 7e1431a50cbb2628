/** One prompt: a line that opens into its editor. */
import { i18n } from '#i18n';
import { ChevronIcon, GripIcon } from '../controls/icons';
import { Editor, type EditorProps } from './editor/editor';

interface PresetItemProps extends EditorProps {
  open: boolean;
  /** Grows when the editor has to start over, because its preset was changed elsewhere. */
  revision: number;
  /** The handlers of the grip by which the line is dragged. */
  grip: object;
  /** Where a dragged line would be dropped at this one; `self` for the dragged one. */
  drop: 'before' | 'after' | 'self' | undefined;
  onOpen: (open: boolean) => void;
  onMakeFirst: () => void;
}

export function PresetItem({ open, revision, onOpen, onMakeFirst, ...rest }: PresetItemProps) {
  const { grip, drop, ...editor } = rest;
  const { preset, first } = editor;
  const editorId = `preset-${preset.id}`;
  return (
    <li class="prompt" data-drop={drop}>
      <div class="preset-line">
        <span class="preset-grip" title={i18n.t('presets.drag')} {...grip}>
          <GripIcon />
        </span>
        <input
          type="radio"
          name="first-in-menu"
          class="preset-radio"
          checked={first}
          disabled={preset.compares ?? false}
          aria-label={preset.name}
          title={i18n.t('presets.makeDefault')}
          onChange={onMakeFirst}
        />
        <button
          type="button"
          id={`open-${preset.id}`}
          class="preset-open"
          aria-expanded={open}
          aria-controls={editorId}
          onClick={() => onOpen(!open)}
        >
          <span class="preset-words">
            <span class="preset-name" dir="auto">
              {preset.name}
            </span>
            {!open && (
              <span class="preset-preview" dir="auto" aria-hidden="true">
                {preset.prompt}
              </span>
            )}
          </span>
          <Badges {...editor} />
          <ChevronIcon />
        </button>
      </div>
      <div id={editorId} hidden={!open}>
        {open && <Editor key={revision} {...editor} />}
      </div>
    </li>
  );
}

function Badges({ preset, first, changed }: EditorProps) {
  return (
    <span class="preset-badges">
      {first && <span class="badge">{i18n.t('presets.default')}</span>}
      {changed && <span class="badge quiet">{i18n.t('presets.changed')}</span>}
      {preset.compares && <span class="badge quiet">{i18n.t('presets.severalImages')}</span>}
      {preset.hidden && !first && <span class="badge quiet">{i18n.t('presets.hidden')}</span>}
    </span>
  );
}
