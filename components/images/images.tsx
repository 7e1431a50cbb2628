/** Ways to an image without its menu: from a list, on the page, as a whole view, as a file. */
import { useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { FileIcon, PickIcon, ViewIcon } from '../controls/icons';
import { useKeepFocus } from '../controls/keep-focus';
import { FileButton } from '../controls/file-button';
import { FoundImages, type FoundImagesEvents } from './found-images';
import type { ImageList } from './use-images';

export interface ImagesProps extends FoundImagesEvents {
  /** Absent in a tab of our own, where there is no page to look at. */
  list: ImageList | undefined;
  onPick: () => void;
  onView: () => void;
  onFile: (file: File) => void;
  /** Called in place of a file dialog, where that would close this page. */
  onFileElsewhere?: (() => void) | undefined;
}

export function Images({ list, onFile, onFileElsewhere, ...events }: ImagesProps) {
  const whole = useRef<HTMLDivElement>(null);
  // "Retry" disappears when it is pressed.
  const onFocusIn = useKeepFocus(whole, list?.status);
  const fileButton = (
    <FileButton
      words={i18n.t('images.file')}
      icon={<FileIcon />}
      accept="image/*"
      onFile={onFile}
      onElsewhere={onFileElsewhere}
    />
  );

  if (!list) {
    return (
      <div class="images-give">
        {fileButton}
        <p class="quiet-words">{i18n.t('images.uploadMore')}</p>
      </div>
    );
  }
  return (
    <div ref={whole} onFocusIn={onFocusIn}>
      <div class="images-actions">
        <Button icon={<PickIcon />} onClick={events.onPick}>
          {i18n.t('images.pick')}
        </Button>
        <Button icon={<ViewIcon />} onClick={events.onView}>
          {i18n.t('images.view')}
        </Button>
        {fileButton}
        <p class="quiet-words">{i18n.t('images.upload')}</p>
      </div>
      <FoundImages
        list={list}
        onLook={events.onLook}
        onDescribe={events.onDescribe}
        onCompare={events.onCompare}
      />
    </div>
  );
}
