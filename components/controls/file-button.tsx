/** A button that lets the person choose a file. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Button } from './button';

interface FileButtonProps {
  words: string;
  icon: ComponentChildren;
  look?: 'plain' | 'quiet';
  /** What kinds of file, as a file input takes it. */
  accept: string;
  onFile: (file: File) => void;
  /** Called instead, where the browser would close this page as it opens its dialog. */
  onElsewhere?: (() => void) | undefined;
}

export function FileButton({ words, icon, look, accept, onFile, onElsewhere }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  const open = onElsewhere ?? (() => input.current?.click());
  return (
    <>
      <Button {...(look ? { look } : {})} icon={icon} onClick={() => open()}>
        {words}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={words}
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
