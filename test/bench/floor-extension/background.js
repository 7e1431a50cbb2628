/* The floors of the benchmark, told apart by the address of the page. No key, no storage, no errors.
   By address: sends the image's address at once, and shows nothing before the first words.
   By bytes: a function in the page shows a box and reads the image, then the bytes are sent.
   The menu has the shape of Descry's, since opening and closing it takes time too. */
/* global chrome, document, FileReader */

const CHILDREN = 10;

chrome.runtime.onInstalled.addListener(() => {
  const contexts = ['image'];
  chrome.contextMenus.create({ id: 'parent', title: 'Describe this image', contexts });
  for (let at = 0; at < CHILDREN; at += 1) {
    const title = `Describe it in way ${at}`;
    chrome.contextMenus.create({ id: `child ${at}`, parentId: 'parent', title, contexts });
  }
});

chrome.contextMenus.onClicked.addListener(async (info, tab) => {
  const asked = new URL(info.pageUrl).searchParams;
  const inPage = (func, ...args) =>
    chrome.scripting.executeScript({
      target: { tabId: tab.id },
      injectImmediately: true,
      func,
      args,
    });
  const image =
    asked.get('send') === 'bytes'
      ? (await inPage(showAndRead, info.srcUrl))[0].result
      : info.srcUrl;
  const response = await fetch(`${asked.get('model')}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'floor', stream: true, messages: [messageAbout(image)] }),
  });
  let words = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    for (const [, data] of chunk.matchAll(/^data: (\{.*)$/gm)) {
      words += JSON.parse(data).choices[0].delta.content;
    }
    inPage(showWords, words);
  }
});

function messageAbout(url) {
  const text = { type: 'text', text: 'Describe this image.' };
  return { role: 'user', content: [text, { type: 'image_url', image_url: { url } }] };
}

async function showAndRead(address) {
  const box = document.createElement('floor-card');
  box.textContent = 'Describing…';
  document.documentElement.append(box);
  const reader = new FileReader();
  reader.readAsDataURL(await (await fetch(address)).blob());
  await new Promise((resolve) => reader.addEventListener('load', resolve));
  return reader.result;
}

function showWords(words) {
  const box = document.querySelector('floor-card') ?? document.createElement('floor-card');
  box.textContent = words;
  document.documentElement.append(box);
}
