/** An officer of one service in a test: waits for work, completes it, hears what the register says. */
import { agency } from '@lienthong/contract';
import { sameRef } from '@lienthong/law';
import type { Leg } from '@lienthong/law';
import type { MemoryHub } from './memory-hub.ts';

export type TestDesk = {
  /** A leg of the dossier by name; absent: the first that this service has. Undefined while there is none. */
  leg(code: string, name?: string): Promise<Pick<Leg, 'id' | 'office' | 'status' | 'round' | 'registerRefusal'> & { readonly applied: boolean } | undefined>;
  /** The leg as its office sees it. */
  work(code: string, name?: string): Promise<agency.Work>;
  /** Resolves when the leg is in work here. */
  received(code: string, name?: string): Promise<void>;
  /** Completes with one number for all results. */
  complete(code: string, number: string, values?: Readonly<Record<string, string>>, name?: string): Promise<void>;
  /** Resolves when the change stands in the register. */
  applied(code: string, name?: string): Promise<void>;
  /** Resolves with the reason when the register has refused what was announced. */
  refused(code: string, name?: string): Promise<string>;
};

const waitMs = 10_000, lookEveryMs = 5;

/** Looks until there is something; fails after ten seconds. */
export async function until<T>(what: string, seen: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + waitMs; ;) {
    const found = await seen();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new RangeError(`waited ${waitMs} ms for ${what}`);
    await new Promise((next) => setTimeout(next, lookEveryMs));
  }
}

let requests = 0;

export function testDesk(hub: MemoryHub, service: string): TestDesk {
  const leg: TestDesk['leg'] = async (code, name) => {
    const { participant } = hub.modules.find((one) => one.name === service)!;
    const [folder] = await participant.find('code', code, 1);
    return folder === undefined ? undefined : participant.view(folder, ({ state }) => {
      const found = [...state.dossier.legs.values()].find((one) => (name === undefined ? one.service === service : one.plan.name === name));
      return found && { id: found.id, office: found.office, status: found.status, round: found.round, registerRefusal: found.registerRefusal, applied: found.applied !== null && found.completion !== null && sameRef(found.applied, found.completion.ref) };
    });
  };
  const work: TestDesk['work'] = async (code, name) => {
    const found = await until(`a leg of ${code}`, () => leg(code, name));
    return (await hub.call<agency.GetWorkResponse>(service, 'getWork', agency.GetWorkRequest.fromPartial({ code, leg: found.id }), found.office)).work!;
  };
  return {
    leg, work,
    received: async (code, name) => { await until(`${code} in work`, async () => (await leg(code, name))?.status === 'open'); },
    async complete(code, number, values = {}, name) {
      const [at, found] = [await work(code, name), (await leg(code, name))!];
      const results = at.resultCodes.map((result) => ({ result, number, digest: '' }));
      await hub.call(service, 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: `complete-${++requests}`, code, leg: found.id, verdict: agency.Verdict.DONE, results, registerValues: { ...values } }), found.office);
    },
    applied: async (code, name) => { await until(`${code} applied`, async () => (await leg(code, name))?.applied); },
    refused: async (code, name) => {
      await until(`a refusal of ${code}`, async () => (await leg(code, name))?.registerRefusal != null);
      return (await work(code, name)).deskLeg!.registerRefusal;
    },
  };
}
