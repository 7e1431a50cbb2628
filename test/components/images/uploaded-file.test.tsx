// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  fileProblem,
  imageFileOf,
  MAX_FILE_BYTES,
  readFile,
} from '../../../components/images/uploaded-file';
import { useUploadedFile } from '../../../components/images/use-uploaded-file';

const PNG = new File([new Uint8Array([1, 2, 3])], 'dog.png', { type: 'image/png' });
const TEXT = new File(['words'], 'dog.txt', { type: 'text/plain' });

const onUpload = vi.fn<(file: File | undefined) => void>();

function Page() {
  const dragging = useUploadedFile(onUpload);
  return (
    <>
      <p>{dragging ? 'dragging' : 'at rest'}</p>
      <textarea aria-label="text" />
      <input type="checkbox" aria-label="box" />
    </>
  );
}

afterEach(() => {
  cleanup();
  onUpload.mockReset();
});

const dragged = (...files: File[]) => ({ dataTransfer: { types: ['Files'], files } });
/** jsdom has no drag events, and a mouse event alone says where the pointer went. */
const leave = (relatedTarget: Element | null) =>
  fireEvent(document.body, new MouseEvent('dragleave', { bubbles: true, relatedTarget }));
const draggedText = { dataTransfer: { types: ['text/plain'], files: [] } };

describe('what a person gives', () => {
  it('is the first image among several files', () => {
    expect(imageFileOf([TEXT, PNG])).toBe(PNG);
    expect(imageFileOf([TEXT])).toBeUndefined();
    expect(imageFileOf(null)).toBeUndefined();
  });

  it('is refused in words where it is no image, or too large to pass on', () => {
    expect(fileProblem(undefined)).toMatch(/^No image found there/);
    expect(fileProblem(PNG)).toBeUndefined();
    const sized = (size: number) =>
      Object.defineProperty(new File([], 'large.png', { type: 'image/png' }), 'size', {
        value: size,
      });
    expect(fileProblem(sized(MAX_FILE_BYTES))).toBeUndefined();
    expect(fileProblem(sized(MAX_FILE_BYTES + 1))).toMatch(/^This file is larger than 30\sMB/);
  });

  it('is passed on with its name', async () => {
    expect(await readFile(PNG)).toEqual({
      dataUrl: 'data:image/png;base64,AQID',
      name: 'dog.png',
    });
  });
});

describe('a paste', () => {
  it('is taken anywhere, with or without an image in it', () => {
    render(<Page />);
    fireEvent.paste(document.body, { clipboardData: { files: [PNG] } });
    fireEvent.paste(screen.getByLabelText('box'), { clipboardData: { files: [] } });
    expect(onUpload.mock.calls).toEqual([[PNG], [undefined]]);
  });

  it('is left to a text field', () => {
    render(<Page />);
    const paste = fireEvent.paste(screen.getByLabelText('text'), {
      clipboardData: { files: [PNG] },
    });
    expect(paste).toBe(true);
    expect(onUpload).not.toHaveBeenCalled();
  });
});

describe('a drop', () => {
  it('is taken anywhere, and announced to the eye while it hangs over the page', () => {
    render(<Page />);
    expect(fireEvent.dragOver(document.body, dragged(PNG))).toBe(false);
    expect(screen.getByText('dragging')).toBeTruthy();
    // From one element to the next.
    leave(screen.getByRole('textbox'));
    expect(screen.getByText('dragging')).toBeTruthy();
    leave(null);
    expect(screen.getByText('at rest')).toBeTruthy();
    fireEvent.dragOver(document.body, dragged(PNG));
    // Also on a text field: a file is no text.
    expect(fireEvent.drop(screen.getByRole('textbox'), dragged(TEXT, PNG))).toBe(false);
    expect(screen.getByText('at rest')).toBeTruthy();
    expect(onUpload.mock.calls).toEqual([[PNG]]);
  });

  it('of words is left to a text field, and told as no image elsewhere', () => {
    render(<Page />);
    expect(fireEvent.dragOver(screen.getByRole('textbox'), draggedText)).toBe(true);
    expect(fireEvent.drop(screen.getByRole('textbox'), draggedText)).toBe(true);
    expect(onUpload).not.toHaveBeenCalled();
    expect(fireEvent.dragOver(document.body, draggedText)).toBe(false);
    expect(screen.getByText('at rest')).toBeTruthy();
    fireEvent.drop(document.body, draggedText);
    expect(onUpload.mock.calls).toEqual([[undefined]]);
  });
});
