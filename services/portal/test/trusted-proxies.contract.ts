/** Who asks, as the hub slows down guesses by it: whoever connects, or whom a trusted proxy names; nobody names himself. */
import { HubError } from '@lienthong/kernel';
import { describe, expect, test } from 'vitest';
import { createPortal } from '../src/index.ts';

const code = 'H17.125.02-261123-0001';

/** Asks one after the other through pages with these proxies, each with what the proxy, or a forger, said; answers as whom the hub was asked. */
async function askedAs(trustedProxies: readonly string[], forwarded: readonly string[]): Promise<readonly string[]> {
  const peers: string[] = [], no = (): Promise<never> => Promise.reject(new HubError('TRACK_REFUSED', { code }));
  const portal = createPortal({
    track(_request, peer) { peers.push(peer); return no(); }, checkResult: no, async *form() { yield await no(); }, confirm: no, post: null, live: () => true, ready: () => ({ ready: true, parts: [] }), failed: () => {},
  }, { trustedProxies });
  const address = `http://127.0.0.1:${await portal.listen(0)}`;
  try {
    for (const one of forwarded) await fetch(`${address}/track`, { method: 'POST', body: new URLSearchParams({ code, last4: '0000' }), headers: one === '' ? {} : { 'x-forwarded-for': one } });
  } finally { await portal.stop(); }
  return peers;
}

describe('who asks', () => {
  test.each<[what: string, trusted: readonly string[], forwarded: readonly string[], peers: readonly string[]]>([
    ['without proxies is whoever connects, whatever he says', [], ['', '203.0.113.7'], ['127.0.0.1', '127.0.0.1']],
    ['behind a trusted proxy is each person by himself', ['127.0.0.1'], ['203.0.113.7', '203.0.113.8', '2001:db8::7'], ['203.0.113.7', '203.0.113.8', '2001:db8::7']],
    ['is the proxy when it names nobody', ['127.0.0.1'], [''], ['127.0.0.1']],
    ['is not whom a person has put before his own address', ['127.0.0.0/8'], ['198.51.100.1, 203.0.113.7'], ['203.0.113.7']],
    ['is found behind two trusted proxies', ['127.0.0.1', '203.0.113.0/24'], ['198.51.100.1, 203.0.113.7'], ['198.51.100.1']],
    ['is whoever connects when another proxy is trusted', ['10.0.0.0/8'], ['203.0.113.7'], ['127.0.0.1']],
  ])('%s', async (_what, trusted, forwarded, peers) => {
    expect(await askedAs(trusted, forwarded)).toEqual(peers);
  });
});
