/** The outcome of an import, in a sentence: "312 added, 4 already there." */
import { i18n } from '#i18n';
import { formatNumber } from '../../utils/browser/words/format';
import type { Imported } from '../../utils/browser/history/import';
import { plural } from '../../utils/browser/words/plural';

export function importedWords({ added, present, expired, bad, badPlaces }: Imported): string {
  const places = badPlaces.map((place) => formatNumber(place)).join(', ');
  const named = bad > badPlaces.length ? i18n.t('history.badMore', [places]) : places;
  const parts = [
    plural('history.added', added),
    ...(present > 0 ? [plural('history.present', present)] : []),
    ...(expired > 0 ? [plural('history.expired', expired)] : []),
    ...(bad > 0 ? [plural('history.bad', bad, named)] : []),
  ];
  return `${parts.join(', ')}.`;
}
