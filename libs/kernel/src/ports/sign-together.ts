/** What one author has signed in one turn gets one signature: over the hash itself where it is one, over the root of their tree where they are more. */
import type { AuthorId, Hash, Proof } from '@lienthong/folder';
import { signatureTree, signedMessage } from './signature-tree.ts';
import type { World } from './world.ts';

/** Hashes that wait for one signature, at most; whoever comes next begins anew. */
export const maxSignedTogether = 256;

/** Signs a message with the key of an author; throws when this process does not hold it. */
export type SignMessage = (author: AuthorId, message: Uint8Array) => Proof;

type Waiting = { readonly hash: Hash; readonly resolve: (proof: Proof) => void; readonly reject: (cause: unknown) => void };

/** What one author has asked for in a turn: how much, and what of it waits. */
type Turn = { came: number; readonly waiting: Waiting[] };

/**
 * `World.signTogether` over `sign`. `turnEnds` runs once, later, what it is given: when all that belongs together has come. Nobody waits in vain: whoever comes first
 * after a turn in which its author had one at most is signed at once.
 */
export function signingTogether(sign: SignMessage, turnEnds: (run: () => void) => void): World['signTogether'] {
  const turns = new Map<AuthorId, Turn>(), busy = new Set<AuthorId>();
  const endTurn = (): void => {
    const ended = [...turns];
    turns.clear();
    for (const [author, { came, waiting }] of ended) {
      if (came > 1) busy.add(author); else busy.delete(author);
      signEach(sign, author, waiting);
    }
  };
  return (author, hash) => new Promise((resolve, reject) => {
    const message = signedMessage(hash);
    if (message === null) throw new RangeError('only a SHA-256 of 64 lowercase hex characters is signed');
    if (turns.size === 0) turnEnds(endTurn);
    const turn = turns.get(author) ?? { came: 0, waiting: [] };
    turns.set(author, turn);
    turn.came++;
    if (turn.came === 1 && !busy.has(author)) return resolve(sign(author, message));
    turn.waiting.push({ hash, resolve, reject });
    if (turn.waiting.length === maxSignedTogether) signEach(sign, author, turn.waiting.splice(0));
  });
}

function signEach(sign: SignMessage, author: AuthorId, waiting: readonly Waiting[]): void {
  if (waiting.length === 0) return;
  try {
    const proofs = proofsOf(sign, author, waiting.map(({ hash }) => hash));
    waiting.forEach(({ resolve }, at) => resolve(proofs[at]!));
  } catch (cause) {
    for (const { reject } of waiting) reject(cause);
  }
}

function proofsOf(sign: SignMessage, author: AuthorId, hashes: readonly Hash[]): readonly Proof[] {
  if (hashes.length === 1) return [sign(author, signedMessage(hashes[0]!)!)];
  const { message, paths } = signatureTree(hashes), { keyId, signature } = sign(author, message);
  return paths.map((path) => ({ keyId, signature, path }));
}
