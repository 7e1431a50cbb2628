import { afterEach, describe, expect, it, vi } from 'vitest';
import { readAloud, voiceFor, type Synthesis } from '../../../utils/page/speech';

const voice = (lang: string, more: Partial<SpeechSynthesisVoice> = {}) =>
  ({ lang, name: lang, voiceURI: lang, default: false, localService: true, ...more }) as const;

describe('a voice', () => {
  it('is of the same region, else of the same language', () => {
    const voices = [voice('en-US'), voice('en_GB'), voice('de-DE')];
    expect(voiceFor('en-GB', voices)?.lang).toBe('en_GB');
    expect(voiceFor('en-AU', voices)?.lang).toBe('en-US');
    expect(voiceFor('de', voices)?.lang).toBe('de-DE');
    expect(voiceFor('fr', voices)).toBeUndefined();
  });

  it('is never one that sends the text to a server', () => {
    expect(voiceFor('en', [voice('en-US', { localService: false })])).toBeUndefined();
  });
});

describe('reading aloud', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Of the published shape: Web Speech API, speech synthesis. */
  function fake(voices: SpeechSynthesisVoice[]) {
    vi.stubGlobal(
      'SpeechSynthesisUtterance',
      class extends EventTarget {
        lang = '';
        readonly text: string;
        constructor(text: string) {
          super();
          this.text = text;
        }
      },
    );
    const late = new EventTarget();
    let known: SpeechSynthesisVoice[] = [];
    const spoken: (EventTarget & { text: string; lang: string })[] = [];
    const synthesis: Synthesis = {
      getVoices: () => known,
      speak: (utterance) => void spoken.push(utterance),
      cancel: vi.fn(),
      addEventListener: late.addEventListener.bind(late),
      removeEventListener: late.removeEventListener.bind(late),
    };
    const load = () => {
      known = voices;
      late.dispatchEvent(new Event('voiceschanged'));
    };
    return { synthesis, spoken, load };
  }

  it('waits for the voices, speaks, and resolves at the end', async () => {
    const { synthesis, spoken, load } = fake([voice('en-US')]);
    const read = readAloud('A dog.', 'en', synthesis, new AbortController().signal);
    load();
    await vi.waitFor(() => expect(spoken).toHaveLength(1));
    expect(spoken[0]).toMatchObject({ text: 'A dog.', lang: 'en-US' });
    spoken[0]?.dispatchEvent(new Event('end'));
    expect(await read).toBe(true);
  });

  it('stops', async () => {
    const { synthesis, spoken, load } = fake([voice('en-US')]);
    load();
    const controller = new AbortController();
    const read = readAloud('A dog.', 'en', synthesis, controller.signal);
    await vi.waitFor(() => expect(spoken).toHaveLength(1));
    vi.mocked(synthesis.cancel).mockClear();
    controller.abort();
    expect(await read).toBe(true);
    expect(synthesis.cancel).toHaveBeenCalledOnce();
  });

  it('says where no voice speaks the language', async () => {
    const { synthesis, spoken, load } = fake([voice('de-DE')]);
    load();
    expect(await readAloud('A dog.', 'en', synthesis, new AbortController().signal)).toBe(false);
    expect(spoken).toEqual([]);
  });
});
