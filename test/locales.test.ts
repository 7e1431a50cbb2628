/** Every language says the same things, with the same places to fill in. */
import { globSync } from 'node:fs';
import { parseMessagesFile } from '@wxt-dev/i18n/build';
import { describe, expect, it } from 'vitest';

const FILES = globSync('locales/*.yml').filter((file) => !file.endsWith('en.yml'));

/** Each key with its placeholders, as often as they occur in each of its forms. */
async function shapeOf(file: string): Promise<Map<string, string>> {
  const messages = await parseMessagesFile(file);
  return new Map(
    messages.map((message) => {
      const forms = message.type === 'plural' ? message.plurals : { only: message.message };
      const places = Object.entries(forms).map(
        ([form, words]) => `${form}:${words.match(/\$\d/g)?.toSorted().join('') ?? ''}`,
      );
      return [message.key.join('.'), places.join(' ')];
    }),
  );
}

describe('the message files', () => {
  it('are there in more than one language', () => {
    expect(FILES.length).toBeGreaterThan(0);
  });

  it.each(FILES)('%s has the keys and placeholders of English', async (file) => {
    expect(await shapeOf(file)).toEqual(await shapeOf('locales/en.yml'));
  });

  it.each([...FILES, 'locales/en.yml'])('%s has no empty words', async (file) => {
    const messages = await parseMessagesFile(file);
    const empty = messages.filter((message) => {
      const forms = message.type === 'plural' ? Object.values(message.plurals) : [message.message];
      return forms.some((words) => words.trim() === '');
    });
    expect(empty.map(({ key }) => key.join('.')).filter((key) => !key.startsWith('@@'))).toEqual(
      [],
    );
  });

  it('names its own language', async () => {
    for (const file of [...FILES, 'locales/en.yml']) {
      const tag = (await parseMessagesFile(file)).find(({ key }) => key.join('.') === 'format.tag');
      expect(tag).toMatchObject({ message: file.replaceAll(/.*[/\\]|\.yml$/g, '') });
    }
  });
});
