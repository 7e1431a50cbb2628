/** One picture of the page: how it looks, what it is called, and what is known of it. */
import { i18n } from '#i18n';
import { Button } from '../../components/button';
import { CompareIcon, PictureIcon } from '../../components/icons';
import type { PagePicture } from '../../utils/page/picture';

interface PictureItemProps {
  picture: PagePicture;
  place: { at: number; of: number };
  onDescribe: () => void;
  onCompare: () => void;
}

export function PictureItem({ picture, place, onDescribe, onCompare }: PictureItemProps) {
  const { name, thumbnail } = picture;
  const { width, height } = picture.size ?? picture.shown;
  const facts = factsOf(picture);
  // A reader says it as sentences, and by words where the eye has signs.
  const spoken = [
    name === '' ? i18n.t('pictures.noName') : name,
    ...facts,
    i18n.t('pictures.size', [width, height]),
    i18n.t('pictures.place', [place.at + 1, place.of]),
  ].join('. ');
  return (
    <li class="picture">
      <button type="button" class="picture-open" aria-label={spoken} onClick={onDescribe}>
        <span class="result-picture">
          {thumbnail ? <img src={thumbnail} alt="" /> : <PictureIcon />}
        </span>
        <span class="picture-words">
          {name === '' ? (
            <span class="picture-name none">{i18n.t('pictures.noName')}</span>
          ) : (
            <span class="picture-name" dir="auto">
              {name}
            </span>
          )}
          <span class="picture-facts">
            {[...facts, i18n.t('format.size', [width, height])].map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </span>
        </span>
      </button>
      <Button
        look="quiet"
        icon={<CompareIcon />}
        iconOnly
        title={i18n.t('compare.add')}
        aria-label={i18n.t('compare.addNamed', [spoken])}
        onClick={onCompare}
      >
        {i18n.t('compare.add')}
      </Button>
    </li>
  );
}

/** Its kind, where that is not plain, and its alternative text, where its kind can have one. */
function factsOf({ type, name, alt }: PagePicture): string[] {
  const kind = type === 'image' ? [] : [i18n.t(`pictureType.${type}`)];
  if (alt === undefined) return type === 'image' ? [i18n.t('pictures.altNone')] : kind;
  const text = alt.trim();
  if (text === '') return [...kind, i18n.t('pictures.altEmpty')];
  // Nobody needs to hear or read it twice.
  const same = text === name.trim();
  return [...kind, same ? i18n.t('pictures.altIsName') : i18n.t('pictures.alt', [text])];
}
