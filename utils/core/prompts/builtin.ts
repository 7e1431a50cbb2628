/** The presets Descry begins with: data, each with a note on its wording. */
import type { Preset } from './preset';

export interface BuiltinPreset extends Omit<Preset, 'name'> {
  /** The name's key in the message files. */
  nameKey:
    | 'preset.altText'
    | 'preset.detailed'
    | 'preset.readText'
    | 'preset.happening'
    | 'preset.chart'
    | 'preset.simple'
    | 'preset.compare';
}

/** Prompts are in English, which every model follows best; the answer's language is set apart. */
export const BUILTIN_PRESETS: readonly BuiltinPreset[] = [
  {
    // Purpose before looks, and the words of the page for what it is: W3C images tutorial, "the
    // text alternative should convey the meaning or content", with its decision tree in `purpose-instructions.ts`.
    // "Be accurate and equivalent", "be succinct", no "image of": WebAIM, Alternative Text,
    // https://webaim.org/techniques/alttext/. Text in the image belongs into its alt text:
    // W3C images tutorial, https://www.w3.org/WAI/tutorials/images/textual/.
    // The page's language, because an attribute is read in the language of its element: WCAG 3.1.1.
    // A length as a target: hard cuts make worse text, and WCAG knows no limit.
    id: 'alt-text',
    nameKey: 'preset.altText',
    prompt:
      'Write alternative text for this image, for someone who cannot see it. {purpose} One or two ' +
      'plain sentences, about {max_characters} characters, most important thing first. Say what ' +
      'matters, not every detail. Include any text that the image exists to show, word for word. ' +
      'Do not begin with "Image of" or "Photo of". Use page_data, where given, only to learn what ' +
      'the image is for and to name what it shows where that is sure; do not repeat what stands ' +
      'beside it. State only what can be seen; do not guess names, feelings or intentions. Answer ' +
      'with the text alone, without quotation marks.',
    language: 'page',
    length: 125,
    context: ['page_title', 'heading', 'existing_alt', 'caption', 'nearby_text', 'link_target'],
  },
  {
    // From the whole to its parts, positions in words: W3C images tutorial on complex images,
    // https://www.w3.org/WAI/tutorials/images/complex/. Uncertainty is stated, since people rely
    // on what they cannot check (https://arxiv.org/abs/2507.15692). A caption and a heading make
    // descriptions better for blind readers (https://arxiv.org/abs/2409.03054).
    id: 'detailed',
    nameKey: 'preset.detailed',
    prompt:
      'Describe this image in detail for someone who cannot see it. Begin with one sentence that ' +
      'says what the whole shows. Then go through its parts in a natural order: people, things, ' +
      'what happens, where each is, colours and light where they matter, and any text word for ' +
      'word. If it is a chart, map or diagram, say what it shows and give its main values. Say ' +
      'plainly when something is too small or unclear to tell. Short paragraphs of plain text, no ' +
      'headings and no Markdown.',
    context: ['page_title', 'heading', 'caption'],
  },
  {
    // Verbatim, because a person who asks for the words wants the words: no summary, no repair. A
    // table stays a table, which a screen reader can walk through by row and column. No page
    // context is sent: it could be read out as if it stood in the image.
    id: 'read-text',
    nameKey: 'preset.readText',
    prompt:
      'Read out all the text in this image, word for word, in its own language, in the order a ' +
      'person would read it. Keep line breaks where they carry meaning. Write a table as a ' +
      'Markdown table with its own header row. Mark what you cannot read as [unreadable]. Correct ' +
      'nothing, translate nothing and add nothing else. If there is no text in the image, say so ' +
      'in one short sentence.',
  },
  {
    // The first question people ask of a photograph; actions before looks. Feelings only as what
    // shows of them: a face is no proof.
    id: 'happening',
    nameKey: 'preset.happening',
    prompt:
      'What is happening in this image? Say who or what acts, what they do, and where, in two or ' +
      'three plain sentences. Say what makes you think so where it is not plain, and what cannot ' +
      'be told from a still image.',
    context: ['caption'],
  },
  {
    // W3C images tutorial, complex images: the data as a table is a long description that can be
    // used, https://www.w3.org/WAI/tutorials/images/complex/. Read values are marked as such, since
    // a model that reads a bar off an axis is never exact.
    id: 'chart',
    nameKey: 'preset.chart',
    prompt:
      'Give this chart, map or diagram as data. First one sentence: what kind it is, what it ' +
      'shows, its axes and units. Then the data as one Markdown table, with a header row; for a ' +
      'diagram, one row for each connection: from, to, label. Put "about" before values that you ' +
      'read off an axis and that are not written in the image. Then in one or two sentences the ' +
      'main point. If it is no chart, map or diagram, say so in one short sentence.',
    effort: 'medium',
    context: ['caption', 'heading'],
  },
  {
    // WCAG 3.1.5, reading level: lower secondary education; short sentences and common words as in
    // https://www.w3.org/WAI/WCAG22/Techniques/general/G153.
    id: 'simple',
    nameKey: 'preset.simple',
    prompt:
      'Explain this image to a child of about nine. Short sentences, everyday words, one idea at a ' +
      'time, no baby talk. Say what it shows first, then what it means. Explain any hard word that ' +
      'stands in it.',
    context: ['heading', 'caption'],
  },
  {
    // What is the same is said first and once, since two full descriptions side by side leave the
    // comparing to the reader, who cannot see either image. By number, as the card has them.
    id: 'compare',
    nameKey: 'preset.compare',
    prompt:
      'What differs between these images? First say in one sentence what they have in common. ' +
      'Then go through the differences, the most important first, and refer to the images by ' +
      'their numbers, as in "Image 1". Name only differences that can be seen; where you are ' +
      'not sure of one, say so. If nothing differs, say that.',
    compares: true,
  },
];
