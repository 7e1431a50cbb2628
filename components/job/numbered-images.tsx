/** Several images with the numbers that an answer about them uses. */
import type { ComponentChildren } from 'preact';
import type { ComparedImage } from '../../utils/core/jobs/job';
import { ImageIcon } from '../controls/icons';

interface NumberedImagesProps {
  images: readonly ComparedImage[];
  /** Where no heading of its own says what they are. */
  name?: string;
  /** What can be done with one. */
  children?: (image: ComparedImage) => ComponentChildren;
}

export function NumberedImages({ images, name, children }: NumberedImagesProps) {
  return (
    <ol class="compared" aria-label={name}>
      {images.map((image) => (
        <li key={image.id}>
          <span class="compared-image">
            {image.thumbnail ? <img src={image.thumbnail} alt="" /> : <ImageIcon />}
          </span>
          <span class="compared-title" dir="auto" title={image.title}>
            {image.title}
          </span>
          {children?.(image)}
        </li>
      ))}
    </ol>
  );
}
