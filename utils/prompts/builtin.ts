/** The presets Descry begins with: data, each with a note on its wording. */

export interface BuiltinPreset {
  id: string;
  /** The name's key in the message files. */
  nameKey: 'preset.altText' | 'preset.detailed' | 'preset.readText';
  prompt: string;
}

/** Prompts are in English, which every model follows best; the answer's language is set apart. */
export const BUILTIN_PRESETS: readonly BuiltinPreset[] = [
  {
    // "Be accurate and equivalent", "be succinct", no "image of": WebAIM, Alternative Text,
    // https://webaim.org/techniques/alttext/. Text in the image belongs into its alt text:
    // W3C images tutorial, https://www.w3.org/WAI/tutorials/images/textual/.
    id: 'alt-text',
    nameKey: 'preset.altText',
    prompt:
      'Write alternative text for this image, for someone who cannot see it. One or two plain ' +
      'sentences, about 125 characters, most important thing first. Say what matters, not every ' +
      'detail. Include any text that the image exists to show, word for word. Do not begin with ' +
      '"Image of" or "Photo of". State only what can be seen; do not guess names, feelings or ' +
      'intentions. Answer with the text alone, without quotation marks.',
  },
  {
    // From the whole to its parts, positions in words: W3C images tutorial on complex images,
    // https://www.w3.org/WAI/tutorials/images/complex/.
    id: 'detailed',
    nameKey: 'preset.detailed',
    prompt:
      'Describe this image in detail for someone who cannot see it. Begin with one sentence that ' +
      'says what the whole shows. Then go through its parts in a natural order: people, things, ' +
      'what happens, where each is, colours and light where they matter, and any text word for ' +
      'word. If it is a chart, map or diagram, say what it shows and give its main values. Say ' +
      'plainly when something is too small or unclear to tell. Short paragraphs of plain text, no ' +
      'headings and no Markdown.',
  },
  {
    // Verbatim, because a person who asks for the words wants the words: no summary, no repair.
    id: 'read-text',
    nameKey: 'preset.readText',
    prompt:
      'Read out all the text in this image, word for word, in its own language, in the order a ' +
      'person would read it. Keep line breaks where they carry meaning. Write a table as rows ' +
      'with " | " between the cells. Mark what you cannot read as [unreadable]. Add nothing else. ' +
      'If there is no text in the image, say so in one short sentence.',
  },
];
