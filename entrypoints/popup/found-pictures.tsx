/** What was found on the page: how many pictures there are, and each of them to choose. */
import { useState } from 'preact/hooks';
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { Problem } from '../../components/problem';
import type { PagePicture } from '../../utils/page/picture';
import { PictureItem } from './picture-item';
import type { PicturesProps } from './pictures';
import type { PictureList } from './use-pictures';

/** Dots, spacers and small signs: shown smaller than this on either side, in CSS pixels. */
const SMALL_PX = 16;

type FoundPicturesProps = Pick<PicturesProps, 'onLook' | 'onDescribe' | 'onCompare'> & {
  list: PictureList;
};

export function FoundPictures({ list, onLook, onDescribe, onCompare }: FoundPicturesProps) {
  return (
    <>
      <div role="status" class="pictures-found">
        <Found list={list} />
      </div>
      {list.status === 'failed' && list.code !== 'pageRefused' && (
        <Button onClick={onLook}>{i18n.t('job.retry')}</Button>
      )}
      {list.status === 'listed' && list.pictures.length > 0 && (
        <List pictures={list.pictures} onDescribe={onDescribe} onCompare={onCompare} />
      )}
    </>
  );
}

/** Said aloud when it is known. */
function Found({ list }: { list: PictureList }) {
  if (list.status === 'looking') {
    return <p class="popup-loading">{i18n.t('pictures.looking')}</p>;
  }
  if (list.status === 'failed') {
    if (list.code !== 'pageRefused') return <Problem failure={{ code: list.code }} />;
    return <p class="pictures-none">{i18n.t('pictures.refused')}</p>;
  }
  if (list.pictures.length > 0) return <h2>{i18n.t('pictures.count', list.pictures.length)}</h2>;
  return (
    <div class="pictures-none">
      <h2>{i18n.t('pictures.none')}</h2>
      <p>{i18n.t('pictures.noneMore')}</p>
    </div>
  );
}

interface ListProps {
  pictures: readonly PagePicture[];
  onDescribe: (picture: PagePicture) => void;
  onCompare: (picture: PagePicture) => void;
}

function List({ pictures, onDescribe, onCompare }: ListProps) {
  const [filtered, setFiltered] = useState(false);
  const unlabelled = pictures.filter(({ name }) => name.trim() === '');
  const kept = filtered ? unlabelled : pictures;
  const large = kept.filter((picture) => !isSmall(picture));
  const small = kept.filter(isSmall);

  const items = (some: readonly PagePicture[], before: number) => (
    <ul class="pictures">
      {some.map((picture, at) => (
        <PictureItem
          key={picture.pictureId}
          picture={picture}
          place={{ at: before + at, of: kept.length }}
          onDescribe={() => onDescribe(picture)}
          onCompare={() => onCompare(picture)}
        />
      ))}
    </ul>
  );

  return (
    <>
      {unlabelled.length > 0 && unlabelled.length < pictures.length && (
        <label class="pictures-filter">
          <input
            type="checkbox"
            checked={filtered}
            onChange={({ currentTarget }) => setFiltered(currentTarget.checked)}
          />
          {i18n.t('pictures.unlabelled', [unlabelled.length])}
        </label>
      )}
      {large.length > 0 && items(large, 0)}
      {small.length > 0 && (
        <details class="pictures-small" open={large.length === 0}>
          <summary>{i18n.t('pictures.small', [small.length])}</summary>
          {items(small, large.length)}
        </details>
      )}
    </>
  );
}

function isSmall({ shown }: PagePicture): boolean {
  return shown.width < SMALL_PX || shown.height < SMALL_PX;
}
