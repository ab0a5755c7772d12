/** A service of all four kinds of methods over real messages of the contract: `vi` says what to do, `en` is the payload. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dossier } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import type { Call, RpcService } from '@lienthong/kernel';

type Text = dossier.LocalizedText;
const { LocalizedText } = dossier;
export const text = (vi: string, en = ''): Text => ({ vi, en });

const bytesOf = { requestSerialize: (value: Text) => Buffer.from(LocalizedText.encode(value).finish()), responseSerialize: (value: Text) => Buffer.from(LocalizedText.encode(value).finish()) };
const read = { requestDeserialize: (bytes: Buffer): Text => LocalizedText.decode(bytes), responseDeserialize: (bytes: Buffer): Text => LocalizedText.decode(bytes) };

export const EchoService = {
  say: { path: '/lienthong.test.v1.Echo/Say', requestStream: false as const, responseStream: false as const, ...bytesOf, ...read },
  count: { path: '/lienthong.test.v1.Echo/Count', requestStream: false as const, responseStream: true as const, ...bytesOf, ...read },
  join: { path: '/lienthong.test.v1.Echo/Join', requestStream: true as const, responseStream: false as const, ...bytesOf, ...read },
  chat: { path: '/lienthong.test.v1.Echo/Chat', requestStream: true as const, responseStream: true as const, ...bytesOf, ...read },
};

/** What the handlers saw. */
export type Seen = { calls: Call[]; messages: number; written: number; ended: string[] };

export function echoService(seen: Seen): RpcService<typeof EchoService> {
  return {
    definition: EchoService,
    handlers: {
      async say({ vi, en }, call) {
        seen.calls.push(call);
        if (vi === 'refuse') throw new HubError('UNKNOWN_DOCUMENT', { digest: en }, { field: 'digest' });
        if (vi === 'crash') throw new Error('a secret of the implementation');
        if (vi === 'garble') return undefined as never;
        if (vi === 'wait') await sleep(60_000, undefined, { signal: call.signal }).catch(() => { seen.ended.push((call.signal.reason as HubError).code); throw call.signal.reason; });
        return text(vi, en);
      },
      async *count({ vi, en }, call) {
        try {
          for (let i = 0; vi === 'forever' || i < Number(vi); i++) {
            seen.written++;
            yield text(String(i), en);
            if (vi === 'forever' && en === '') await sleep(60_000, undefined, { signal: call.signal });
          }
        } finally {
          seen.ended.push(call.signal.aborted ? (call.signal.reason as HubError).code : 'OK');
        }
      },
      async join(requests) {
        const parts: string[] = [];
        for await (const { vi } of requests) { seen.messages++; parts.push(vi); if (vi === 'enough') break; }
        return text(parts.join(' '));
      },
      async *chat(requests) {
        for await (const { vi } of requests) { seen.messages++; yield text(`${vi}!`); }
      },
    },
  };
}
