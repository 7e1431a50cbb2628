/** The tiny picture that tests a connection: a model that cannot see cannot name its colour. */

const SIDE = 64;

/** What the model is asked, and how a right answer is known. In English, to compare one word. */
export const TEST_PROMPT =
  'What is the colour of the circle in this picture? Answer in English with the colour alone.';
export const TEST_ANSWER = /\bred\b/i;

/** A red circle on white as a PNG. */
export async function drawTestPicture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, SIDE, SIDE);
  context.fillStyle = '#e00000';
  context.arc(SIDE / 2, SIDE / 2, SIDE / 3, 0, 2 * Math.PI);
  context.fill();
  return await canvas.convertToBlob({ type: 'image/png' });
}
