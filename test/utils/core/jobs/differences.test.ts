import { describe, expect, it } from 'vitest';
import { onlyWords, piecesOf } from '../../../../utils/core/jobs/differences';

const only = (text: string, other: string, language = 'en') =>
  onlyWords(piecesOf(text, other, language));

describe('what one says and the other does not', () => {
  it('is told word by word, in whatever order', () => {
    const one = 'A brown dog runs on grass. Behind it, a fence.';
    const two = 'Behind a fence, a dog running on the grass with a red ball.';
    expect(only(one, two)).toEqual(['brown', 'runs']);
    expect(only(two, one)).toEqual(['running', 'the', 'with', 'red', 'ball']);
  });

  it('loses no sign of the text', () => {
    const text = '“Größe”: 12 Bäume,\n\nein See. 🐕';
    expect(
      piecesOf(text, 'x', 'de')
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('takes other forms of a word for the same, and other numbers never', () => {
    expect(only('dogs boxes walking Café', 'dog box walked cafe')).toEqual([]);
    expect(only('3 dogs, 14 cats', '2 dogs, 15 cats')).toEqual(['3', '14']);
    expect(only('card, carpet', 'car')).toEqual(['card', 'carpet']);
  });

  it('names each word once, as it stands first', () => {
    expect(only('Ball, ball and BALL', 'and')).toEqual(['Ball']);
  });

  it('knows scripts that write no spaces', () => {
    expect(only('公園で犬が走る', '公園で猫が走る', 'ja')).toEqual(['犬']);
  });

  it('marks nothing in the same text', () => {
    const text = 'A dog runs on grass.';
    expect(piecesOf(text, text, 'en')).toEqual([{ text, only: false }]);
  });
});

it('holds a word against so many of the same beginning and no more', () => {
  const letters = 'bcdfghklmnprt'.split('');
  const alike = letters.flatMap((a) => letters.map((b) => `like${a.repeat(3)}${b.repeat(3)}`));
  const [first = '', last = ''] = [alike[0], alike.at(-1)];
  expect(only(`${first}ed ${last} ${last}ed`, alike.join(' '))).toEqual([`${last}ed`]);
});
