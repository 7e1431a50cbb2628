/** Takes what is pasted or dropped anywhere on the page, but for what belongs in a text field. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { imageFileOf } from './uploaded-file';

const TEXT_FIELDS = 'textarea, input:not([type="checkbox"], [type="radio"], [type="file"])';

/**
 * Calls back with the image file of a paste or a drop, or with `undefined` where it holds none.
 *
 * @returns Whether files are being dragged over the page.
 */
export function useUploadedFile(onUpload: (file: File | undefined) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const given = useRef(onUpload);
  given.current = onUpload;

  useEffect(() => {
    function paste(event: ClipboardEvent): void {
      if (inTextField(event)) return;
      event.preventDefault();
      given.current(imageFileOf(event.clipboardData?.files));
    }

    function drag(event: DragEvent): void {
      const files = hasFiles(event);
      if (!files && inTextField(event)) return;
      // Else the browser would open what is dropped in place of this page.
      event.preventDefault();
      setDragging(files);
    }

    function leave(event: DragEvent): void {
      // From one element to the next is not out of the page.
      if (event.relatedTarget === null) setDragging(false);
    }

    function drop(event: DragEvent): void {
      setDragging(false);
      if (!hasFiles(event) && inTextField(event)) return;
      event.preventDefault();
      given.current(imageFileOf(event.dataTransfer?.files));
    }

    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('paste', paste, { signal });
    document.addEventListener('dragover', drag, { signal });
    document.addEventListener('dragleave', leave, { signal });
    document.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, []);

  return dragging;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

function inTextField({ target }: Event): boolean {
  return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}
