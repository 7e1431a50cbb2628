// @vitest-environment jsdom
/** What each of our presets asks on each kind of page: read by a person, kept as a file, compared. */
import { expect, it } from 'vitest';
import { contextOf } from '../../../../utils/page/context';
import { BUILTIN_PRESETS } from '../../../../utils/core/prompts/builtin';
import { pageDataPart } from '../../../../utils/core/prompts/page-data';
import { needsPage, promptFor } from '../../../../utils/core/prompts/prompt';
import { purposePages, type PurposePage } from '../../../fixtures/purpose-pages';

it.each(purposePages().map((page) => [`${page.category}/${page.name}`, page] as const))(
  'for %s',
  async (title, page) => {
    await expect(written(title, page)).toMatchFileSnapshot(`purpose-prompts/${title}.txt`);
  },
);

function written(title: string, { image }: PurposePage): string {
  const context = contextOf(image);
  const { kind: purpose, reason } = context.purpose ?? {};
  // One that compares asks the same of every page: below, once.
  const single = BUILTIN_PRESETS.filter(({ compares }) => !compares);
  const asked = single.map((preset) => {
    const { text, texts, language } = promptFor(
      { ...preset, name: preset.id },
      { context, browserLanguage: 'en-US' },
    );
    const data = pageDataPart(texts) ?? 'No words of the page.';
    return `## ${preset.id}, in ${language}\n\n${text}\n\n${data}\n`;
  });
  return [`# ${title}: ${purpose} (${reason})\n`, ...asked].join('\n');
}

it('for several images', async () => {
  for (const { nameKey, ...rest } of BUILTIN_PRESETS.filter(({ compares }) => compares)) {
    const preset = { ...rest, name: nameKey };
    expect(needsPage(preset)).toBe(false);
    const { text } = promptFor(preset, { browserLanguage: 'en-US' });
    await expect(`${text}\n`).toMatchFileSnapshot(`purpose-prompts/${preset.id}.txt`);
  }
});
