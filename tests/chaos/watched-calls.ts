/** A client whose caller hears of every call that failed, also of those that are made again afterwards. */
import type { HubClient } from '@lienthong/journeys';
import { CallError } from '@lienthong/rpc-grpc';
import type { CallSettings } from '@lienthong/rpc-grpc';

type AnyCall = (request: object, settings?: CallSettings) => Promise<unknown>;

/** `deadlineMs`: of each call. Streams are left as they are. */
export function watchedCalls(hub: HubClient, deadlineMs: number, failed: (method: string, error: CallError) => void): HubClient {
  const watched = (name: string, call: AnyCall): AnyCall => (request, settings) => {
    const answer: unknown = call(request, { ...settings, deadlineMs });
    if (!(answer instanceof Promise)) return answer as Promise<unknown>;
    return answer.catch((error: unknown) => {
      if (error instanceof CallError) failed(name, error);
      throw error;
    });
  };
  const ofService = (service: string, client: object): object => Object.fromEntries(Object.entries(client).map(([name, call]) => [name, name === 'close' ? call : watched(`${service}.${name}`, call as AnyCall)]));
  return Object.fromEntries(Object.entries(hub).map(([name, client]) => [name, typeof client === 'function' ? client : ofService(name, client as object)])) as unknown as HubClient;
}
