/** Whether the text of a link or button says what it does, and what an image in it adds to that. */

/** Without spaces between words: two letters are a word of their own there. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;

/** What stands beside numbers in prices, lengths and counts, apart from codes of currencies. */
const UNITS = new Set(
  `from off save only now each ab nur statt jetzt ohne dès seulement desde solo por sólo
vanaf tylko от руб грн din lei min mins sec std hrs hours views reviews ratings aufrufe
bewertungen vues avis sold left pcs stk days ago km² mrp incl inkl ttc vat mwst iva tva 元
円 원 税込 起 分 秒 時間 小时 分钟 件 回`.split(/\s+/),
);

/** Said of any target, so of none: whole texts, in several languages. */
const GENERIC = new Set(
  `more|read more|read on|learn more|see more|show more|view|view more|details|more details|
view details|more info|click here|here|continue|continue reading|new|sale|watch|watch now|
shop now|buy|buy now|open|mehr|mehr lesen|mehr erfahren|weiterlesen|weiter lesen|hier|
hier klicken|zum artikel|zum produkt|neu|ansehen|jetzt kaufen|mehr dazu|angebot|
lire la suite|en savoir plus|lire plus|voir plus|plus|nouveau|cliquez ici|leer más|ver más|
más|más información|seguir leyendo|nuevo|ver|leggi tutto|leggi di più|scopri di più|di più|
altro|nuovo|continua|leia mais|saiba mais|ver mais|mais|novo|lees meer|lees verder|meer|
czytaj więcej|więcej|zobacz więcej|nowość|läs mer|les mer|læs mere|подробнее|читать далее|
читать дальше|ещё|devamını oku|daha fazla|続きを読む|もっと見る|詳細|詳しく|更多|查看更多|阅读更多|详情|더 보기|더보기|
اقرأ المزيد|المزيد|קרא עוד|עוד|और पढ़ें`.split(/\|\s*/),
);

/** Without a meaning of their own in the name of an image. */
const FILLERS = new Set(
  'the and der die das und les des los las icon icons symbol image photo picture logo bild foto icone icône icono imagen'.split(
    ' ',
  ),
);

/** Its words in small letters, with one space between them; a composed and a decomposed é alike. */
export function plain(words: string): string {
  return words
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Whether a text says what a control does. Digits, prices, two letters and "Read more" do not:
 * with them alone, the image is what says it.
 */
export function isLabel(text: string): boolean {
  const said = plain(text);
  if (GENERIC.has(said)) return false;
  const hasNumber = /\p{N}/u.test(said);
  const words = said.split(' ').filter((word) => {
    if (/\p{N}/u.test(word) || (hasNumber && isUnit(word))) return false;
    return UNSPACED.test(word) || word.length > 2;
  });
  return words.length > 0 && !GENERIC.has(words.join(' '));
}

function isUnit(word: string): boolean {
  return UNITS.has(word) || Intl.supportedValuesOf('currency').includes(word.toUpperCase());
}

/** Whether a name says something that the text does not. */
export function addsTo(text: string, name: string): boolean {
  const [said, added] = [plain(text), plain(name)];
  if (added === '' || ` ${said} `.includes(` ${added} `)) return false;
  if (UNSPACED.test(added)) return !said.includes(added);
  const all = added.split(' ');
  const telling = all.filter((word) => word.length > 2 && !FILLERS.has(word));
  const saidWords = new Set(said.split(' '));
  return (telling.length > 0 ? telling : all).some((word) => !saidWords.has(word));
}
