/**
 * What the scripted demo server says of each demo image, for each of the three presets. Written
 * beforehand from a look at the images: nothing looks at them when an answer is served, and
 * whoever serves it says so.
 */

export interface DemoAnswers {
  /** Of the bytes that Descry sends: the image's own, without metadata. In hexadecimal. */
  sha256: string;
  /** By the preset's id. */
  words: Record<'alt-text' | 'detailed' | 'read-text', string>;
}

/** By the image's file name on the demo page. */
export const DEMO_ANSWERS: Readonly<Record<string, DemoAnswers>> = {
  'airplane.jpg': {
    sha256: '219ca6f5113e21d7f5d2b7ea2da6b343d9d5229791f9ae20429a5cf93427b43c',
    words: {
      'alt-text':
        'Early military airplane seen from straight above, round markings on both wings, flying over ' +
        'clouds and fields.',
      detailed:
        'An old sepia photograph looks straight down on a single-engined military airplane in flight.\n\n' +
        'The airplane fills the middle, its nose at the top. The propeller is a thin dark line. The ' +
        'broad, straight wings are covered in ribbed fabric and carry a large round marking near each ' +
        'tip: a dark ring around a pale one with a dark centre. Further in, each wing has a pale ' +
        'triangle with a small dark sign in it. The fuselage tapers towards a fan-shaped tail at the ' +
        'bottom edge, one side of it in bright light and the other in shadow.\n\n' +
        'Far below lies dark countryside: narrow fields in stripes, thin winding roads, and a straight ' +
        'pale road that runs diagonally under the airplane. White clouds drift at the left and below ' +
        'the wings. The print shows scratches and spots of age.',
      'read-text': 'There is no text in the image.',
    },
  },
  'poster.jpg': {
    sha256: '47ab84c63765cdc76aeabd0bb1602b57325ac48605e4a909217337721b2a44c5',
    words: {
      'alt-text':
        'Poster: “Harbour Lights. A lantern walk along the old pier. Saturday 14 November, 18:00. Meet ' +
        'at the lighthouse. Free. Bring a lantern.”',
      detailed:
        'An illustrated poster invites people to a lantern walk by the sea at dusk.\n\n' +
        'At the top, in large cream capitals, stands “HARBOUR LIGHTS”, and under it “A lantern walk ' +
        'along the old pier”. The sky behind goes from dark blue with small stars down to pink at the ' +
        'horizon.\n\n' +
        'On the right, a lighthouse with red and white bands stands on a dark headland. Its beam shines ' +
        'to both sides, longer to the left, just above a thin crescent moon. At the bottom left, dark ' +
        'figures stand on a pier: three adults and, in the middle, a child. Three glowing orange ' +
        'lanterns hang among them. The sea shows pale streaks of reflected light.\n\n' +
        'At the bottom it says “Saturday 14 November · 18:00” and “Meet at the lighthouse · Free · ' +
        'Bring a lantern”.',
      'read-text':
        'HARBOUR\nLIGHTS\nA lantern walk along the old pier\nSaturday 14 November · 18:00\n' +
        'Meet at the lighthouse · Free · Bring a lantern',
    },
  },
  'chart.png': {
    sha256: '7971122d693c301e91df44153e890e7c1a016ff19f0acf280e4cdc17b6eb8901',
    words: {
      'alt-text':
        'Bar chart, “Bicycles on Mill Bridge”, 2025: the daily average climbs from 900 in January to ' +
        '3,800 in July and falls to 800 in December.',
      detailed:
        'A bar chart titled “Bicycles on Mill Bridge” shows the average number of bicycles per day for ' +
        'each month of 2025, in hundreds.\n\n' +
        'The values are: January 9, February 11, March 17, April 23, May 29, June 34, July 38, August ' +
        '32, September 28, October 21, November 13, December 8. So the count rises steadily from ' +
        'winter to a peak in July, about 3,800 bicycles a day, and falls again to its lowest in ' +
        'December, about 800.\n\n' +
        'The bars are teal; July alone is orange. The vertical axis runs from 0 to 40. A small note at ' +
        'the bottom right says “Invented figures, for trying Descry”.',
      'read-text':
        'Bicycles on Mill Bridge\nAverage per day, in hundreds, 2025\n\n' +
        'Jan | 9\nFeb | 11\nMar | 17\nApr | 23\nMay | 29\nJun | 34\nJul | 38\nAug | 32\nSep | 28\n' +
        'Oct | 21\nNov | 13\nDec | 8\n\nInvented figures, for trying Descry',
    },
  },
  'cat.jpg': {
    sha256: 'b8f5218f4f74c5e16f412a3e1e25fdc6952a88d71d4aec980ef3b8f369edbe70',
    words: {
      'alt-text':
        'Twenty-four numbered photographs in four rows show a tabby cat in motion, from a walk to a ' +
        'run, before a grid.',
      detailed:
        'A sepia plate of twenty-four small photographs, four rows of six, shows a striped cat moving ' +
        'from left to right, moment by moment.\n\n' +
        'In every photograph the cat is seen from the side, before a pale wall with a grid of thin ' +
        'lines. In the first row it walks with its tail raised. In the second it lowers its body and ' +
        'quickens. In the third and fourth rows it runs, its body now gathered, now stretched long, ' +
        'with front and hind legs far apart; towards the end its tail reaches out straight behind it.\n\n' +
        'Small handwritten numbers from 1 to 24 stand in the lower left corners; some are hard to read. ' +
        'Parts of printed characters are cut off at the bottom edge of the last row.',
      'read-text':
        '1 | 2 | 3 | 4 | 5 | [unreadable]\n7 | 8 | 9 | 10 | 11 | 12\n13 | 14 | 15 | 16 | 17 | 18\n' +
        '19 | 20 | 21 | 22 | 23 | 24',
    },
  },
  'tram-map.png': {
    sha256: '7239c043721d5d30a72f4bf63fb5458a4f55ab857ef01868e6fa4fcafad3d885',
    words: {
      'alt-text':
        'Map of the Alnbridge trams: lines 1 (Westgate–Eastfield), 2 (Northend–Harbour) and 3 ' +
        '(Airport–Park Gate) meet at Market Square.',
      detailed:
        'A simple map titled “Alnbridge Trams” shows three tram lines that all cross at one stop, ' +
        'Market Square, drawn as a large circle in the middle.\n\n' +
        'Line 1, red, runs from west to east: Westgate, Museum, Market Square, Hospital, Old Mill, ' +
        'Eastfield.\n\n' +
        'Line 2, blue, runs from north to south: Northend, Library, Market Square, Pier, Harbour.\n\n' +
        'Line 3, green, runs from the lower left to the upper right: Airport, Brewery, Market Square, ' +
        'Park Gate. Park Gate lies at the edge of a green area, Castle Park.\n\n' +
        'A pale blue band, the River Aln, winds across the lower half; lines 2 and 3 cross it. The key ' +
        'at the bottom right names the three lines and their ends.',
      'read-text':
        'Alnbridge Trams\n\nNorthend\nLibrary\nPark Gate\nCastle Park\nWestgate\nMuseum\nHospital\n' +
        'Market Square\nOld Mill\nEastfield\nRiver Aln\nBrewery\nPier\nAirport\nHarbour\n\n' +
        '1 Westgate – Eastfield\n2 Northend – Harbour\n3 Airport – Park Gate',
    },
  },
  'flower.jpg': {
    sha256: '504ac318ee805d70dead62be125f1d37e85f3c46097ad5f6745fd5f974e04095',
    words: {
      'alt-text':
        'A flower head close up: pointed buds and half-open petals rise out of a split, papery husk on ' +
        'one straight stem.',
      detailed:
        'A sepia photograph shows a single flower head, much enlarged, against a plain cream ' +
        'background.\n\n' +
        'One straight, thick stem rises from the bottom edge. On it sits a papery husk, veined and ' +
        'wrinkled, which has split open in a deep V. Out of it come closed, pointed buds in the middle ' +
        'and, above and beside them, four half-open flowers whose pointed petals spread like tulips, ' +
        'each petal with a dark line along its centre.\n\n' +
        'The light is soft and the detail very fine, so that the plant looks almost like a carved ' +
        'ornament.',
      'read-text': 'There is no text in the image.',
    },
  },
  'alps.jpg': {
    sha256: '428bd5bfb4a5a82d4998ede4aec150e57e19f8f8065719853e95d285d3ad598b',
    words: {
      'alt-text':
        'Snow-covered mountain range under a grey sky, dark fir trees on the grassy slopes in front of ' +
        'it.',
      detailed:
        'An old panoramic photograph in brown tones shows a range of high mountains beyond a slope with ' +
        'fir trees.\n\n' +
        'The mountains run across the whole width, their upper parts covered with snow. The highest ' +
        'peak stands right of the middle, a pale pyramid; to its left lie broader summits with steep ' +
        'rock bands. The sky is even and empty.\n\n' +
        'In front, dark firs stand in groups, tallest at the far left and in the middle; a few are ' +
        'bare. A grassy slope comes down from the right edge to the bottom, lighter than the trees. ' +
        'No people or houses can be seen.',
      'read-text': 'There is no text in the image.',
    },
  },
};
