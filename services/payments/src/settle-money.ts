/**
 * Money that is here becomes a charge's: one reference settles one charge, one charge gets one receipt number, only then the payment is written, and then the ledger
 * moves it out of suspense. Each step may run again, by whoever comes first: the caller who waits, or the service itself when nobody does any more.
 */
import { commandDossier, contextOf, readDossier } from '@lienthong/dossier-service';
import type { RequestMark } from '@lienthong/dossier-service';
import { asHubError, errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Aside, ErrorCode, PaymentGateway } from '@lienthong/kernel';
import { asideName, chargeRefusal, decideChargeCommand, isRefused } from '@lienthong/law';
import type { ChargeCommand, Dossier, FolderId, LawContext, Refusal } from '@lienthong/law';
import { readMoney, tellMoney, today } from './books.ts';
import type { Books } from './books.ts';
import type { DayFiles } from './day-files.ts';
import { seriesOf } from './fee-receipts.ts';
import type { ReceiptNumbers } from './fee-receipts.ts';
import { claimReference } from './reference-claims.ts';
import { allocated, handedBack } from './rules-money.ts';
import type { Claim, Command, Held } from './rules-money.ts';

/** A charge that changes between number and payment is looked at again, so often. */
const maxLooks = 4;

/** `gateway`: null: there is none, or this side has none; then it has no files either. */
export type Counter = { readonly books: Books; readonly receipts: ReceiptNumbers; readonly gateway: PaymentGateway | null; readonly files: DayFiles | null };

/** What a command wrote, with the digits of its request's digest that entries keep. */
export const markOf = ({ id, digest }: Pick<Command, 'id' | 'digest'>): RequestMark => ({ id, digest, mark: `${id}#${digest.slice(0, 16)}` });

/** Why money that was to pay a charge is set aside again, for whoever asked for that. `reason`: as it was set aside. */
export function refusedFor({ reason, arrival: { amount, transaction } }: Held, { code, amount: due }: Claim): HubError {
  return new HubError(reason as ErrorCode, { ...chargeRefusal('CHARGE_NOT_OPEN', code, 'settled').meta, code, amount: String(amount), due: String(due), reference: transaction }, { field: 'charge' });
}

/** Who brought it over a counter has it again; what came by itself stays, and a person looks. */
const isBrought = ({ arrival: { via } }: Held): boolean => via === 'till' || via === 'bank' || via === 'post';

/** Settles an undecided arrival. Throws what is not decided yet and may be tried again, and, for money that was brought, the refusal after it was handed back. */
export async function settleMoney(counter: Counter, folder: FolderId, transaction: string): Promise<void> {
  const { books } = counter;
  const money = await readMoney(books, folder), held = money?.held.get(transaction), command = held?.arrival.command;
  if (money == null || held === undefined || command === undefined || held.allocated > 0 || held.handedBack || held.reason !== '') return;
  const claim = held.claim ?? money.claim;
  if (claim === null) return;
  let receipt: string;
  try {
    receipt = await payFor(counter, { folder, transaction, claim, command });
  } catch (cause) {
    const known = asHubError(cause);
    if (known.row.next !== 'stop') throw known;
    await tellMoney(books, folder, (now) => refusedEvents(now.held.get(transaction), known.code));
    if (isBrought(held)) throw known;
    return;
  }
  books.host.world.crashPoint?.('money-allocated');
  await tellMoney(books, folder, (now) => {
    const one = now.held.get(transaction);
    return one === undefined || one.allocated > 0 ? [] : [allocated(one, claim, { receipt, office: command.by.office, on: today(books) })];
  });
}

function refusedEvents(held: Held | undefined, reason: string): ReturnType<Parameters<typeof tellMoney>[2]> {
  if (held === undefined || held.allocated > 0 || held.handedBack || held.reason !== '') return [];
  return isBrought(held) ? [handedBack(held, reason)] : [{ type: 'set-aside', transaction: held.arrival.transaction, reason }];
}

export type Paying = { readonly folder: FolderId; readonly transaction: string; readonly claim: Claim; readonly command: Command };

/** The receipt number under which the charge is paid, now or before. */
async function payFor(counter: Counter, paying: Paying): Promise<string> {
  const { books: { host } } = counter, { claim, command } = paying, mark = markOf(command);
  const asides = await detailsOf(counter.books, paying);
  for (let look = 1; ; look++) {
    const standing = await readDossier(host, claim.code, (dossier) => standingOf(counter.books, paying, dossier));
    if (typeof standing === 'string') return standing;
    const receipt = await claimFor(counter, paying, standing);
    let moved = false;
    const decide = (dossier: Dossier, context: LawContext): ReturnType<Parameters<typeof commandDossier>[4]> => {
      moved = (dossier.charges.get(claim.charge)?.status ?? '') !== standing.status;
      return { outcome: moved ? { refusal: notOpen(dossier, claim.charge) } : decideChargeCommand(chargeCommand(paying, receipt), dossier, context), asides };
    };
    try {
      await commandDossier(host, claim.dossier, claim.code, mark, decide);
      return await readDossier(host, claim.code, (dossier) => receiptOfRequest(dossier, mark.mark));
    } catch (cause) {
      if (!moved || look >= maxLooks) throw cause;
    }
  }
}

type Standing = { readonly status: string; readonly series: string };

/** The receipt number that the command has already; otherwise how the charge stands. Throws what the law refuses, so that neither reference nor number is spent on it. */
function standingOf({ host }: Books, { claim, command }: Paying, dossier: Dossier): Standing | string {
  const written = receiptOfRequest(dossier, markOf(command).mark);
  if (written !== '') return written;
  const context = contextOf(host), outcome = decideChargeCommand(chargeCommand({ claim, command }, ''), dossier, context);
  if (isRefused(outcome)) throw errorOfRefusal(outcome.refusal);
  return { status: dossier.charges.get(claim.charge)?.status ?? '', series: seriesOf(dossier, command.by.office, context.now) };
}

export function chargeCommand({ claim, command }: Pick<Paying, 'claim' | 'command'>, receipt: string): ChargeCommand {
  const { method, by, details } = command;
  return { kind: 'pay', charge: claim.charge, amount: claim.amount, method, receipt, by, request: markOf(command).mark, ...(details === undefined ? {} : { details }) };
}

/** Particulars of a payment wait beside its money until the dossier has them. */
async function detailsOf({ host }: Books, { folder, command }: Paying): Promise<readonly Aside[]> {
  return command.details === undefined ? [] : host.participant.asides(folder, [asideName(command.details.commitment)]);
}

/** Of the entry that a request wrote; '' while it has written none. */
export function receiptOfRequest(dossier: Dossier, mark: string): string {
  const entry = dossier.entries.find((one) => one.kind === 'charge-paid' && one.body.request === mark);
  return entry === undefined ? '' : (entry.body as { readonly receipt: string }).receipt;
}

function notOpen(dossier: Dossier, charge: string): Refusal {
  const found = dossier.charges.get(charge);
  return chargeRefusal('CHARGE_NOT_OPEN', found?.plan.name.vi ?? charge, found?.status ?? 'settled');
}

/** The receipt number, once the reference is this charge's. */
async function claimFor({ books, receipts }: Counter, { folder, transaction, claim, command }: Paying, standing: Standing): Promise<string> {
  await claimReference(books, { claim, command, arrival: `${folder} ${transaction}` });
  return receipts.take(standing.series, { folder: claim.dossier, item: claim.charge, state: standing.status });
}
