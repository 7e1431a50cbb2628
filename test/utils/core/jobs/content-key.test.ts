import { expect, it } from 'vitest';
import { contentKeyOf, goesByAddress, hashOf } from '../../../../utils/core/jobs/content-key';
import type { VisionRequest } from '../../../../utils/core/vision/provider';
import { connection, request } from '../../../fixtures/openai-server';

function asking(url: string, text = 'What breed?', more: Partial<VisionRequest> = {}) {
  const parts = [
    { type: 'text' as const, text },
    { type: 'image' as const, url },
  ];
  return { ...request, messages: [{ role: 'user' as const, parts }], ...more };
}
const IMAGE = asking('data:image/png;base64,AAAA');

it('is the same for the same content', async () => {
  const key = await contentKeyOf(connection, IMAGE);
  expect(key).toMatch(/^[\da-f]{64}$/);
  expect(await contentKeyOf({ ...connection }, structuredClone(IMAGE))).toBe(key);
  // Which of the person's connections it was does not matter.
  const other = { ...connection, id: 'c2' };
  expect(await contentKeyOf(other, IMAGE)).toBe(key);
  expect(await contentKeyOf(connection, { ...IMAGE, resumeFrom: undefined })).toBe(key);
});

it.each<[string, VisionRequest]>([
  ['image', asking('data:image/png;base64,AAAB')],
  ['question', asking('data:image/png;base64,AAAA', 'How old?')],
  ['model', { ...IMAGE, model: 'other' }],
  ['language', { ...IMAGE, instructions: 'Answer in German.' }],
  ['room for the answer', { ...IMAGE, maxTokens: 8_000 }],
  ['detail', { ...IMAGE, detail: 'low' }],
])('is another one for another %s', async (_, other) => {
  expect(await contentKeyOf(connection, other)).not.toBe(await contentKeyOf(connection, IMAGE));
});

it('is another one for another server', async () => {
  const key = await contentKeyOf(connection, IMAGE);
  const baseUrl = 'https://mine.example.com/v1';
  expect(await contentKeyOf({ ...connection, baseUrl }, IMAGE)).not.toBe(key);
  expect(await contentKeyOf({ ...connection, provider: 'custom' }, IMAGE)).not.toBe(key);
});

it('is told from one that says all where an image goes by its address', async () => {
  expect(await contentKeyOf(connection, request)).toMatch(/^[\da-f]{64}$/);
  expect(goesByAddress(request)).toBe(true);
  expect(goesByAddress(IMAGE)).toBe(false);
  const both = [...IMAGE.messages, ...request.messages];
  expect(goesByAddress({ ...request, messages: both })).toBe(true);
});

it('of bytes is their SHA-256', async () => {
  // https://csrc.nist.gov/pubs/fips/180-4/upd1/final, "abc"
  expect(await hashOf(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

it('is none where there is no image', async () => {
  expect(await contentKeyOf(connection, { ...request, messages: [] })).toBeUndefined();
});
