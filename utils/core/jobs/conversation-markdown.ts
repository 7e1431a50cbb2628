/** A conversation about an image as Markdown, to be kept or passed on. */
import type { Job } from './job';
import { answerText } from './turns';

/** Each question as a heading of its own, its answer below; what failed is left out. */
export function conversationMarkdown(job: Job): string {
  const parts = job.turns.flatMap(({ question, answers: [answer] }) => {
    const text = answerText(answer);
    return text === '' ? [] : `**${escapeMarkdown(question ?? job.preset.name)}**\n\n${text}`;
  });
  return `${parts.join('\n\n')}\n`;
}

/** A text in which Markdown sees no marks of its own, in one line. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~!]/g, '\\$&');
}
