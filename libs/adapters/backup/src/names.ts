/** Names of the files in a backup. A name that is none of these is never written anywhere. */

export const storeName = 'store/hub.db';

const author = String.raw`[a-z][a-z0-9-]{0,62}~[0-9a-f]{16}`;
const keyFile = new RegExp(`^(root\\.pem|root\\.pub\\.pem|certificates/${author}\\.json|private/${author}\\.pem)$`);
const documentFile = /^([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

/** `path`: within the directory of keys. The marks are no key: they must not go back in time. */
export function isKeyFile(path: string): boolean {
  return keyFile.test(path);
}

/** The digest of a document by its path within the directory of documents; undefined: no document. */
export function digestIn(path: string): string | undefined {
  return documentFile.exec(path)?.[2];
}

export type Kind = { readonly kind: 'store' } | { readonly kind: 'document'; readonly digest: string } | { readonly kind: 'key' };

/** What a name in a backup stands for; undefined: nothing that a backup holds. */
export function kindOf(name: string): Kind | undefined {
  const [first, rest] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)];
  if (name === storeName) return { kind: 'store' };
  const digest = first === 'documents' ? digestIn(rest) : undefined;
  if (digest !== undefined) return { kind: 'document', digest };
  return first === 'keys' && isKeyFile(rest) ? { kind: 'key' } : undefined;
}
