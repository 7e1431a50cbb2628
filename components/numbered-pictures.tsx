/** Several pictures with the numbers that an answer about them uses. */
import type { ComponentChildren } from 'preact';
import type { ComparedPicture } from '../utils/jobs/job';
import { PictureIcon } from './icons';

interface NumberedPicturesProps {
  pictures: readonly ComparedPicture[];
  /** Where no heading of its own says what they are. */
  name?: string;
  /** What can be done with one. */
  children?: (picture: ComparedPicture) => ComponentChildren;
}

export function NumberedPictures({ pictures, name, children }: NumberedPicturesProps) {
  return (
    <ol class="compared" aria-label={name}>
      {pictures.map((picture) => (
        <li key={picture.id}>
          <span class="compared-picture">
            {picture.thumbnail ? <img src={picture.thumbnail} alt="" /> : <PictureIcon />}
          </span>
          <span class="compared-title" dir="auto" title={picture.title}>
            {picture.title}
          </span>
          {children?.(picture)}
        </li>
      ))}
    </ol>
  );
}
