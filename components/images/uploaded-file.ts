/** The image file in what a person pasted, dropped or chose, ready to be sent to the background. */
import { i18n } from '#i18n';
import { formatBytes } from '../../utils/browser/words/format';
import { rasterise } from '../../utils/page/draw';
import { dataUrlOf } from '../../utils/core/image/base64';

/** As base64 it grows by a third, and a message between contexts ends at 64 MiB. */
export const MAX_FILE_BYTES = 30_000_000;

/** The first image of several files; `undefined` where none is one. */
export function imageFileOf(files: Iterable<File> | null | undefined): File | undefined {
  return [...(files ?? [])].find(({ type }) => type.startsWith('image/'));
}

/** Why a file is refused before it is read, as a text. */
export function fileProblem(file: File | undefined): string | undefined {
  if (!file) return i18n.t('images.notImage');
  if (file.size > MAX_FILE_BYTES) return i18n.t('images.tooLarge', [formatBytes(MAX_FILE_BYTES)]);
  return undefined;
}

/**
 * A file as a call takes it.
 *
 * @throws {AppError} `imageUnreadable` for a drawing that this browser cannot draw.
 */
export async function readFile(file: File): Promise<{ dataUrl: string; name: string }> {
  // The background cannot decode SVG; a page can.
  const image = file.type === 'image/svg+xml' ? await rasterise(file) : file;
  const bytes = new Uint8Array(await image.arrayBuffer());
  return { dataUrl: dataUrlOf(bytes, image.type), name: file.name };
}
