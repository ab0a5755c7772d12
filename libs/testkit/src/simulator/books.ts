/** The books beside a register, on paper: whoever keeps it loads again from them what was lost with a store. */
import { HubError } from '@lienthong/kernel';
import type { Hub } from './hub.ts';
import type { Life } from './life.ts';
import { parcels } from './parcel-register.ts';
import type { Parcel } from './parcel-register.ts';
import type { SimService } from './sim-service.ts';

const utf8 = new TextEncoder();
const answerMs = 60_000;

/** Number of records that were loaded again. Where nothing can have been lost nobody looks. */
export async function loadAgain(hub: Hub, service: SimService, request: string): Promise<number> {
  let loaded = 0;
  for (const side of ['real', 'rehearsal'] as const) for (const parcel of parcels) {
    const life = service.anyLife();
    if (life === undefined) return loaded;
    const register = life.registers.of(side), folder = await register.folderOf(parcel);
    if (!life.mayLack(folder, hub.journal)) continue;
    const isLost = await hub.outcome(register.get(parcel).then(() => false, (cause: unknown) => cause instanceof HubError && life.lacksFacts(cause, hub.journal)), answerMs);
    const facts = isLost === true ? await hub.outcome(bookOf(life, folder, parcel), answerMs) : undefined;
    if (facts === undefined) continue;
    const done = await hub.outcome(register.load(parcel, facts, request, utf8.encode(JSON.stringify(facts))), answerMs);
    if (done?.outcome !== 'loaded') continue;
    hub.journal.count('records loaded again');
    loaded++;
  }
  return loaded;
}

/** Books name each decision that stands; by another name than the register did, so that a person takes it back. */
function bookOf({ participant }: Life, folder: string, parcel: string): Promise<Parcel | undefined> {
  return participant.view(folder, ({ state: { record } }) => ({ parcel, transfers: [...record!.applied] }));
}
