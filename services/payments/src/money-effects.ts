/** What payments does by itself, under the kernel's claims: it tells the records what came of it and leaves no entry of its own. */
import { sideOf } from '@lienthong/dossier-service';
import type { FolderState, RecordRules, RegisterRecord, Side } from '@lienthong/dossier-service';
import type { Effect, EffectCall } from '@lienthong/kernel';
import { typeIn } from './books.ts';
import { finishReturn } from './return-money.ts';
import { foldMoney } from './rules-money.ts';
import { owedLaterAt, owedNow } from './rules-owed.ts';
import type { Asking } from './rules-owed.ts';
import { settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';

const sides: readonly Side[] = [sideOf(false), sideOf(true)];
const isMoney = ({ type }: RegisterRecord): boolean => sides.some((side) => typeIn(side, 'money') === type);

export function moneyDuties(asking: Asking): RecordRules {
  return {
    duties: (record, { now }) => (isMoney(record) ? owedNow(foldMoney(record.told), now, asking).map((one) => ({ ...one, kind: one.perform })) : []),
    wakeAt: (record, { now }) => (isMoney(record) ? owedLaterAt(foldMoney(record.told), now, asking) : null),
  };
}

/** `ask`: asks the gateway about an order. */
export function moneyEffects(counterOn: (side: Side) => Counter, ask: (counter: Counter, folder: string) => Promise<void>): Readonly<Record<string, Effect<FolderState>>> {
  const onItsSide = (run: (counter: Counter, folder: string, of: string) => Promise<void>): Effect<FolderState> => ({
    async run(call: EffectCall<FolderState>) {
      const side = sides.find((one) => typeIn(one, 'money') === call.view.state.record?.type);
      if (side !== undefined) await run(counterOn(side), call.folder, (call.input as { readonly of: string }).of);
      return { drafts: [] };
    },
  });
  return {
    'settle-money': onItsSide(async (counter, folder, of) => { await settleMoney(counter, folder, of).catch(rethrowOpen); }),
    'finish-return': onItsSide(async (counter, folder, of) => { await finishReturn(counter, folder, of).catch(rethrowOpen); }),
    'ask-gateway': onItsSide((counter, folder) => ask(counter, folder)),
  };
}

/** A refusal has ended it: the money was handed back, or does not go. */
function rethrowOpen(cause: unknown): void {
  if (cause instanceof Error && 'row' in cause && (cause.row as { next: string }).next === 'stop') return;
  throw cause;
}
