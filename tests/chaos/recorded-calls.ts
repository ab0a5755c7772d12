/** A client that keeps every command that was acknowledged, with its answer: sent again, each must be answered the same. */
import type { HubClient } from '@lienthong/journeys';

export type RecordedCall = { readonly method: string; readonly requestId: string; readonly answer: unknown; repeat(): Promise<unknown> };

type AnyCall = (request: { readonly requestId?: string }, settings?: unknown) => Promise<unknown>;

export function recordingCalls(hub: HubClient, calls: RecordedCall[]): HubClient {
  const recorded = (service: string, client: object): object => Object.fromEntries(Object.entries(client).map(([method, run]) => [method, typeof run !== 'function' || method === 'close' ? run : recording(`${service}.${method}`, run as AnyCall, calls)]));
  return Object.fromEntries(Object.entries(hub).map(([service, client]) => [service, typeof client === 'function' ? client : recorded(service, client)])) as unknown as HubClient;
}

function recording(method: string, run: AnyCall, calls: RecordedCall[]): AnyCall {
  return async (request, settings) => {
    const answer = await run(request, settings);
    if (typeof request.requestId === 'string' && request.requestId !== '') calls.push({ method, requestId: request.requestId, answer, repeat: () => run(request, settings) });
    return answer;
  };
}
