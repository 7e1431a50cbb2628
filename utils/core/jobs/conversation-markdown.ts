/** A conversation about an image as Markdown, to be kept or passed on. */
import { textOf, type Job } from './job';
import { turnsOf } from './conversation';

/** Each question as a heading of its own, its answer below; what failed is left out. */
export function conversationMarkdown(job: Job): string {
  const turns = turnsOf(job).filter(({ state }) => textOf(state) !== '');
  const parts = turns.map(({ question, state }, at) => {
    const asked = escapeMarkdown(question ?? job.preset.name);
    const last = at === turns.length - 1 && state === job.state;
    return `**${asked}**\n\n${last ? (job.edited ?? textOf(state)) : textOf(state)}`;
  });
  return `${parts.join('\n\n')}\n`;
}

/** A text in which Markdown sees no marks of its own, in one line. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|~!]/g, '\\$&');
}
