/** An answer as alternative text: in HTML, in Markdown, and apart from a long description. */
import { escapeMarkdown } from '../jobs/conversation-markdown';
import type { Purpose } from './purpose';

/**
 * The alternative text in an answer, and the long description where the image is complex: such
 * answers have the short text first, then an empty line (`purpose-instructions.ts`).
 */
export function altParts(
  answer: string,
  purpose: Purpose | undefined,
): { alt: string; long?: string } {
  const [first = '', ...rest] = answer.trim().split(/\n\s*\n/);
  if (purpose !== 'complex' || rest.length === 0) return { alt: oneLine(answer) };
  return { alt: oneLine(first), long: rest.join('\n\n') };
}

/** In characters as people count them: an emoji or an accented letter is one (UAX 29). */
export function lengthOf(text: string): number {
  return [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].length;
}

/** `alt="…"`, escaped for HTML. */
export function altAttribute(alt: string): string {
  return `alt="${escapeAttribute(alt)}"`;
}

interface ImageSource {
  srcUrl: string;
  size?: { width: number; height: number } | undefined;
}

/** An `<img>` with its alternative text; with its address where it has one of the web. */
export function imgElement(alt: string, { srcUrl, size }: ImageSource): string {
  const src = isWebAddress(srcUrl) ? srcUrl : '';
  const sides = size ? ` width="${size.width}" height="${size.height}"` : '';
  return `<img src="${escapeAttribute(src)}" ${altAttribute(alt)}${sides}>`;
}

/** `![alt](address)`. */
export function markdownImage(alt: string, { srcUrl }: ImageSource): string {
  const address = isWebAddress(srcUrl) ? srcUrl.replaceAll(/[()\s<>]/g, encodeURIComponent) : '';
  const safe = address.replaceAll('(', '%28').replaceAll(')', '%29');
  return `![${escapeMarkdown(alt)}](${safe})`;
}

/** What may stand between double quotes in HTML. */
function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function isWebAddress(address: string): boolean {
  return /^https?:/i.test(address);
}
