export { checkKnown, openKeys, DirectoryKeys } from './open-keys.ts';
export type { Certificate } from './certificate.ts';
export { KeysError } from './keys-error.ts';
export type { KeysFault } from './keys-error.ts';
export { keysProof } from './keys-proof.ts';
export { later, sha256, systemWorld } from './system-world.ts';
