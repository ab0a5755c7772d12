/** Characters that stand in a text and are not seen. */

/** Control and direction characters, letters without a shape, and what stands where a text was not read as UTF-8: no name that holds one is found again, and none is read as it is printed. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFFD]/u;

const everyUnseen = new RegExp(unseen, 'gu');

/** What of a text is seen. */
export const seenOf = (text: string): string => text.replaceAll(everyUnseen, '');

/** `code`: as `U+202E`; `at`: from 1, in UTF-16 units. Null: there is none. */
export function unseenIn(text: string): { readonly code: string; readonly at: number } | null {
  const found = unseen.exec(text);
  return found === null ? null : { code: `U+${found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`, at: found.index + 1 };
}

/** The same in words of both languages, for whoever is to take it out. */
export function unseenProblem(text: string): string | null {
  const odd = unseenIn(text);
  return odd === null ? null : `${odd.code} ở vị trí / at character ${odd.at}`;
}

const lineBreaks = /[\n\r\t]/g;

/** The same of a text that may have several lines. */
export function hiddenProblem(text: string): string | null {
  return unseenProblem(text.replace(lineBreaks, ' '));
}

const readable = /[\p{L}\p{N}]/u;

/** Neither a letter nor a digit: spaces, dots, dashes, what does not show. Whoever must say something has not said it. */
export function isBlank(text: string): boolean {
  return !readable.test(seenOf(text));
}
