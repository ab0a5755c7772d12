/** When two names are one. NĐ 168/2025/NĐ-CP điều 85: a household business may not bear the own name of another one in the same commune. */

/** Signs of tone in decomposed text: grave, acute, tilde, hook above, dot below. Circumflex, breve and horn make other letters and stay. */
const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const syllable = /[\p{L}\p{M}]+/gu;
const prefix = /^(hộ kinh doanh|hkd)(?=\s|$)/u;

/**
 * What of a name is compared: no case, no spaces or signs, no words "hộ kinh doanh", no matter how the computer wrote the letters or on which vowel the tone stands
 * ("hoà" and "hòa" are one name; "tâm" and "tám" are two).
 */
export function comparable(name: string): string {
  const words = name.normalize('NFC').toLocaleLowerCase('vi').trim().replace(/\s+/gu, ' ').replace(prefix, '');
  const own = words.normalize('NFD').replace(syllable, (word) => word.replace(tones, '') + (word.match(tones)?.join('') ?? ''));
  return own.replace(/[^\p{L}\p{M}\p{N}]/gu, '').normalize('NFC');
}
