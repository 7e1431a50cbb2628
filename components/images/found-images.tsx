/** What was found on the page: how many images there are, and each of them to choose. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { Problem } from '../job/problem';
import type { PageImage } from '../../utils/page/page-image';
import { ImageItem } from './image-item';
import type { ImageList } from './use-images';
import { plural } from '../../utils/browser/words/plural';

/** Dots, spacers and small signs: shown smaller than this on either side, in CSS pixels. */
const SMALL_PX = 16;

export interface FoundImagesEvents {
  onLook: () => void;
  onDescribe: (image: PageImage) => void;
  /** Adds an image to those to be compared. */
  onCompare: (image: PageImage) => void;
}

interface FoundImagesProps extends FoundImagesEvents {
  list: ImageList;
}

export function FoundImages({ list, onLook, onDescribe, onCompare }: FoundImagesProps) {
  return (
    <>
      <div role="status" class="images-found">
        <Found list={list} />
      </div>
      {list.status === 'failed' && list.code !== 'pageRefused' && (
        <Button onClick={onLook}>{i18n.t('job.retry')}</Button>
      )}
      {list.status === 'listed' && list.images.length > 0 && (
        <List images={list.images} onDescribe={onDescribe} onCompare={onCompare} />
      )}
    </>
  );
}

/** Said aloud when it is known. */
function Found({ list }: { list: ImageList }) {
  if (list.status === 'looking') {
    return <p class="loading">{i18n.t('images.looking')}</p>;
  }
  if (list.status === 'failed') {
    if (list.code !== 'pageRefused') return <Problem failure={{ code: list.code }} />;
    return <p class="images-none">{i18n.t('images.refused')}</p>;
  }
  if (list.images.length > 0) return <h2>{plural('images.count', list.images.length)}</h2>;
  return (
    <div class="images-none">
      <h2>{i18n.t('images.none')}</h2>
      <p>{i18n.t('images.noneMore')}</p>
    </div>
  );
}

interface ListProps {
  images: readonly PageImage[];
  onDescribe: (image: PageImage) => void;
  onCompare: (image: PageImage) => void;
}

function List({ images, onDescribe, onCompare }: ListProps) {
  const [filtered, setFiltered] = useState(false);
  const unlabelled = images.filter(({ name }) => name.trim() === '');
  const shown = filtered ? unlabelled : images;
  const large = shown.filter((image) => !isSmall(image));
  const small = shown.filter(isSmall);

  const items = (some: readonly PageImage[], before: number) => (
    <ul class="images lines">
      {some.map((image, at) => (
        <ImageItem
          key={image.imageId}
          image={image}
          place={{ at: before + at, of: shown.length }}
          onDescribe={() => onDescribe(image)}
          onCompare={() => onCompare(image)}
        />
      ))}
    </ul>
  );

  return (
    <>
      {unlabelled.length > 0 && unlabelled.length < images.length && (
        <label class="images-filter">
          <input
            type="checkbox"
            checked={filtered}
            onChange={({ currentTarget }) => setFiltered(currentTarget.checked)}
          />
          {i18n.t('images.unlabelled', [unlabelled.length])}
        </label>
      )}
      {large.length > 0 && items(large, 0)}
      {small.length > 0 && (
        <details class="images-small" open={large.length === 0}>
          <summary>{i18n.t('images.small', [small.length])}</summary>
          {items(small, large.length)}
        </details>
      )}
    </>
  );
}

function isSmall({ shown }: PageImage): boolean {
  return shown.width < SMALL_PX || shown.height < SMALL_PX;
}
