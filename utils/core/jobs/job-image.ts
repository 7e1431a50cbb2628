/** The image a job is about: what it is, and how to find it again. */
import * as v from 'valibot';

export const imageSchema = v.object({
  /** An element of a page, a rectangle drawn on it, all that the window shows of it, or a file. */
  kind: v.picklist(['element', 'region', 'view', 'file']),
  /**
   * The address of what is shown: what an `<img>` calls `currentSrc`. May be a `data:` or `blob:`
   * URL; empty for what has no address of its own, such as a canvas.
   */
  srcUrl: v.string(),
  /** The address of the document that holds the image; empty for a file. */
  documentUrl: v.string(),
  /** The address of the tab; empty for a file. */
  pageUrl: v.string(),
  /** 0 for the tab's own document. */
  frameId: v.number(),
  /** What the content script of its tab calls it; absent where only the browser's menu named it. */
  imageId: v.optional(v.string()),
  /** Found in a private window: nothing of it is written to disk. */
  private: v.optional(v.boolean()),
  /** The name of a file. */
  name: v.optional(v.string()),
  /** Its own size in pixels, where its page knows it. */
  size: v.optional(v.object({ width: v.number(), height: v.number() })),
});
export type JobImage = v.InferOutput<typeof imageSchema>;

/** The site of the page that an image is on, as people name it; empty where it has none. */
export function siteOfPage(image: JobImage): string {
  return hostOfPage(image).replace(/^www\./, '');
}

/** The host of the page that an image is on; empty where it has none, as a file on disk. */
export function hostOfPage({ pageUrl }: JobImage): string {
  return URL.canParse(pageUrl) ? new URL(pageUrl).host : '';
}
