/** Words in which nothing can be read. */

const readable = /[\p{L}\p{N}]/u;

/** Neither a letter nor a digit: spaces, dots, dashes, what does not show. */
export function isBlank(text: string): boolean {
  return !readable.test(text);
}
