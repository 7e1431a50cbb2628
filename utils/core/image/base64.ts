/** Bytes as base64 and as a `data:` URL, and back. */

/** A multiple of 3, so that pieces join without padding; few enough for one call's arguments. */
const PIECE = 0x6000;

/** A `data:` URL of `bytes`. */
export function dataUrlOf(bytes: Uint8Array, mimeType: string): string {
  return `data:${mimeType};base64,${base64Of(bytes)}`;
}

/** `bytes` as base64. */
export function base64Of(bytes: Uint8Array): string {
  // From Chrome 140 and Firefox 133 on; Node 24, which runs the tests, has not got it, nor `fromBase64`.
  if ('toBase64' in bytes) return bytes.toBase64();
  let text = '';
  const whole: Uint8Array = bytes;
  for (let at = 0; at < whole.length; at += PIECE) {
    text += btoa(String.fromCharCode(...whole.subarray(at, at + PIECE)));
  }
  return text;
}

/** The bytes of a base64 text. @throws where it is none. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  if (typeof Uint8Array.fromBase64 === 'function') return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** The bytes that a base64 `data:` URL holds, without a request. @throws where it is none. */
export function bytesOfDataUrl(dataUrl: string): Uint8Array<ArrayBuffer> {
  return bytesOf(dataUrl.slice(dataUrl.indexOf(',') + 1));
}

/** What a base64 `data:` URL holds, with its type. @throws where it is none. */
export function blobOfDataUrl(dataUrl: string): Blob {
  const [type = ''] = dataUrl.slice('data:'.length, dataUrl.indexOf(',')).split(';');
  return new Blob([bytesOfDataUrl(dataUrl)], { type });
}
