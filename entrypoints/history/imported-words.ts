/** What became of a file, in a sentence: "312 added, 4 were there already." */
import { i18n } from '#i18n';
import { formatNumber } from '../../components/format';
import type { Imported } from '../../utils/history/import';

export function importedWords({ added, present, outlived, bad, badPlaces }: Imported): string {
  const places = badPlaces.map((place) => formatNumber(place)).join(', ');
  const named = bad > badPlaces.length ? i18n.t('history.badMore', [places]) : places;
  const parts = [
    i18n.t('history.added', added, [formatNumber(added)]),
    ...(present > 0 ? [i18n.t('history.present', present, [formatNumber(present)])] : []),
    ...(outlived > 0 ? [i18n.t('history.outlived', outlived, [formatNumber(outlived)])] : []),
    ...(bad > 0 ? [i18n.t('history.bad', bad, [formatNumber(bad), named])] : []),
  ];
  return `${parts.join(', ')}.`;
}
