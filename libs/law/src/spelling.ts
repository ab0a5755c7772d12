/** When two Vietnamese texts are spelled alike, whoever typed them. */

/** Signs of tone in decomposed text: grave, acute, tilde, hook above, dot below. Circumflex, breve and horn make other letters and stay. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const syllable = /[\p{L}\p{M}]+/gu;

/**
 * What of a text is compared: no case, no spaces or signs, no matter how the computer wrote the letters or on which vowel the tone stands
 * ("hoà" and "hòa" are one; "tâm" and "tám" are two).
 */
export function spelling(text: string): string {
  const own = text.normalize('NFC').toLocaleLowerCase('vi').normalize('NFD').replace(syllable, (word) => word.replace(tones, '') + (word.match(tones)?.join('') ?? ''));
  return own.replace(/[^\p{L}\p{M}\p{N}]/gu, '').normalize('NFC');
}
