/** Tells the pages that show the history, in whichever context, that it has changed. */
const CHANNEL = 'descry-history';

/** Announces a change that is written. Only our own contexts can hear it. */
export function announceChange(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Calls back after any change, also one made here. Returns what ends that. */
export function watchHistory(changed: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', changed);
  return () => channel.close();
}
