/** What a chat request asks: the words of the user's turn, and its images. */

export interface UserTurn {
  /** All text, in order. */
  prompt: string;
  /** Addresses of the images, or their bytes as `data:` URLs. */
  images: readonly string[];
}

interface Message {
  role: string;
  content?: unknown;
}

interface Part {
  text?: string;
  image_url?: { url?: string };
}

/** Reads the body of a request to `/chat/completions`. */
export function userTurn({ messages = [] }: { messages?: readonly Message[] }): UserTurn {
  const parts = messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }): Part[] =>
      Array.isArray(content) ? (content as Part[]) : [{ text: String(content) }],
    );
  return {
    prompt: parts.flatMap(({ text }) => text ?? []).join('\n'),
    images: parts.flatMap(({ image_url: image }) => image?.url ?? []),
  };
}
