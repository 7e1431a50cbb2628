/** From a real click to the request, the card and the first word, beside two floors in the same run. */
import { openExtensionPage } from '../e2e/harness/extension-page.ts';
import { clickOnce, type Clicked, type Measure, type Times } from './click-once.ts';
import { startModelClock } from './model-clock.ts';
import type { Figure } from './report.ts';
import { openImagePage, startDescry, startFloor, WAYS, type Way } from './subjects.ts';

const ROUNDS = Number(process.env['DESCRY_BENCH_ROUNDS'] ?? 9);
/** Two frames of a screen that shows sixty a second. */
const TWO_FRAMES_MS = 34;

/**
 * Of the worker. `asleep` is what half a minute of rest comes to: the worker and the process of its
 * extension are gone. `besidePage`: it sleeps, but an open page of the extension keeps the process.
 */
const STATES = {
  awake: 'awake',
  asleep: 'asleep',
  besidePage: 'asleep, its process kept',
} as const;
type State = keyof typeof STATES;

interface Aims {
  /** At most so many times the floor by address. */
  request: number;
  /** In milliseconds; set where a page of each extension was open. */
  ours?: number;
  card?: number;
}

const AIMS: Record<Way, Record<State, Aims>> = {
  address: {
    awake: { request: 1.2, ours: 35, card: 45 },
    asleep: { request: 1.5 },
    besidePage: { request: 1.5, ours: 70, card: 90 },
  },
  bytes: {
    awake: { request: 2, ours: 50, card: 45 },
    asleep: { request: 2.5 },
    besidePage: { request: 2.5, ours: 100, card: 90 },
  },
};

/** Real clicks in Chromium with the worker awake and asleep, by the image's address and its bytes. */
export async function benchClick(): Promise<Figure[]> {
  const clock = await startModelClock();
  const descry = await startDescry(clock);
  const floor = await startFloor();
  const series: Series[] = [];
  for (const way of WAYS) {
    for (const [extension, session] of [
      ['floor', floor],
      ['Descry', descry],
    ] as const) {
      const page = await openImagePage(session, clock, way);
      series.push({
        extension,
        session,
        page,
        way,
        times: { awake: [], asleep: [], besidePage: [] },
      });
    }
  }
  for (const state of Object.keys(STATES) as State[]) {
    const beside = state === 'besidePage' ? [floor, descry] : [];
    const opened = await Promise.all(
      beside.map((session) => openExtensionPage(session, 'manifest.json')),
    );
    // Turn by turn, so that whatever else the machine does meets all. The first is for warming up.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const each of series) {
        const times = await clickOnce(each, clock, state !== 'awake');
        if (round > 0) each.times[state].push(times);
      }
    }
    await Promise.all(opened.map((page) => page.close()));
  }
  await Promise.all([descry.stop(), floor.stop(), clock.stop()]);
  return WAYS.flatMap((way) =>
    (Object.keys(STATES) as State[]).flatMap((state) => figuresOf(series, way, state)),
  );
}

interface Series extends Clicked {
  way: Way;
  times: Record<State, Times[]>;
}

function figuresOf(series: readonly Series[], way: Way, state: State): Figure[] {
  const aims = AIMS[way][state];
  const valuesOf = (extension: Clicked['extension'], byWay: Way, measure: Measure) =>
    series
      .filter((each) => each.extension === extension && each.way === byWay)
      .flatMap((each) => each.times[state].map((times) => times[measure]));
  const figure = (measure: Measure, what: string, most?: number, floorBy: Way = way): Figure => ({
    what: `${what}, by ${way}, ${STATES[state]}`,
    unit: 'ms',
    descry: valuesOf('Descry', way, measure),
    floor: { name: `by ${floorBy}`, values: valuesOf('floor', floorBy, measure) },
    ...(most === undefined
      ? {}
      : { aim: measure === 'request' ? { ratio: most } : { value: most } }),
  });
  return [
    figure('request', 'Click to request', aims.request, 'address'),
    ...(way === 'bytes' ? [figure('request', 'Click to request')] : []),
    // The floor by address shows nothing before the words.
    figure('card', 'Click to card', aims.card, 'bytes'),
    figure('words', 'First word sent to painted', TWO_FRAMES_MS),
    figure('ours', 'All that is ours, click to first word', aims.ours),
  ];
}
