/* The floor of the benchmark: the same three things as Descry, and nothing else. No key, no storage,
   no errors, no card to speak of. What the browser itself takes is the same for both. */
/* global chrome, document */

chrome.runtime.onInstalled.addListener(() => {
  chrome.contextMenus.create({ id: 'parent', title: 'Describe this image', contexts: ['image'] });
  chrome.contextMenus.create({
    id: 'child',
    parentId: 'parent',
    title: 'Describe',
    contexts: ['image'],
  });
});

let port;
let words = '';
chrome.runtime.onConnect.addListener((connected) => {
  port = connected;
  if (words) port.postMessage(words);
});

chrome.contextMenus.onClicked.addListener(async (info, tab) => {
  words = '';
  const address = new URL(info.pageUrl).searchParams.get('model');
  const answer = fetch(`${address}/chat/completions`, { method: 'POST', body: info.srcUrl });
  chrome.scripting.executeScript({
    target: { tabId: tab.id },
    func: () => {
      const card = document.createElement('descry-card');
      document.documentElement.append(card);
      chrome.runtime.connect().onMessage.addListener((text) => {
        card.textContent = text;
      });
    },
  });
  const response = await answer;
  const decoder = new TextDecoder();
  for await (const chunk of response.body) {
    words += decoder.decode(chunk, { stream: true });
    port?.postMessage(words);
  }
});
