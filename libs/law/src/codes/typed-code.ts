/** Characters that look like a hyphen and are typed or pasted for one. */
const dashes = /[\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
/** Blanks, also those that cannot be seen. */
const blanks = /[\s\u200b-\u200d\u2060\ufeff]/g;

/** Longest text that is looked at: a code has at most some 40 characters. */
const maxTypedLength = 100;

/** A code as its grammar writes it, from what people type: blanks left out, upper case, plain hyphens and digits. Text that is too long to be a code gives ''. */
export function typedCode(text: string): string {
  return text.length > maxTypedLength ? '' : text.normalize('NFKC').replace(dashes, '-').replace(blanks, '').toUpperCase();
}
