/** `grpc.health.v1` over the same gate as every other service. */
import { createRequire } from 'node:module';
import { HubError } from '@lienthong/kernel';
import type { AnyRpcService, Call } from '@lienthong/kernel';
import { deferredDefinition } from './deferred-definition.ts';

/** Whether the process takes calls; `onChange` hears of each change and its answer stops that. */
export type Health = { readiness(): { readonly ok: boolean }; onChange(listener: () => void): () => void };

type Question = { readonly service: string };
type Answer = { readonly status: 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN' };

const require = createRequire(import.meta.url);

/** `names`: the services of this server. '' asks for the server as a whole. */
export function healthService(health: Health, names: readonly string[]): AnyRpcService {
  const known = new Set(['', ...names]);
  const now = (service: string): Answer => ({ status: !known.has(service) ? 'SERVICE_UNKNOWN' : health.readiness().ok ? 'SERVING' : 'NOT_SERVING' });
  const definition = deferredDefinition('grpc.health.v1.Health', { Check: 'unary', List: 'unary', Watch: 'serverStream' }, () => (require('grpc-health-check') as typeof import('grpc-health-check')).service);
  return {
    definition,
    handlers: {
      async Check({ service }: Question) {
        if (!known.has(service)) throw new HubError('UNKNOWN_SERVICE', { service }, { field: 'service' });
        return now(service);
      },
      async List() { return { statuses: Object.fromEntries([...known].map((name) => [name, now(name)])) }; },
      Watch: ({ service }: Question, call: Call) => changes(health, () => now(service), call.signal),
    },
  };
}

/** The answer now and after each change, until the caller leaves. */
async function* changes(health: Health, now: () => Answer, signal: AbortSignal): AsyncGenerator<Answer> {
  let wake = (): void => {};
  const stop = health.onChange(() => wake());
  const left = (): void => wake();
  signal.addEventListener('abort', left);
  try {
    let last: Answer | undefined;
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => { wake = resolve; });
      const answer = now();
      if (answer.status !== last?.status) yield last = answer;
      else await woken;
    }
  } finally {
    stop();
    signal.removeEventListener('abort', left);
  }
}
