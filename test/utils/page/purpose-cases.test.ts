// @vitest-environment jsdom
/**
 * What W3C decides and a page can tell, case by case: the ACT rules for images
 * (https://www.w3.org/WAI/standards-guidelines/act/rules/), the examples of the WAI images tutorial,
 * and how pages of many kinds and languages write them.
 */
import { expect, it } from 'vitest';
import { contextOf } from '../../../utils/page/context';
import { purposeOf } from '../../../utils/page/purpose';
import { pageOf } from '../../fixtures/purpose-pages';

/** [what it is about, purpose and reason, page; `@` stands for `id="image"`]. */
type Case = readonly [string, string, string];

const link = (words: string, more = 'alt="A shoe"') =>
  `<a href="/to"><img @ src="s.jpg" ${more}> <span>${words}</span></a>`;
const background = 'style="width:72px;height:48px;background-image:url(a.png)"';
const stars = (...files: string[]) => files.map((file) => `<img src="${file}.png">`).join('');

// prettier-ignore
const CASES: readonly Case[] = [
  // ACT 23a2a8: an image has an accessible name, or is decorative.
  ['23a2a8 alt', 'informative nothingSpecial', '<img @ alt="Our badge" src="x.png">'],
  ['23a2a8 role=img, aria-label', 'informative nothingSpecial', `<div @ role="img" aria-label="Our badge" ${background}></div>`],
  ['23a2a8 role=img, hidden label', 'informative nothingSpecial', `<div style="display: none" id="n">Our badge</div><div @ role="img" aria-labelledby="n" ${background}></div>`],
  ['23a2a8 title alone', 'informative nothingSpecial', '<img @ title="Our badge" src="x.png">'],
  ['23a2a8 empty alt', 'decorative emptyAlt', '<img @ alt="" src="x.png">'],
  ['23a2a8 presentation', 'decorative markedPresentational', `<img @ role="presentation" ${background}>`],
  ['23a2a8 none', 'decorative markedPresentational', '<img @ role="none" src="x.png">'],
  ['23a2a8 no name', 'informative nothingSpecial', '<img @ src="x.png">'],
  ['23a2a8 role=img, no name', 'informative nothingSpecial', `<div @ role="img" ${background}></div>`],
  ['23a2a8 a space as alt', 'informative contradictory', '<img @ src="x.png" alt=" ">'],
  ['23a2a8 none with focus', 'informative contradictory', '<img @ role="none" tabindex="0" src="x.png">'],
  ['23a2a8 role=img, hidden', 'decorative hiddenFromReaders', `<div @ role="img" aria-hidden="true" ${background}></div>`],
  // ACT 46ca7f: what is marked decorative is not exposed.
  ['46ca7f empty alt and hidden', 'decorative hiddenFromReaders', '<img @ src="x.png" alt="" aria-hidden="true">'],
  ['46ca7f presentation with alt', 'decorative markedPresentational', '<img @ src="x.png" role="presentation" alt="Our badge">'],
  ['46ca7f svg none', 'decorative markedPresentational', '<svg @ role="none"><path/></svg>'],
  ['46ca7f empty alt, labelled: a conflict', 'informative contradictory', '<img @ src="x.png" alt="" aria-labelledby="n"> <span id="n">Our badge</span>'],
  ['46ca7f svg none, labelled', 'informative contradictory', '<svg @ role="none" aria-label="A disc"><circle r="4"/></svg>'],
  ['46ca7f aria-label', 'informative nothingSpecial', '<img @ src="x.png" aria-label="Our badge">'],
  ['two roles', 'decorative markedPresentational', '<img @ src="x.png" role="none presentation">'],
  ['empty alt with focus', 'informative contradictory', '<img @ src="x.png" alt="" tabindex="-1">'],
  // ACT 7d6734: an SVG with a role has a name.
  ['7d6734 title in it', 'informative nothingSpecial', '<svg @ role="img"><title>One disc</title><circle r="4"/></svg>'],
  ['7d6734 graphics-document', 'informative nothingSpecial', '<svg @ role="graphics-document"><title>One disc</title><circle r="4"/></svg>'],
  ['7d6734 no name', 'informative nothingSpecial', '<svg @ role="img"><title></title><circle r="4"/></svg>'],
  ['7d6734 hidden', 'decorative hiddenFromReaders', '<svg @ role="img" aria-hidden="true"><circle r="4"/></svg>'],
  // ACT 59796f: an image button has a name; what it is for does not depend on it.
  ...['alt="Find"', 'aria-label="Find"', 'title="Find"', 'alt=""', ''].map((name): Case =>
    [`59796f ${name}`, 'functional imageButton', `<input @ type="image" src="f.svg" ${name}>`]),
  ['59796f in a button', 'functional aloneInButton', '<button><img @ src="f.svg" alt="Find"></button>'],
  // ACT 8fc3b6: an object has a name.
  ['8fc3b6 labelled', 'informative captioned', '<span id="n">Our badge</span> <object @ aria-labelledby="n" data="x.png"></object>'],
  ['8fc3b6 hidden', 'decorative hiddenFromReaders', '<object @ data="x.png" aria-hidden="true"></object>'],
  ['8fc3b6 presentation', 'decorative markedPresentational', '<object @ type="image/png" role="presentation" data="x.png"></object>'],
  // An own title is no caption.
  ['alt as title', 'informative nothingSpecial', '<img @ src="a.png" alt="A red door" title="A red door">'],
  ['chart, alt as title', 'complex chartInName', '<img @ src="a.png" alt="Bar chart of sales" title="Bar chart of sales">'],
  ['chart, alt as caption', 'complex chartInName', '<figure><img @ src="a.png" alt="Bar chart of sales"><figcaption>Bar chart of sales</figcaption></figure>'],
  // WAI functional 3, informative 5: what the text of the control does not say.
  ['new window', 'functional addsToControl', '<a href="/">Home page <img @ src="n.png" alt="opens a new window"></a>'],
  ['format', 'informative addsToControl', '<a href="/r">Annual report <img @ src="p.png" alt="PDF"></a>'],
  ['format, said', 'decorative saidBeside', '<a href="/r">Annual report (PDF) <img @ src="p.png" alt="PDF"></a>'],
  ['phone icon', 'decorative saidBeside', '<a href="/p"><img @ src="p.png" alt="Phone icon"> Phone</a>'],
  ['no alt beside a label', 'decorative saidBeside', '<button><img @ src="d.svg"> Save</button>'],
  ['marked, beside a label', 'decorative saidBeside', '<button><img @ src="d.svg" alt="Disk" role="none"> Save</button>'],
  ['another image says it', 'decorative saidBeside', '<a href="/"><img src="a.png" alt="Our shop"><img @ src="b.png" alt=""></a>'],
  ['a link over a background', 'decorative saidBeside', `<a @ href="/" ${background}>Crocus bulbs</a>`],
  ['a background in a link', 'functional aloneInLink', `<a @ href="/" ${background}></a>`],
  ['Japanese label', 'decorative saidBeside', '<button><img @ src="d.svg"> 保存</button>'],
  // Digits, prices, two letters, "Read more" are no label.
  ...['12:34', '1:02:03', '€ 59.90', '59,90 €', 'CHF 1’299.–', 'US$ 20', '1 299 kr', '¥3,000', '3,000円', 'ab 20 €', 'From £20', '-20%', '−20 % off', '4.5 (1,203)', '٥٩ ر.س', '1.2M views', '1h 20min', '2026-11-30', 'EN', 'de', '★★★', '→', '…', 'Read more', 'Weiterlesen', 'Mehr erfahren →', 'Lire la suite', 'Ver más', 'もっと見る', '更多', 'Подробнее'].flatMap((words): Case[] => [
    [`"${words}" with alt`, 'functional aloneInLink', link(words)],
    [`"${words}" without alt`, 'functional aloneInLink', link(words, '')],
  ]),
  ...['Deutsch', 'EN Deutsch', 'Running shoe € 59.90', 'Level 3', '鞋子 ¥300'].map((words): Case =>
    [`"${words}" is a label`, 'decorative saidBeside', link(words, '')]),
  // Utility classes are no words, icons of a thing are not the thing.
  ...['w-6 h-6 text-gray-800', 'text-center', 'card-text', 'img-title', 'map-pin', 'fa fa-map', 'bi bi-bar-chart', 'lucide lucide-map', 'md:text-lg', 'chart-container'].map((name): Case =>
    [`class ${name}`, 'informative nothingSpecial', `<p><svg @ class="${name}" role="img" aria-label="Rain"><path/></svg> tomorrow</p>`]),
  ['class sales-chart', 'complex chartInName', '<canvas @ class="w-full sales-chart"></canvas>'],
  // A map or a logo in a sentence is none.
  ...['A man reading a map in the rain', 'Two hikers with a map', 'A woman points at a chart', 'Teacher in front of a graph', 'Ein Mann mit einer Karte', 'Eine Frau liest die Karte', 'Un homme lit une carte', 'Una mujer con un mapa', 'A girl reads a map', 'A cup with the Acme logo', 'Map pin'].map((alt): Case =>
    [`"${alt}"`, 'informative nothingSpecial', `<img @ src="x.png" alt="${alt}">`]),
  ...['A map of the park', 'Street map of the park', 'Map showing the route', 'Figure 2: Bar chart of sales', 'World map', 'Bay of Bengal map', 'Balkendiagramm der Umsätze', 'Landkarte von Hessen', 'Carte de la ville', 'Mapa de Madrid', 'Карта города', '公園の地図', '销售图表', 'Sales in 2026 – line graph'].map((alt): Case =>
    [`"${alt}"`, 'complex chartInName', `<img @ src="x.png" alt="${alt}">`]),
  ['The logo of a club', 'text namedLogo', '<img @ src="x.png" alt="The logo of a club">'],
  // WAI groups 1: the half and the empty star belong to the rating.
  ['half star', 'group repeated', `<p>${stars('full', 'full', 'full')}<img @ src="half.png">${stars('empty')}</p>`],
  ['empty star', 'group repeated', `<p>${stars('full', 'full', 'full', 'half')}<img @ src="empty.png"></p>`],
  ['stars in a list', 'group repeated', '<ul><li><img src="f.png"></li><li><img src="f.png"></li><li><img @ src="e.png"></li></ul>'],
  ['stars drawn', 'group repeated', '<p><svg><path d="M1"/></svg><svg><path d="M1"/></svg><svg @><path d="M2"/></svg></p>'],
  ['a gallery', 'informative nothingSpecial', `<p>${stars('a', 'b', 'c')}<img @ src="d.png"></p>`],
];

it.each(CASES)('%s: %s', (_about, wanted, body) => {
  const image = pageOf(body.replace('@', 'id="image"')).querySelector('#image');
  const { kind, reason } = image ? purposeOf(image) : {};
  expect(`${kind} ${reason}`).toBe(wanted);
});

it('passes on a title as the name it is, or as text near the image', () => {
  const textsOf = (attributes: string) => {
    const image = pageOf(`<img id="image" src="a.png" ${attributes}>`).querySelector('#image');
    return image && contextOf(image).texts;
  };
  expect(textsOf('title="A red door"')).toMatchObject({ existing_alt: 'A red door' });
  expect(textsOf('alt="A red door" title="Our office"')).toMatchObject({
    existing_alt: 'A red door',
    nearby_text: 'Our office',
  });
  expect(textsOf('alt="A red door" title="A red door"')).not.toHaveProperty('nearby_text');
});
