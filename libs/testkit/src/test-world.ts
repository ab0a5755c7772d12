/** A world for tests: real hashes and signatures, a clock that can be set, incarnations in memory. */
import { createHash, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Keys, World } from '@lienthong/kernel';
import type { AuthorId } from '@lienthong/folder';

export type TestWorld = World & {
  readonly keys: Keys;
  /** Present time in milliseconds; tests move it. Undefined: the machine's clock. */
  clock: number | undefined;
};

export function testWorld(): TestWorld {
  const pairs = new Map<AuthorId, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>();
  const lines = new Map<string, AuthorId[]>();
  const incarnate = (service: string): AuthorId => {
    const author = `${service}~${randomBytes(8).toString('hex')}`;
    pairs.set(author, generateKeyPairSync('ed25519'));
    lines.set(service, [author, ...lines.get(service) ?? []]);
    return author;
  };
  const lineOf = (author: AuthorId): readonly AuthorId[] => lines.get(author.slice(0, author.lastIndexOf('~'))) ?? [];
  const keys: Keys = {
    incarnationOf: (service) => lines.get(service)?.[0] ?? incarnate(service),
    newIncarnation: incarnate,
    knows: (author) => pairs.has(author),
    predecessorsOf: (author) => { const line = lineOf(author); return line.slice(line.indexOf(author) + 1); },
    sign: (author, hash) => ({ keyId: author, signature: sign(null, Buffer.from(hash, 'hex'), pairs.get(author)!.privateKey) }),
    signTogether: async (author, hash) => keys.sign(author, hash),
    verify: (author, hash, proof) => proof.keyId === author && pairs.has(author) && verify(null, Buffer.from(hash, 'hex'), pairs.get(author)!.publicKey, proof.signature),
    maySucceed: (successor, predecessor) => { const line = lineOf(successor); return line.includes(successor) && line.indexOf(predecessor) > line.indexOf(successor); },
  };
  const world: TestWorld = {
    keys, clock: undefined,
    now: () => world.clock ?? Date.now(),
    randomBytes: (n) => randomBytes(n),
    hash: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    sign: keys.sign, signTogether: keys.signTogether, verify: keys.verify, maySucceed: keys.maySucceed,
    later: (ms, run) => { const timer = setTimeout(run, ms); timer.unref(); return () => clearTimeout(timer); },
  };
  return world;
}
