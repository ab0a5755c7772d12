/** Which post offices may use the postman's page, and with which key each. */

/** Characters of a key, at least: it is typed once a day, and guessed at all night. */
export const minKeyCharacters = 16;
/** Bytes of the file, and post offices in it. */
export const maxKeysBytes = 64 * 1024, maxKeys = 1_000;

const line = /^([a-z0-9-]{1,64})=(\S+)$/;

/** One `office=key` on a line; empty lines and those that begin with # mean nothing. Throws a RangeError that names the line, never a key. */
export function parsePostKeys(text: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  if (Buffer.byteLength(text) > maxKeysBytes) throw new RangeError(`more than ${maxKeysBytes} bytes`);
  for (const [n, one] of text.split('\n').entries()) {
    if (one.trim() === '' || one.startsWith('#')) continue;
    const [, office = '', key = ''] = line.exec(one.trim()) ?? [];
    if (office === '' || keys.has(office)) throw new RangeError(`line ${n + 1} is not office=key, or names an office twice`);
    if (key.length < minKeyCharacters) throw new RangeError(`line ${n + 1}: a key has at least ${minKeyCharacters} characters`);
    keys.set(office, key);
  }
  if (keys.size === 0 || keys.size > maxKeys) throw new RangeError(`${keys.size} post offices, not 1–${maxKeys}`);
  return keys;
}
