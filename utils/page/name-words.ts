/** What the names of an image say of its kind: those for people, and those of files and classes. */

/** In several languages: a chart, a map or a diagram by its name, which may be two words. */
const COMPLEX =
  /^(?:charts?|(?:bar|pie|line|org|flow)charts?|graphs?|diagrams?|\p{L}*diagramme?n?|infographics?|infografik|infographie|infografía|infografica|(?:site|street|road|tram|metro|weather|heat)?maps?|(?:stadt|land|strassen|straßen|wetter|welt|wander|see)?karte|stadtplan|lageplan|floor ?plan|organi[gs]ramm?e?|schaubild|histogramm?e?|scatter ?plot|timeline|zeitachse|blueprint|schematic|graphique|gráfic[oa]|grafico|schéma|schema|esquema|diagrama|diagramma|\p{L}*diagram|carte|mapa|mappa|cartina|kaart|plattegrond|grafiek|wykres|schemat|karta|kart|harita|карта|диаграмма|график|схема|خريطة|مخطط|מפה|תרשים)$/iu;
/** The noun comes last there, with no space before it. */
const COMPLEX_LAST =
  /(?:地図|グラフ|図表|路線図|地图|地圖|图表|圖表|柱状图|折线图|饼图|流程图|지도|차트|그래프|도표)$/u;
const LOGO = /^(?:logos?|logotype|wordmark|schriftzug|логотип)$/iu;
const LOGO_LAST = /(?:ロゴ|标志|徽标|로고)$/u;
const WORDS =
  /(?:^|[^\p{L}])(?:text|heading|headline|title|quote|banner[-_ ]text|zitat|überschrift)(?:$|[^\p{L}])/iu;

/** A small sign for a thing is not the thing: `map-pin`, `chart-icon`, "Map marker". */
const SIGN =
  /(?:^|[^\p{L}])(?:icons?|pins?|markers?|buttons?|btn|symbols?|arrows?|bi|fa[srlbd]?|mdi|lucide|glyphicon|heroicon|octicon|feather|tabler|topping)(?:$|[^\p{L}])/iu;

/** Before a noun, they make it a part of something else: "A man with a map". */
const ELSEWHERE = new Set(
  `at with in on over under near by behind before beside to from holds reads mit vor auf an im am bei neben hinter liest hält zeigt avec sur devant dans lit con sobre ante en su com em met op voor z na przed с на перед`.split(
    /\s+/,
  ),
);
const DOING = /\p{L}{2}ing$/iu;
/** As a second noun phrase begins: "A man reads a map". */
const ARTICLES = new Set(
  'a an the ein eine einen einer der die das un une le la el una il het een um uma'.split(' '),
);
/** They keep two noun phrases together: "Map of the park". */
const TOGETHER = new Set(['of', 'from', 'de', 'di', 'von', 'van']);

const PHRASES = /[:;|–—().!?]+|\s-\s/u;

/** Whether a name says that what the image shows is such a thing, not that it holds one. */
function isNamed(names: readonly string[], noun: RegExp, last: RegExp): boolean {
  return names
    .flatMap((name) => name.split(PHRASES))
    .some((phrase) => {
      if (last.test(phrase.trim())) return true;
      const words = phrase.toLowerCase().match(/\p{L}+/gu) ?? [];
      const at = words.findIndex(
        (word, index) => noun.test(word) || noun.test(`${word} ${words[index + 1]}`),
      );
      return at >= 0 && !SIGN.test(phrase) && !isElsewhere(words.slice(0, at));
    });
}

/** Whether the words before a noun make it a part of something else. */
function isElsewhere(before: readonly string[]): boolean {
  return before.some((word, index) => {
    const previous = before[index - 1];
    const beginsAnother = ARTICLES.has(word) && previous !== undefined && !TOGETHER.has(previous);
    return ELSEWHERE.has(word) || DOING.test(word) || beginsAnother;
  });
}

/**
 * Names a chart, a map or a diagram.
 *
 * @param names that people read, and those of files and classes as `fileNames` and `classNames` give them.
 */
export const namesComplex = (names: readonly string[]) => isNamed(names, COMPLEX, COMPLEX_LAST);

/** Names a logo; the names as for `namesComplex`. */
export const namesLogo = (names: readonly string[]) => isNamed(names, LOGO, LOGO_LAST);

/** A file or an id that speaks of text. */
export const namesText = (files: readonly string[]) => files.some((name) => WORDS.test(name));

/** What those who made the page call it: its file and its id. */
export function fileNames(element: Element): string[] {
  const source = element.getAttribute('src') ?? element.getAttribute('data') ?? '';
  const path = source.startsWith('data:') ? '' : (source.split(/[?#]/)[0] ?? '');
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return [file, element.id].map(codeWords);
}

/**
 * Its classes as far as they name the element: the noun of `sales-chart` comes last. Others say how
 * it looks (`text-gray-800`, `card-text`) or what an icon is of (`fa-map`).
 */
export function classNames(element: Element): string[] {
  return [...element.classList].flatMap((name) => {
    const words = codeWords(name).trim();
    const noun = words.slice(words.lastIndexOf(' ') + 1);
    return COMPLEX.test(noun) || /^logo$/i.test(noun) ? [words] : [];
  });
}

/** barChart2 is a chart as well as bar-chart-2. */
function codeWords(name: string): string {
  return name.replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2').replaceAll(/[-_\d\s]+/g, ' ');
}
