/** One image of the page: how it looks, what it is called, and what is known of it. */
import { i18n } from '#i18n';
import { Button } from '../controls/button';
import { CompareIcon, ImageIcon } from '../controls/icons';
import type { PageImage } from '../../utils/page/page-image';

interface ImageItemProps {
  image: PageImage;
  place: { at: number; of: number };
  onDescribe: () => void;
  onCompare: () => void;
}

export function ImageItem({ image, place, onDescribe, onCompare }: ImageItemProps) {
  const { name, thumbnail } = image;
  const { width, height } = image.size ?? image.shown;
  const facts = factsOf(image);
  // Screen readers get sentences, and words instead of symbols.
  const spoken = [
    name === '' ? i18n.t('images.noName') : name,
    ...facts,
    i18n.t('images.size', [width, height]),
    i18n.t('images.place', [place.at + 1, place.of]),
  ].join('. ');
  return (
    <li class="image">
      <button type="button" class="image-open" aria-label={spoken} onClick={onDescribe}>
        <span class="result-image">
          {thumbnail ? <img src={thumbnail} alt="" /> : <ImageIcon />}
        </span>
        <span class="image-words">
          {name === '' ? (
            <span class="image-name none">{i18n.t('images.noName')}</span>
          ) : (
            <span class="image-name" dir="auto">
              {name}
            </span>
          )}
          <span class="image-facts">
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
function factsOf({ type, name, alt }: PageImage): string[] {
  const kind = type === 'image' ? [] : [i18n.t(`imageType.${type}`)];
  if (alt === undefined) return type === 'image' ? [i18n.t('images.altNone')] : kind;
  const text = alt.trim();
  if (text === '') return [...kind, i18n.t('images.altEmpty')];
  // Nobody needs to hear or read it twice.
  const same = text === name.trim();
  return [...kind, same ? i18n.t('images.altIsName') : i18n.t('images.alt', [text])];
}
