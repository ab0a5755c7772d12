/** Signing keys, incarnations and certificates of succession, kept beside the store and never in it. */
import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Generations } from '@lienthong/folder';
import type { AuthorId, Hash, Proof } from '@lienthong/folder';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { signedMessage } from '@lienthong/kernel/ports/signature-tree';
import { signingTogether } from '@lienthong/kernel/ports/sign-together';
import type { Keys } from '@lienthong/kernel/ports/world';
import { certify, isCertified, keyIdOf, publicKeyOf } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { KeyDirectory } from './key-directory.ts';
import { KeysError } from './keys-error.ts';

type Known = { readonly certificate: Certificate; readonly key: KeyObject; readonly keyId: string };
type Held = { readonly key: KeyObject; readonly keyId: string };

const signatureBytes = 64;
/** Roots of trees whose signatures were verified last: what was signed together arrives at about the same time. */
const maxVerifiedRoots = 1_024;

/** Opens a key directory; at the first start it is made, with the province's root key. Throws KeysError. `crashPoint`: of tests. */
export function openKeys(path: string, crashPoint?: CrashPoint): DirectoryKeys {
  return new DirectoryKeys(path, crashPoint);
}

/** Incarnations that a key directory knows; none where there is no directory. Makes nothing. Throws KeysError. */
function incarnationsIn(path: string): ReadonlySet<AuthorId> {
  return new Set(existsSync(join(path, 'root.pub.pem')) ? openKeys(path).certificates().map(({ author }) => author) : []);
}

/** Throws KEYS_MISSING where the directory does not know one of `writers`, the incarnations that wrote a store: nobody could judge its entries or go on with them. */
export function checkKnown(path: string, writers: readonly AuthorId[]): void {
  const known = incarnationsIn(path), unknown = writers.find((writer) => !known.has(writer));
  if (unknown !== undefined) throw new KeysError('KEYS_MISSING', join(path, 'certificates', `${unknown}.json`));
}

export class DirectoryKeys implements Keys {
  readonly #path: string;
  readonly #directory: KeyDirectory;
  readonly #crashPoint: CrashPoint | undefined;
  readonly #known = new Map<AuthorId, Known>();
  readonly #held = new Map<AuthorId, Held>();
  /** Author, root and signature. */
  readonly #verifiedRoots = new Generations<string, true>(maxVerifiedRoots);

  constructor(path: string, crashPoint?: CrashPoint) {
    this.#path = path;
    this.#crashPoint = crashPoint;
    this.#directory = new KeyDirectory(path, crashPoint);
    this.#reload();
  }

  /** Another instance of the service, over the same directory, may have made a newer one meanwhile. Throws KEYS_MISSING where its private key is gone, and KEYS_DAMAGED where it is another one: what it signs would be nothing. */
  incarnationOf(service: string): AuthorId {
    this.#reload();
    const newest = this.#newest(service);
    if (newest !== undefined) this.#heldKey(newest);
    return newest ?? this.#directory.exclusively(service, () => { this.#reload(); return this.#newest(service) ?? this.#make(service, []); });
  }

  /** `alsoSucceeds`: incarnations that no certificate here knows, because the keys were lost with them; newest first. */
  newIncarnation(service: string, alsoSucceeds: readonly AuthorId[] = []): AuthorId {
    return this.#directory.exclusively(service, () => { this.#reload(); return this.#make(service, alsoSucceeds); });
  }

  #make(service: string, alsoSucceeds: readonly AuthorId[]): AuthorId {
    const author = `${service}~${randomBytes(8).toString('hex')}`;
    const newest = this.#newest(service);
    const predecessors = [...new Set([...alsoSucceeds, ...(newest ? [newest, ...this.predecessorsOf(newest)] : [])])];
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const certificate = certify(this.#directory.rootPrivate(), author, publicKey, predecessors);
    if (!isCertified(certificate, this.#directory.rootPublic)) throw new KeysError('KEYS_NO_ROOT', this.#path);
    // The certificate is what makes it the newest: a crash before it leaves a key that nobody uses.
    this.#directory.savePrivateKey(author, privateKey);
    this.#crashPoint?.('private-key-saved');
    this.#directory.saveCertificate(certificate);
    this.#remember(certificate);
    return author;
  }

  knows(author: AuthorId): boolean {
    if (!this.#known.has(author)) this.#reload();
    return this.#known.has(author);
  }

  predecessorsOf(author: AuthorId): readonly AuthorId[] {
    if (!this.#known.has(author)) this.#reload();
    return this.#known.get(author)?.certificate.predecessors ?? [];
  }

  maySucceed = (successor: AuthorId, predecessor: AuthorId): boolean => this.predecessorsOf(successor).includes(predecessor);

  /** Here and now: with two cores, handing it to another thread costs more than it saves (measured: a tenth of all journeys). */
  sign(author: AuthorId, hash: Hash): Proof {
    const message = signedMessage(hash);
    if (message === null) throw new RangeError('only a SHA-256 of 64 lowercase hex characters is signed');
    return this.#signed(author, message);
  }

  /** A turn is one of the event loop. */
  readonly signTogether: Keys['signTogether'] = signingTogether((author, message) => this.#signed(author, message), setImmediate);

  #signed(author: AuthorId, message: Uint8Array): Proof {
    const { key, keyId } = this.#heldKey(author);
    return { keyId, signature: sign(null, message, key) };
  }

  verify = (author: AuthorId, hash: Hash, proof: Proof): boolean => {
    const known = this.#known.get(author);
    if (known === undefined || known.keyId !== proof.keyId || proof.signature.byteLength !== signatureBytes) return false;
    const message = signedMessage(hash, proof.path);
    if (message === null) return false;
    return proof.path === undefined ? verify(null, message, known.key, proof.signature) : this.#isRootOf(author, known.key, message, proof.signature);
  };

  /** Verified once for all entries that were signed together. */
  #isRootOf(author: AuthorId, key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
    const root = `${author} ${Buffer.concat([message, signature]).toString('latin1')}`;
    if (this.#verifiedRoots.use(root) === true) return true;
    if (!verify(null, message, key, signature)) return false;
    this.#verifiedRoots.set(root, true);
    return true;
  }

  /** All certificates known here, to be given to others. */
  certificates(): readonly Certificate[] {
    return [...this.#known.values()].map(({ certificate }) => certificate);
  }

  /** Takes a certificate of another machine of the province. False: the root has not signed it, or it contradicts one that is known. */
  learn(certificate: unknown): boolean {
    if (!isCertified(certificate, this.#directory.rootPublic)) return false;
    const known = this.#known.get(certificate.author);
    if (known) return known.certificate.publicKey === certificate.publicKey && known.certificate.predecessors.join() === certificate.predecessors.join();
    this.#directory.saveCertificate(certificate);
    this.#remember(certificate);
    return true;
  }

  /** Certificates are never replaced: only what is new is read. */
  #reload(): void {
    for (const certificate of this.#directory.certificates(this.#known)) this.#remember(certificate);
  }

  #remember(certificate: Certificate): void {
    this.#known.set(certificate.author, { certificate, key: publicKeyOf(certificate), keyId: keyIdOf(certificate) });
  }

  /** The incarnation of a service that nobody succeeds. */
  #newest(service: string): AuthorId | undefined {
    const ofService = [...this.#known.values()].map(({ certificate }) => certificate).filter(({ author }) => author.startsWith(`${service}~`));
    const succeeded = new Set(ofService.flatMap(({ predecessors }) => predecessors));
    const newest = ofService.filter(({ author }) => !succeeded.has(author));
    if (newest.length > 1) throw new KeysError('KEYS_DAMAGED', this.#path, new Error(`several newest incarnations: ${newest.map(({ author }) => author).join(', ')}`));
    return newest[0]?.author;
  }

  #heldKey(author: AuthorId): Held {
    let held = this.#held.get(author);
    if (held === undefined) {
      const key = this.#directory.privateKeyOf(author);
      const known = this.#known.get(author);
      const file = join(this.#path, 'private', `${author}.pem`);
      if (key === undefined || known === undefined) throw new KeysError('KEYS_MISSING', file);
      // With another key it would go on alone: nobody takes what it signs, and it would answer people for what nobody has.
      if (!createPublicKey(key).equals(known.key)) throw new KeysError('KEYS_DAMAGED', file, new Error('not the key of its certificate'));
      this.#held.set(author, held = { key, keyId: known.keyId });
    }
    return held;
  }
}
