/** Finds an entry of the image menu by its title, so that one more preset moves no test's choice. */
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';
import { BUILTIN_PRESETS } from '../../../utils/core/prompts/builtin.ts';
import { menuEntries } from '../../../utils/core/prompts/menu-entries.ts';

const messages = generateChromeMessages(await parseMessagesFile('locales/en.yml'));

/**
 * The place of an entry in the submenu as the product builds it from its own presets, counted from
 * 0; for `describeImage`.
 *
 * @throws {Error} where no entry has that title.
 */
export function menuPlace(title: string): number {
  const presets = BUILTIN_PRESETS.map(({ nameKey, ...rest }) =>
    Object.assign(rest, { name: words(nameKey) }),
  );
  // As in the menu, the first entry opens the others.
  const [, ...titles] = menuEntries({ presets, defaultId: 'alt-text' }, words).map(
    (entry) => entry.title,
  );
  const place = titles.indexOf(title);
  if (place < 0) throw new Error(`The menu has no "${title}", but ${titles.join(', ')}`);
  return place;
}

function words(key: string): string {
  return messages[key.replaceAll('.', '_')]?.message ?? key;
}
