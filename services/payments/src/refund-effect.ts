/** What was paid and must be given back. The hub itself moves no money: it asks the gateway where there is one, otherwise a till does it and says so. */
import { finalEnding } from '@lienthong/law';
import type { Dong, Draft } from '@lienthong/law';
import { HubError } from '@lienthong/kernel';
import type { Effect } from '@lienthong/kernel';
import { inDossierTime } from '@lienthong/dossier-service';
import type { FolderState } from '@lienthong/dossier-service';

/** `key` is the same over all attempts: the same order again moves no money again. */
export type MoneyBackOrder = { readonly key: string; readonly code: string; readonly receipt: string; readonly method: 'transfer' | 'gateway'; readonly amount: Dong };
/** Resolves when the bank or gateway has taken the order. */
export type MoneyBack = (order: MoneyBackOrder) => Promise<void>;

/**
 * A rehearsal gives back at once, for no money moves. Cash, and everything where there is no gateway, waits for `RefundCharge` at a till; after its attempts
 * the effect raises an alarm, and the dossier stays open.
 */
export function refundEffect(moneyBack: MoneyBack | null): Effect<FolderState> {
  return inDossierTime({
    async run({ view, input, idempotencyKey }) {
      const { dossier } = view.state;
      const charge = dossier.charges.get((input as { readonly charge: string }).charge);
      if (charge === undefined || charge.status !== 'paid') return { drafts: [] };
      const { code, rehearsal } = dossier.root!.body;
      const ground = finalEnding(dossier) ?? 'withdrawn';
      const { amount } = charge.plan, { method, receipt } = charge;
      if (!rehearsal) {
        if (moneyBack === null || (method !== 'transfer' && method !== 'gateway')) throw new HubError('REFUND_AT_TILL', { amount: String(amount), code });
        await moneyBack({ key: idempotencyKey, code, receipt, method, amount });
      }
      const draft: Draft = { item: charge.id, kind: 'charge-refunded', ends: true, body: { amount, ground } };
      return { drafts: [draft] };
    },
  });
}
