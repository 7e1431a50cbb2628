/** Ways to a picture without its menu: from a list, on the page, as a whole view, as a file. */
import { useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { FileIcon, PickIcon, ViewIcon } from '../../components/icons';
import { useKeptFocus } from '../../components/kept-focus';
import type { PagePicture } from '../../utils/page/picture';
import { FileButton } from '../../components/file-button';
import { FoundPictures } from './found-pictures';
import type { PictureList } from './use-pictures';

export interface PicturesProps {
  /** Absent in a tab of our own, where there is no page to look at. */
  list: PictureList | undefined;
  onLook: () => void;
  onPick: () => void;
  onView: () => void;
  onDescribe: (picture: PagePicture) => void;
  /** Adds a picture to those to be compared. */
  onCompare: (picture: PagePicture) => void;
  onFile: (file: File) => void;
  /** Called in place of a file dialog, where that would close this page. */
  onFileElsewhere?: (() => void) | undefined;
}

export function Pictures({ list, onFile, onFileElsewhere, ...events }: PicturesProps) {
  const whole = useRef<HTMLDivElement>(null);
  // "Try again" goes away as it is pressed.
  const onFocusIn = useKeptFocus(whole, list?.status);
  const fileButton = (
    <FileButton
      words={i18n.t('pictures.file')}
      icon={<FileIcon />}
      accept="image/*"
      onFile={onFile}
      onElsewhere={onFileElsewhere}
    />
  );

  if (!list) {
    return (
      <div class="pictures-give">
        {fileButton}
        <p class="quiet-words">{i18n.t('pictures.giveMore')}</p>
      </div>
    );
  }
  return (
    <div ref={whole} onFocusIn={onFocusIn}>
      <div class="pictures-actions">
        <Button icon={<PickIcon />} onClick={events.onPick}>
          {i18n.t('pictures.pick')}
        </Button>
        <Button icon={<ViewIcon />} onClick={events.onView}>
          {i18n.t('pictures.view')}
        </Button>
        {fileButton}
        <p class="quiet-words">{i18n.t('pictures.give')}</p>
      </div>
      <FoundPictures
        list={list}
        onLook={events.onLook}
        onDescribe={events.onDescribe}
        onCompare={events.onCompare}
      />
    </div>
  );
}
