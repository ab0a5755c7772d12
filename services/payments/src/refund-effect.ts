/** What was paid and must be given back. The hub itself moves no money: it asks the gateway where there is one, otherwise a till does it and says so. */
import { refundGround } from '@lienthong/law';
import type { Charge, Dong, Dossier, Draft, FolderId, Instant } from '@lienthong/law';
import { HubError } from '@lienthong/kernel';
import type { Effect } from '@lienthong/kernel';
import { inDossierTime, sideOfDossier } from '@lienthong/dossier-service';
import type { FolderState, Side } from '@lienthong/dossier-service';
import { tellMoney } from './books.ts';
import type { Books } from './books.ts';
import { moneyOf, returned } from './return-money.ts';
import type { Money, Return } from './rules-money.ts';
import { bookedOn } from './rules-notice.ts';
import { lawsPrefix } from './rules-owed.ts';

/** `key` is the same over all attempts: the same order again moves no money again. `reference`: under which the gateway was paid; '' where it was not ordered by the hub. */
export type MoneyBackOrder = { readonly key: string; readonly code: string; readonly receipt: string; readonly method: 'transfer' | 'gateway'; readonly amount: Dong; readonly reference: string; readonly transaction: string };
/** Resolves when the bank or gateway has taken the order; with the time at which it says that the money went, where it says so. */
export type MoneyBack = (order: MoneyBackOrder) => Promise<{ readonly paidAt: Instant } | void>;

/** What the law owes back, not an officer. */
const theHub = { office: '', officer: '' };

/**
 * A rehearsal gives back at once or at its sandbox, for no money moves. Cash, and everything where there is no gateway, waits for `RefundCharge` at a till; after its attempts
 * the effect raises an alarm, and the dossier stays open.
 */
export function refundEffect(booksOn: (side: Side) => Books, moneyBackOn: (side: Side) => MoneyBack | null): Effect<FolderState> {
  return inDossierTime({
    async run({ view, input, idempotencyKey, folder }) {
      const { dossier } = view.state;
      const charge = dossier.charges.get((input as { readonly charge: string }).charge);
      if (charge === undefined || charge.status !== 'paid') return { drafts: [] };
      const ground = refundGround(dossier, charge), { amount } = charge.plan;
      await giveBack(booksOn(sideOfDossier(dossier)), moneyBackOn(sideOfDossier(dossier)), { dossier, folder, charge, key: idempotencyKey, ground });
      const draft: Draft = { item: charge.id, kind: 'charge-refunded', ends: true, body: { amount, ground } };
      return { drafts: [draft] };
    },
  });
}

/** What an officer has begun to give back ends first: then it is back already, or was refused. Throws CONFLICT_PERSISTS, which is tried again. */
function ownTurn({ returning }: Money, back: Return, folder: FolderId): Return {
  const isBegun = [...returning.values()].some((one) => one.back.from === back.from && one.back.transaction === back.transaction);
  if (isBegun) throw new HubError('CONFLICT_PERSISTS', { folder, attempts: '1' });
  return back;
}

type Owed = { readonly dossier: Dossier; readonly folder: FolderId; readonly charge: Charge; readonly key: string; readonly ground: string };

/** Said, ordered, booked: each again after a crash, and the money goes once. */
async function giveBack(books: Books, moneyBack: MoneyBack | null, { dossier, folder, charge, key, ground }: Owed): Promise<void> {
  const { code, rehearsal } = dossier.root!.body, { plan: { amount }, method, receipt } = charge;
  const ordering = rehearsal || (moneyBack !== null && (method === 'transfer' || method === 'gateway'));
  if (!ordering) throw new HubError('REFUND_AT_TILL', { amount: String(amount), code });
  const source = await moneyOf(books, { dossier: folder, charge: charge.id }), id = `${lawsPrefix}${key}`;
  if (source !== undefined) {
    const back: Return = { id, transaction: source.held.arrival.transaction, amount, from: 'collected', out: source.held.arrival.source, ground, by: theHub };
    await tellMoney(books, source.folder, (money) => (money.returning.has(id) || money.ended.has(id) ? [] : [{ type: 'returning', back: ownTurn(money, back, source.folder) }]));
  }
  const said = await moneyBack!({ key, code, receipt, method: method as MoneyBackOrder['method'], amount, reference: source?.money.order?.reference ?? '', transaction: source?.held.arrival.transaction ?? '' });
  if (source !== undefined) {
    const back = (await tellMoney(books, source.folder, () => [])).returning.get(id)?.back;
    // In the books of the day in whose file it stands.
    if (back !== undefined) await returned(books, source.folder, back, said === undefined ? undefined : bookedOn(said.paidAt, { now: books.host.world.now(), since: source.held.at }));
  }
}
