/** The demo page as HTML: one figure per image, and what to do with it. */
import { DEMO_IMAGES, type DemoImage } from './images.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
  body { max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
  h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 0.5rem; }
  .how { font-size: 1.1875rem; max-width: 44rem; margin: 0 0 2.5rem; }
  .how strong { white-space: nowrap; }
  .images { columns: 3 19rem; column-gap: 1.5rem; }
  figure { break-inside: avoid; margin: 0 0 2rem; }
  img { display: block; width: 100%; height: auto; border-radius: 0.5rem; }
  h2 { font-size: 1.0625rem; margin: 0.6rem 0 0; }
  figcaption p { font-size: 0.8125rem; line-height: 1.45; margin: 0.1rem 0 0; opacity: 0.8; }
`;

export function demoPage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Images to try Descry on</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Images to try Descry on</h1>
<p class="how">Right-click an image and choose <strong>Describe this image</strong>.</p>
<div class="images">
${DEMO_IMAGES.map(figure).join('\n')}
</div>
</main>
</body>
</html>
`;
}

function figure({ file, title, credit, width, height }: DemoImage, index: number): string {
  return `<figure>
<img id="image-${index + 1}" src="/images/${file}" alt="${title}" width="${width}" height="${height}">
<figcaption><h2>${title}</h2><p>${credit}</p></figcaption>
</figure>`;
}
