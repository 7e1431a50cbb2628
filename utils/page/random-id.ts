/** Unguessable ids, on every page: `crypto.randomUUID` is missing on `http:` ones. */

export function randomId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((each) => each.toString(36)).join('-');
}
