/** Writes of several folders share a signature; each is proved for itself, and none is shown before it is signed and durable. */
import type { AuthorId, Hash, Proof } from '@lienthong/folder';
import { describe, expect, test } from 'vitest';
import { signingTogether } from '../src/ports/sign-together.ts';
import { VerifiedEntries } from '../src/index.ts';
import type { FolderUpdate, SealedEntry } from '../src/index.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import { add, open } from './toy/toy-law.ts';

const services = ['alpha', 'beta'], names = ['one', 'two', 'three'], turnMs = 1;

/** The turn of its keys lasts a moment of virtual time. */
async function gathering(): Promise<{ readonly hub: ToyHub; readonly messages: Uint8Array[] }> {
  const hub = new ToyHub({ alpha: {}, beta: {} }), messages: Uint8Array[] = [];
  const sign = (author: AuthorId, message: Uint8Array): Proof => { messages.push(message); return hub.keys.signMessage(author, message); };
  await hub.start();
  Object.assign(hub.keys, { signTogether: signingTogether(sign, (run) => { hub.time.later(turnMs, run); }) });
  // So that it has work that is worth waiting for.
  await hub.run(Promise.all(['b', 'a'].map((name) => hub.at('alpha').handle(folderOf(name), open(name, { services: ['alpha'] })))), 100);
  messages.length = 0;
  return { hub, messages };
}

const proofsAt = async (hub: ToyHub, service: string, name: string): Promise<readonly SealedEntry[]> => (await hub.run(hub.at(service).peerService.pull(hub.author('beta'), folderOf(name), {}))).entries;

describe('writes of several folders in one turn', () => {
  test('have one signature, and each a path of its own; others take them, and pass them on as they are', async () => {
    const { hub, messages } = await gathering();
    await hub.run(Promise.all(names.map((name) => hub.at('alpha').handle(folderOf(name), open(name, { services })))), 10_000);
    expect(messages).toHaveLength(1);
    const proofs = (await Promise.all(names.map((name) => proofsAt(hub, 'beta', name)))).map((entries) => entries.at(-1)!.proof!);
    expect(new Set(proofs.map(({ signature }) => Buffer.from(signature).toString('hex'))).size).toBe(1);
    expect(new Set(proofs.map(({ path }) => Buffer.from(path!).toString('hex'))).size).toBe(names.length);
    for (const name of names) expect(new Set(await hub.heads(folderOf(name), 'alpha', 'beta')).size).toBe(1);
    // What was stored is read again.
    hub.crash('alpha');
    await hub.start('alpha');
    expect([...(await proofsAt(hub, 'alpha', 'one')).at(-1)!.proof!.path!]).toEqual([...proofs[0]!.path!]);
  });

  test('alone in its turn, a write is signed as ever', async () => {
    const { hub } = await gathering();
    await hub.run(hub.at('alpha').handle(folderOf('one'), open('open', { services })), 10_000);
    expect((await proofsAt(hub, 'beta', 'one')).map(({ proof }) => proof?.path)).toEqual([undefined]);
  });

  test('what waits for its signature is shown to nobody', async () => {
    const { hub } = await gathering();
    Object.assign(hub.keys, { signTogether: () => new Promise(() => {}) });
    void hub.at('alpha').handle(folderOf('one'), open('open', { services }));
    await hub.time.pass(1_000);
    expect(await hub.run(hub.at('alpha').peerService.pull(hub.author('beta'), folderOf('one'), {}))).toMatchObject({ heads: {}, entries: [] });
    expect(await hub.state('beta', folderOf('one'))).toBeUndefined();
  });

  test('a key that is gone fails each write, nothing of it stays in memory, and the next one is taken', async () => {
    const { hub } = await gathering(), { signTogether } = hub.keys;
    await hub.run(hub.at('alpha').handle(folderOf('one'), open('open', { services })), 100);
    Object.assign(hub.keys, { signTogether: signingTogether(() => { throw new Error('no key'); }, (run) => { hub.time.later(turnMs, run); }) });
    const failed = Promise.allSettled([hub.at('alpha').handle(folderOf('one'), add('a', 1)), hub.at('alpha').handle(folderOf('two'), open('open', { services }))]);
    expect((await hub.run(failed, 100)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    Object.assign(hub.keys, { signTogether });
    expect([(await hub.state('alpha', folderOf('one')))?.total, await hub.state('alpha', folderOf('two'))]).toEqual([0, undefined]);
    expect(await hub.run(hub.at('alpha').handle(folderOf('one'), add('a', 2)), 10_000)).toMatchObject({ ok: true, repeated: false });
    expect((await hub.state('beta', folderOf('one')))?.total).toBe(2);
  });

  test('the path of another, or none, proves nothing: the entry is not taken', async () => {
    const { hub } = await gathering(), sent: FolderUpdate[] = [];
    hub.carry = ({ update }) => { sent.push(update); };
    await hub.run(Promise.all(names.map((name) => hub.at('alpha').handle(folderOf(name), open(name, { services })))), 1_000);
    const [one, two, three] = names.map((name) => sent.find(({ folder, entries }) => folder === folderOf(name) && entries.length > 0)!) as [FolderUpdate, FolderUpdate, FolderUpdate];
    const proved = (update: FolderUpdate, proof: Proof): FolderUpdate => ({ ...update, entries: update.entries.map((entry) => ({ bytes: entry.bytes, proof: entry.proof && proof })) });
    const other = two.entries.at(-1)!.proof!, { keyId, signature } = one.entries.at(-1)!.proof!;
    await hub.run(hub.at('beta').receive([proved(one, other), proved(three, { keyId, signature })]), 100);
    expect(await Promise.all(['one', 'three'].map((name) => hub.state('beta', folderOf(name))))).toEqual([undefined, undefined]);
    expect(hub.at('beta').status().refused).toBe(2);
    await hub.run(hub.at('beta').receive([one, three]), 100);
    expect((await hub.state('beta', folderOf('one')))?.total).toBe(0);
  });
});

test('what was verified once is known by signature and path together', () => {
  const entries = new VerifiedEntries(1_000), hash: Hash = 'a'.repeat(64), asked: (Uint8Array | undefined)[] = [];
  entries.remember({ hash, bytes: new Uint8Array(10) } as unknown as Parameters<VerifiedEntries['remember']>[0]);
  const proof = { keyId: 'k', signature: new Uint8Array(64), path: new Uint8Array(33) }, verify = entries.verifying((_author, _hash, { path }) => { asked.push(path); return true; });
  const others = [proof, { ...proof, path: proof.path.slice() }, { keyId: 'k', signature: proof.signature }, { ...proof, path: new Uint8Array(66) }, { ...proof, keyId: 'other' }];
  for (const one of others) { entries.trust(hash, proof); verify('alpha', hash, one); }
  expect(asked).toEqual([undefined, new Uint8Array(66), new Uint8Array(33)]);
});
