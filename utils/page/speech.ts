/** Reads a text aloud with a voice of the person's own system. */

/** Browsers load their voices late, and some systems have none: then there is no event to wait for. */
const VOICES_MS = 1_000;

/** The part of the Web Speech API that is used; a page or a browser may lack it. */
export type Synthesis = Pick<
  SpeechSynthesis,
  'getVoices' | 'speak' | 'cancel' | 'addEventListener' | 'removeEventListener'
>;

/**
 * Begins to read, and resolves once it has ended or was stopped. False where no voice of this system
 * speaks the language; voices that send the text to a server are left out, since the person was not
 * asked whether it may go there.
 *
 * @param language a BCP 47 tag.
 */
export async function readAloud(
  text: string,
  language: string,
  synthesis: Synthesis,
  signal: AbortSignal,
): Promise<boolean> {
  const voice = voiceFor(language, await voicesOf(synthesis));
  if (!voice) return false;
  if (signal.aborted) return true;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  await new Promise<void>((resolve) => {
    utterance.addEventListener('end', () => resolve());
    utterance.addEventListener('error', () => resolve());
    // Not every browser tells of an utterance that was cancelled.
    signal.addEventListener('abort', () => {
      synthesis.cancel();
      resolve();
    });
    synthesis.cancel();
    synthesis.speak(utterance);
  });
  return true;
}

/** The voice for a language: of the same region where there is one, else of the language. */
export function voiceFor(
  language: string,
  voices: readonly SpeechSynthesisVoice[],
): SpeechSynthesisVoice | undefined {
  const wanted = tagOf(language);
  const [base] = wanted.split('-');
  const local = voices.filter(({ localService }) => localService);
  const same = local.filter(({ lang }) => tagOf(lang).split('-')[0] === base);
  return (
    same.find(({ lang }) => tagOf(lang) === wanted) ?? same.find((each) => each.default) ?? same[0]
  );
}

/** Android writes `en_US`. */
function tagOf(language: string): string {
  return language.toLowerCase().replaceAll('_', '-');
}

async function voicesOf(synthesis: Synthesis): Promise<readonly SpeechSynthesisVoice[]> {
  const voices = synthesis.getVoices();
  if (voices.length > 0) return voices;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, VOICES_MS);
    function done() {
      clearTimeout(timer);
      synthesis.removeEventListener('voiceschanged', done);
      resolve();
    }
    synthesis.addEventListener('voiceschanged', done);
  });
  return synthesis.getVoices();
}
