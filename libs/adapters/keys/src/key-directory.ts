/**
 * The files of a key directory:
 * `root.pem` (private, may be absent where no incarnation is ever made), `root.pub.pem`,
 * `certificates/<author>.json` for every key known, `private/<author>.pem` for the keys held here.
 */
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AuthorId } from '@lienthong/folder';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { isCertified } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { KeysError } from './keys-error.ts';

const secretMode = 0o600;
const publicMode = 0o644;

export class KeyDirectory {
  readonly #path: string;
  readonly #crashPoint: CrashPoint | undefined;
  readonly rootPublic: KeyObject;

  /** Makes the directory and the root key at the first start. */
  constructor(path: string, crashPoint?: CrashPoint) {
    this.#path = path;
    this.#crashPoint = crashPoint;
    for (const directory of [path, join(path, 'certificates'), join(path, 'private')]) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      removeAbandoned(directory);
    }
    const publicFile = join(path, 'root.pub.pem');
    if (!existsSync(publicFile)) this.#makeRoot(publicFile);
    this.rootPublic = this.#parse(publicFile, createPublicKey);
  }

  /** Throws KEYS_NO_ROOT where the root's private key is kept elsewhere. */
  rootPrivate(): KeyObject {
    const file = join(this.#path, 'root.pem');
    if (!existsSync(file)) throw new KeysError('KEYS_NO_ROOT', file);
    return this.#parse(file, createPrivateKey);
  }

  privateKeyOf(author: AuthorId): KeyObject | undefined {
    const file = this.#privateFile(author);
    return existsSync(file) ? this.#parse(file, createPrivateKey) : undefined;
  }

  savePrivateKey(author: AuthorId, key: KeyObject): void {
    writeOnce(this.#privateFile(author), key.export({ type: 'pkcs8', format: 'pem' }), secretMode, this.#crashPoint);
  }

  /** Those that are not `known` yet. */
  certificates(known: ReadonlyMap<AuthorId, unknown>): Certificate[] {
    const directory = join(this.#path, 'certificates');
    return readdirSync(directory).filter((name) => name.endsWith('.json') && !known.has(name.slice(0, -'.json'.length))).map((name) => {
      const file = join(directory, name);
      const certificate = this.#parse(file, (text) => JSON.parse(text) as unknown);
      if (!isCertified(certificate, this.rootPublic) || name !== `${certificate.author}.json`) throw new KeysError('KEYS_DAMAGED', file);
      return certificate;
    });
  }

  /** Runs `work` while no other process does for the same service; a lock whose holder died is taken over after `abandonedAfterMs`. Throws KEYS_BUSY. */
  exclusively<T>(service: string, work: () => T): T {
    const lock = join(this.#path, `${service}.lock`);
    takeLock(lock);
    try { return work(); } finally { rmSync(lock, { force: true }); }
  }

  /** The same certificate may come from several peers at once. */
  saveCertificate(certificate: Certificate): void {
    writeOnce(join(this.#path, 'certificates', `${certificate.author}.json`), `${JSON.stringify(certificate, null, 2)}\n`, publicMode, this.#crashPoint);
  }

  #privateFile(author: AuthorId): string { return join(this.#path, 'private', `${author}.pem`); }

  /** The public half comes last: while it is missing, the first start has not ended. */
  #makeRoot(publicFile: string): void {
    const secretFile = join(this.#path, 'root.pem');
    if (!existsSync(secretFile)) writeOnce(secretFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), secretMode, this.#crashPoint);
    writeOnce(publicFile, createPublicKey(readFileSync(secretFile)).export({ type: 'spki', format: 'pem' }), publicMode, this.#crashPoint);
  }

  #parse<T>(file: string, read: (text: string) => T): T {
    try {
      return read(readFileSync(file, 'utf8'));
    } catch (cause) {
      throw new KeysError('KEYS_DAMAGED', file, cause);
    }
  }
}

/** Making an incarnation takes milliseconds. */
const abandonedAfterMs = 10_000;
const lockPollMs = 20;
const maxLockPolls = 1_000;

function takeLock(lock: string): void {
  for (let n = 0; n < maxLockPolls; n++) {
    try {
      closeSync(openSync(lock, 'wx', secretMode));
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > abandonedAfterMs) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockPollMs);
  }
  throw new KeysError('KEYS_BUSY', lock);
}

const unfinishedName = /\.\d+\.part$/;

/** What a process that died did not finish may be a private key that nobody uses: it does not stay. */
function removeAbandoned(directory: string): void {
  for (const name of readdirSync(directory)) {
    const file = join(directory, name);
    if (unfinishedName.test(name) && Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > abandonedAfterMs) rmSync(file, { force: true });
  }
}

/** A key file is complete and durable before it bears its name, and is never replaced. */
function writeOnce(file: string, content: string | Buffer, mode: number, crashPoint: CrashPoint | undefined): void {
  const unfinished = `${file}.${process.pid}.part`;
  rmSync(unfinished, { force: true });
  const fd = openSync(unfinished, 'wx', mode);
  try {
    writeSync(fd, content.toString());
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  crashPoint?.('key-unnamed');
  try {
    linkSync(unfinished, file);
  } catch (cause) {
    // Another process was first; a file never changes what it says.
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST' || !readFileSync(file).equals(Buffer.from(content))) throw cause;
  }
  crashPoint?.('key-named');
  rmSync(unfinished);
  const directory = openSync(dirname(file), 'r');
  try { fsyncSync(directory); } finally { closeSync(directory); }
}
