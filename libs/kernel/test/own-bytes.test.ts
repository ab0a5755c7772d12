/** What stays in memory of a message is what was kept of it. */
import { expect, test } from 'vitest';
import { signingTogether } from '../src/ports/sign-together.ts';
import { open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const poolBytes = 65_536;

test('an entry that came in a slice of something larger keeps bytes, signature and path of its own', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {} }), folder = folderOf('first'), pool = new Uint8Array(poolBytes);
  await hub.start();
  hub.carry = () => {};
  Object.assign(hub.keys, { signTogether: signingTogether((author, message) => hub.keys.signMessage(author, message), (run) => { hub.time.later(0, run); }) });
  await hub.run(Promise.all([folderOf('at once'), folder, folderOf('third')].map((one) => hub.at('alpha').handle(one, open('r', { services: ['alpha', 'beta'] })))));
  const { heads, entries } = await hub.run(hub.at('alpha').peerService.pull(hub.author('beta'), folder, {}));
  let at = 0;
  const slice = (bytes: Uint8Array): Uint8Array => { pool.set(bytes, at); return pool.subarray(at, at += bytes.byteLength); };
  const arrived = entries.map(({ bytes, proof }) => ({ bytes: slice(bytes), proof: proof === null ? null : { ...proof, signature: slice(proof.signature), path: slice(proof.path!) } }));
  await hub.run(hub.at('beta').receive([{ folder, sender: hub.author('alpha'), heads, entries: arrived, wantsReply: false, mark: 0 }]), 10);
  const { entries: held } = await hub.run(hub.at('beta').peerService.pull(hub.author('alpha'), folder, {}));
  const kept = held.flatMap(({ bytes, proof }) => (proof === null ? [bytes] : [bytes, proof.signature, proof.path!]));
  expect(kept.length).toBeGreaterThanOrEqual(3);
  expect(kept.map(({ buffer }) => buffer.byteLength)).toEqual(kept.map(({ byteLength }) => byteLength));
});
