/** An officer in entries: a code of the office's own directory, never a name. The name stands beside, where somebody gives it. */

export const maxOfficerCharacters = 64;
const officerCode = /^[A-Za-z0-9][A-Za-z0-9._@+-]*$/;

/** Letters without signs, digits and `. _ @ + -`, at most `maxOfficerCharacters`. */
export function isOfficerCode(text: string): boolean {
  return text.length <= maxOfficerCharacters && officerCode.test(text);
}
