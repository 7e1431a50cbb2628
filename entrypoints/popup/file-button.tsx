/** A button that lets the person choose an image file. */
import { useRef } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { FileIcon } from '../../components/icons';

interface FileButtonProps {
  onFile: (file: File) => void;
  /** Called instead, where the browser would close this page as it opens its dialog. */
  onElsewhere?: (() => void) | undefined;
}

export function FileButton({ onFile, onElsewhere }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<FileIcon />} onClick={() => (onElsewhere ?? (() => input.current?.click()))()}>
        {i18n.t('pictures.file')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) onFile(file);
          // Else the same file could not be chosen twice.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
