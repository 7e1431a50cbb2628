/** Every kind of image a person can see on a page, as a page of its own, with the way to ask. */
import type { BrowserName } from '../../../scripts/machine.mjs';
import type { Route } from '../../../utils/core/jobs/answer-state.ts';

export interface Kind {
  /** As the docs name it. */
  name: string;
  /** What stands in the page; the image meant is `#image`, unless `target` says otherwise. */
  body: string;
  ask?: Ask | Record<BrowserName, Ask>;
  route: Route | Record<BrowserName, Route>;
  /** The host of the page: public to the eye of the extension, or this machine. */
  host?: string;
  headers?: Record<string, string>;
  /** The id of a frame that holds the image. */
  frame?: string;
  /** The page is the image itself. */
  address?: string;
  /** Waits until this is true in the page. */
  ready?: string;
  /** The page is a file on disk. */
  file?: boolean;
  /** A host that the person grants first; it stays granted. */
  grant?: string;
  /** The model server cannot download addresses. */
  notDownloadable?: boolean;
}

export type Ask = 'menu' | 'picker' | 'rectangle';

const PUBLIC = 'images.example.com';

const BOX = 'width: 200px; height: 150px;';
const RIGHT = '<img id="image" src="/right.png" alt="">';
const DOT = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const SVG = '<rect width="4" height="3" fill="#b42878"/><path d="M0 0h1v1z" fill="#b02478"/>';

/** Draws the right colour on a canvas. */
const PAINT = "c.fillStyle = '#b42878'; c.fillRect(0, 0, 200, 150);";
const CANVAS = '<canvas id="image" width="200" height="150"></canvas>';

const video = (
  more: string,
) => `<video id="image" muted loop autoplay width="200" height="150"></video><script>
  const canvas = document.createElement('canvas'), c = canvas.getContext('2d'), parts = [];
  canvas.width = 200; canvas.height = 150;
  const timer = setInterval(() => { ${PAINT} }, 30);
  const recorder = new MediaRecorder(canvas.captureStream(25));
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => { clearInterval(timer); image.src = URL.createObjectURL(new Blob(parts)); image.play(); ${more} };
  recorder.start(); setTimeout(() => recorder.stop(), 700);
</script>`;

export const KINDS: readonly Kind[] = [
  { name: '`<img>`, to a server that takes addresses', body: RIGHT, host: PUBLIC, route: 'url' },
  {
    name: '`<img>`, where that server cannot download it',
    body: RIGHT,
    host: PUBLIC,
    notDownloadable: true,
    route: 'page',
  },
  {
    name: '`<img srcset>`: the source shown',
    body: '<img id="image" src="/wrong.png" srcset="/right.png 1x, /wrong.png 4x" alt="">',
    route: 'page',
  },
  {
    name: '`<picture>`: the source shown',
    body: '<picture><source srcset="/wrong.png" media="(max-width: 1px)"><source srcset="/right.png"><img id="image" src="/wrong.png" alt=""></picture>',
    route: 'page',
  },
  {
    name: 'a lazy placeholder',
    body: `<img id="image" src="${DOT}" data-src="/right.png" width="200" height="150" alt="">`,
    route: 'page',
  },
  {
    name: '`<input type=image>`',
    body: '<input id="image" type="image" src="/right.png" alt="Search">',
    route: 'page',
  },
  {
    name: 'SVG `<image>`',
    body: '<svg width="200" height="150"><image id="image" href="/right.png" width="200" height="150"/></svg>',
    route: 'page',
  },
  {
    name: 'inline `<svg>`, styled by the page',
    body: `<style>#image rect { fill: #b42878 }</style><svg id="image" viewBox="0 0 4 3" width="200" height="150"><rect width="4" height="3"/><path d="M0 0h1v1z" fill="#b02478"/></svg>`,
    ask: 'picker',
    route: 'page',
  },
  {
    name: 'inline `<svg>` that uses parts of the page',
    body: `<svg width="0" height="0"><symbol id="part" viewBox="0 0 4 3">${SVG}</symbol></svg><svg id="image" width="200" height="150"><use href="#part" width="200" height="150"/></svg>`,
    ask: 'picker',
    route: 'screenshot',
  },
  {
    name: '`<canvas>`',
    body: `${CANVAS}<script>const c = image.getContext('2d'); ${PAINT}</script>`,
    ask: 'picker',
    route: 'page',
  },
  {
    name: '`<canvas>` with an image from elsewhere',
    body: `${CANVAS}<script>const source = new Image(); source.onload = () => { image.getContext('2d').drawImage(source, 0, 0); window.drawn = true }; source.src = 'http://localhost:' + location.port + '/right.png'</script>`,
    ready: 'window.drawn',
    ask: 'picker',
    route: 'screenshot',
  },
  {
    name: '`<canvas>` by WebGL',
    body: `${CANVAS}<script>const gl = image.getContext('webgl'); gl.clearColor(180/255, 40/255, 120/255, 1); gl.clear(gl.COLOR_BUFFER_BIT)</script>`,
    ask: 'picker',
    route: 'screenshot',
  },
  {
    name: 'CSS background',
    body: `<div id="image" style="${BOX} background: url(/right.png)"></div>`,
    ask: 'picker',
    route: 'page',
  },
  {
    name: 'CSS backgrounds, one over the other',
    body: `<div id="image" style="${BOX} background: url(/wrong.png) 0 0 / 12px 12px no-repeat, url(/right.png)"></div>`,
    ask: 'picker',
    route: 'screenshot',
  },
  {
    name: 'CSS background by `image-set()`',
    body: `<div id="image" style="${BOX} background-image: image-set('/right.png' 1x, '/wrong.png' 3x)"></div>`,
    ask: 'picker',
    route: 'page',
  },
  {
    name: 'CSS background on `::before`',
    body: `<style>#image { position: relative; ${BOX} } #image::before { content: ''; position: absolute; inset: 0; background: url(/right.png) }</style><div id="image"></div>`,
    ask: 'picker',
    route: 'page',
  },
  {
    name: 'CSS background, one of a sheet of many',
    body: `<div id="image" style="width: 120px; height: 120px; background: url(/sheet.png) -200px 0"></div>`,
    ask: 'picker',
    route: 'screenshot',
  },
  {
    name: '`<video>`: the frame shown',
    body: video(''),
    ready: 'image.videoWidth > 0 && image.currentTime > 0',
    ask: 'picker',
    route: 'page',
  },
  {
    name: '`<video>`: its poster',
    body: '<video id="image" poster="/right.png" width="200" height="150"></video>',
    ask: 'picker',
    route: 'page',
  },
  {
    name: '`<object>`',
    body: '<object id="image" data="/right.png" type="image/png" width="200" height="150"></object>',
    ask: 'picker',
    route: 'page',
  },
  {
    name: '`<embed>`',
    body: '<embed id="image" src="/right.png" type="image/png" width="200" height="150">',
    ask: 'picker',
    route: 'page',
  },
  { name: 'an image opened in a tab of its own', body: '', address: '/right.png', route: 'page' },
  {
    name: 'in a frame of the same site',
    body: '<iframe id="frame" src="/framed" width="400" height="300"></iframe>',
    frame: 'frame',
    ask: 'picker',
    route: 'page',
  },
  {
    name: 'in a frame of another site, without CORS',
    body: '<script>document.write(`<iframe id="frame" src="http://localhost:${location.port}/framed" width="200" height="150" style="border: 0"></iframe>`)</script>',
    frame: 'frame',
    route: 'screenshot',
  },
  {
    name: 'in an open shadow root',
    body: `<div id="host"></div><script>host.attachShadow({ mode: 'open' }).innerHTML = '<img src="/right.png" alt="">'</script><style>#host { width: 200px }</style>`,
    route: 'page',
  },
  {
    name: 'under a see-through overlay',
    body: `<div style="position: relative; width: 200px">${RIGHT}<div style="position: absolute; inset: 0"></div></div>`,
    ask: { chrome: 'menu', firefox: 'picker' },
    route: 'page',
  },
  {
    name: 'under an overlay with content',
    body: `<div style="position: relative; width: 200px">${RIGHT}<div style="position: absolute; inset: 0"><p style="margin-top: 60px">Words on top</p></div></div>`,
    ask: 'picker',
    route: 'page',
  },
  {
    name: 'behind a login by cookie',
    body: '<img id="image" src="/private.png" alt="">',
    headers: { 'set-cookie': 'session=1; SameSite=Strict; HttpOnly' },
    route: 'page',
  },
  {
    name: 'behind a check of the referrer',
    body: '<img id="image" src="/referred.png" alt="">',
    route: 'page',
  },
  { name: 'on this machine (localhost)', body: RIGHT, host: 'localhost', route: 'page' },
  {
    name: 'on another host, with CORS',
    body: '<script>document.write(`<img id="image" src="http://localhost:${location.port}/shared.png" alt="">`)</script>',
    route: 'page',
  },
  {
    name: 'on another host, without CORS',
    body: '<script>document.write(`<img id="image" src="http://localhost:${location.port}/right.png" alt="">`)</script>',
    route: 'screenshot',
  },
  {
    name: 'on a page that is shut off from its own site (CSP `sandbox`)',
    body: RIGHT,
    headers: { 'content-security-policy': 'sandbox' },
    // Firefox gives no extension the address of such a page.
    route: { chrome: 'background', firefox: 'screenshot' },
  },
  {
    name: 'a `blob:` address',
    body: `<img id="image" alt=""><script>fetch('/right.png').then((r) => r.blob()).then((b) => { image.src = URL.createObjectURL(b) })</script>`,
    ready: 'image.complete && image.naturalWidth > 0',
    route: 'page',
  },
  { name: 'a `data:` address', body: '<img id="image" src="DATA" alt="">', route: 'page' },
  {
    name: 'an SVG file',
    body: '<img id="image" src="/right.svg" alt="" width="200">',
    route: 'page',
  },
  {
    name: 'a file on this machine (`file:`)',
    body: RIGHT,
    file: true,
    route: { chrome: 'screenshot', firefox: 'page' },
  },
  {
    name: 'on another host that was granted, without CORS',
    body: '<script>document.write(`<img id="image" src="http://localhost:${location.port}/right.png" alt="">`)</script>',
    grant: 'http://localhost/*',
    route: 'screenshot',
  },
  {
    name: 'a rectangle drawn by hand',
    body: `<div id="image" style="${BOX} background: #b42878"></div>`,
    ask: 'rectangle',
    route: 'screenshot',
  },
];
