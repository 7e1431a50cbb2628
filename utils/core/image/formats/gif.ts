/** GIF: its size and whether it moves. GIF89a, https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
import { u16le, u8 } from './bytes';
import { sizeOf, type SniffedImage } from './sniffed-image';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const HEADER_LENGTH = 13;
const DESCRIPTOR_LENGTH = 10;

/**
 * What a GIF says of itself; the signature has been seen. Never `plain`: half the servers refuse
 * it.
 */
export function sniffGif(bytes: Uint8Array): SniffedImage {
  const frames = gifFrames(bytes);
  const first = frames.next().value;
  // Browsers grow the canvas for a first frame that is larger than the screen it names.
  const width = Math.max(u16le(bytes, 6), first?.right ?? 0);
  const height = Math.max(u16le(bytes, 8), first?.bottom ?? 0);
  const animated = first !== undefined && frames.next().done !== true;
  // Whether a frame has a transparent colour does not matter: a GIF is always re-encoded.
  return { type: 'image/gif', size: sizeOf(width, height), animated, alpha: true, plain: false };
}

/** Where each frame ends on the screen, in pixels. Every step moves on by at least a byte. */
function* gifFrames(bytes: Uint8Array): Generator<{ right: number; bottom: number }, undefined> {
  let at = HEADER_LENGTH + colourTableLength(u8(bytes, 10));
  while (at < bytes.length) {
    const block = u8(bytes, at);
    if (block === EXTENSION) {
      at = afterSubBlocks(bytes, at + 2);
    } else if (block === IMAGE) {
      const right = u16le(bytes, at + 1) + u16le(bytes, at + 5);
      yield { right, bottom: u16le(bytes, at + 3) + u16le(bytes, at + 7) };
      // One byte after the colours: the code size of the compression.
      const data = at + DESCRIPTOR_LENGTH + colourTableLength(u8(bytes, at + 9)) + 1;
      at = afterSubBlocks(bytes, data);
    } else {
      return;
    }
  }
}

/** In bytes; 0 where the flags say that there is no table. */
function colourTableLength(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Each sub-block begins with its length; one of length 0 ends them. */
function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && u8(bytes, at) !== 0) at += u8(bytes, at) + 1;
  return at + 1;
}
