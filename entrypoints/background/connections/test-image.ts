/** The tiny image that tests a connection: who has not seen it cannot say what it shows. */
import {
  TEST_COLOURS,
  TEST_SHAPES,
  type TestColour,
  type TestShape,
} from '../../../utils/core/vision/check-report';

const SIDE = 96;

/** In English, to compare two words. */
export const TEST_PROMPT =
  'Which shape does this image show, and in which colour? ' +
  'Answer in English with two words alone, the colour and the shape.';

const FILLS: Record<TestColour, string> = {
  red: '#e00000',
  green: '#008a1e',
  blue: '#0a3cff',
  yellow: '#ffd400',
};

/** The names that models use for them. */
const NAMES: Record<TestColour | TestShape, RegExp> = {
  red: /\b(red|crimson|scarlet)\b/i,
  green: /\bgreen\b/i,
  blue: /\bblue\b/i,
  yellow: /\b(yellow|gold|golden)\b/i,
  circle: /\b(circles?|circular|dis[ck]|dot|round|ball)\b/i,
  square: /\b(squares?|rectang\w+)\b/i,
  triangle: /\btriang\w+\b/i,
};

export interface TestImage {
  colour: TestColour;
  shape: TestShape;
  /** As a PNG. */
  blob: Blob;
}

/** One of twelve images by chance, so that a guess is seldom right. */
export async function drawTestImage(): Promise<TestImage> {
  const [colour, shape] = [anyOf(TEST_COLOURS), anyOf(TEST_SHAPES)];
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, SIDE, SIDE);
  context.fillStyle = FILLS[colour];
  context.beginPath();
  const [least, middle, most] = [SIDE / 6, SIDE / 2, (SIDE * 5) / 6];
  if (shape === 'circle') context.arc(middle, middle, SIDE / 3, 0, 2 * Math.PI);
  else if (shape === 'square') context.rect(least, least, most - least, most - least);
  else {
    context.moveTo(middle, least);
    context.lineTo(most, most);
    context.lineTo(least, most);
  }
  context.fill();
  return { colour, shape, blob: await canvas.convertToBlob({ type: 'image/png' }) };
}

/** Whether an answer names what the image shows, and no other colour or shape besides. */
export function namesImage(
  answer: string,
  { colour, shape }: Pick<TestImage, 'colour' | 'shape'>,
): boolean {
  const named = (all: readonly (TestColour | TestShape)[]) =>
    all.filter((each) => NAMES[each].test(answer));
  return named(TEST_COLOURS).join() === colour && named(TEST_SHAPES).join() === shape;
}

function anyOf<Value>(values: readonly Value[]): Value {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return values[random % values.length] as Value;
}
