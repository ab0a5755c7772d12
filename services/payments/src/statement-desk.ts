/** Lines of the treasury's bank statement, one call each. A reference of a bank is one record, so a file that is brought again, or a line that is said twice, changes nothing. */
import { payments } from '@lienthong/contract';
import { actingFor, commitTo, contextOf, folderOf, markRequest, onSide, ownerOnce, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { RequestMark } from '@lienthong/dossier-service';
import { asHubError, errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { decideChargeCommand, isRefused, parseDay, refuse, seenOf } from '@lienthong/law';
import type { By, Dong, Dossier, FolderId, LocalDate, RefusalCode } from '@lienthong/law';
import { readMoney, tellMoney, today } from './books.ts';
import type { Books } from './books.ts';
import { leftAside, messageOf } from './gateway-channel.ts';
import { detailsPart, maxReferenceCharacters, text } from './payment-given.ts';
import { moneyOf } from './return-money.ts';
import { account } from './rules-ledger.ts';
import { arrived } from './rules-money.ts';
import type { Arrival, Claim, Command, Money, MoneyEvent } from './rules-money.ts';
import { faultOf } from './rules-notice.ts';
import { chargeFor, codesIn, heldOf, transferName, transferReference } from './rules-transfer.ts';
import type { StatementNote } from './rules-transfer.ts';
import { chargeCommand, settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';
import { decideRecorded, maxTransferLooks, transferFolder } from './statement-lines.ts';

export type StatementDesk = Pick<Handlers<typeof payments.PaymentsService>, 'recordTransfer'>;

export const maxDescriptionCharacters = 500;
const currency = 'VND';

/** `counter`: of real money; rehearsals have no bank. */
export function statementDesk(counter: Counter): StatementDesk {
  return { recordTransfer: (request, call) => recordTransfer(counter, request, call) };
}

/** A line, checked. `name`: of the transfer. */
type Line = { readonly name: string; readonly bank: string; readonly reference: string; readonly amount: Dong; readonly day: LocalDate; readonly description: string; readonly by: By; readonly mark: RequestMark };
/** For which charge it is; or why it is for none. */
type Meant = { readonly claim: Claim; readonly reason: RefusalCode | null } | { readonly claim: null; readonly reason: RefusalCode };

async function recordTransfer(counter: Counter, request: payments.RecordTransferRequest, call: Call): Promise<payments.RecordTransferResponse> {
  const { books } = counter, line = lineOf(books, request, call), folder = transferFolder(books, line.name);
  for (let look = 1; look <= maxTransferLooks; look++) {
    await decideRecorded(counter, folder);
    const money = await readMoney(books, folder);
    if (money !== null && heldOf(money, line.name) !== undefined) return stands(counter, folder, money, line, request.validateOnly);
    if (await isRecordedElsewhere(books, line)) return { ...nothing, outcome: payments.TransferOutcome.KNOWN };
    const meant = await meantFor(books, line);
    if (request.validateOnly) return foreseen(meant, line);
    await keep(books, folder, line, meant);
  }
  throw new HubError('CONFLICT_PERSISTS', { folder, attempts: String(maxTransferLooks) });
}

/** It is in the books: this line, the same one brought before, or what a counter has recorded. */
async function stands(counter: Counter, folder: FolderId, money: Money, line: Line, dryRun: boolean): Promise<payments.RecordTransferResponse> {
  const { books } = counter, { arrival } = heldOf(money, line.name)!;
  if (arrival.amount !== line.amount) return contradicted(books, folder, money, line, dryRun);
  if (arrival.request !== line.mark.mark) return answer(money, line, payments.TransferOutcome.KNOWN);
  try { await settleMoney(counter, folder, line.name); } catch (cause) {
    // What cannot be settled now is owed, and is tried again.
    if (asHubError(cause).code === 'INTERNAL') throw cause;
  }
  return answer((await readMoney(books, folder))!, line, payments.TransferOutcome.PAID);
}

/** A counter has recorded it before a transfer was one record. Who has the reference and was refused the charge has recorded nothing. */
async function isRecordedElsewhere(books: Books, { name }: Line): Promise<boolean> {
  const reference = transferReference(name), [dossier, charge] = (await ownerOnce(books.host, onSide(books.side, 'payment'), reference))?.split(' ') ?? [];
  return dossier !== undefined && charge !== undefined && (await moneyOf(books, { dossier, charge }))?.held.arrival.command?.reference === reference;
}

/** Files of banks have line breaks and what nobody sees in their texts: no line is refused for that. */
const plain = (text: string): string => seenOf(text.replaceAll(/\s+/gu, ' '));

function lineOf(books: Books, request: payments.RecordTransferRequest, call: Call): Line {
  const mark = markRequest(request.requestId, payments.RecordTransferRequest.encode(request).finish(), books.host.world), by = actingFor(call, request.office);
  const bank = text(plain(request.bank), 'bank', maxReferenceCharacters, true), reference = text(plain(request.reference), 'reference', maxReferenceCharacters, true), description = text(plain(request.description), 'description', maxDescriptionCharacters, false);
  const said = { amount: request.amount, currency: request.currency === '' ? currency : request.currency }, fault = faultOf(said), { date } = request;
  if (fault !== null) throw errorOfRefusal(refuse(fault, said, fault === 'CURRENCY_OTHER' ? 'currency' : 'amount'));
  if (parseDay(date) === null) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'date', problem: 'YYYY-MM-DD' }, 'date'));
  if (date > today(books)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'date', problem: `${date} > ${today(books)}` }, 'date'));
  return { name: transferName(bank, reference), bank, reference, amount: Number(request.amount), day: date, description, by, mark };
}

// ---------------------------------------------------------------- what it is for

/** The dossier that the text names; two of them name none. */
async function meantFor(books: Books, line: Line): Promise<Meant> {
  const found = new Map<FolderId, string>();
  for (const code of codesIn(`${line.description} ${line.reference}`)) {
    const folder = await folderOf(books.host, code).catch((cause: unknown) => { if (asHubError(cause).code === 'UNKNOWN_DOSSIER') return undefined; throw cause; });
    if (folder !== undefined) found.set(folder, code);
  }
  const [one, ...more] = found;
  if (one === undefined || more.length > 0) return { claim: null, reason: 'REFERENCE_UNKNOWN' };
  const [dossier, code] = one;
  return readDossier(books.host, code, (state) => meantIn(books, line, { state, dossier, code }));
}

function meantIn(books: Books, line: Line, { state, dossier, code }: { readonly state: Dossier; readonly dossier: FolderId; readonly code: string }): Meant {
  if (sideOfDossier(state) !== books.side) return { claim: null, reason: 'REFERENCE_UNKNOWN' };
  const chosen = chargeFor(line.amount, [...state.charges.values()].map(({ id, plan, status }) => ({ charge: id, amount: plan.amount, isOpen: status === 'open' })));
  if ('reason' in chosen) {
    const [first] = state.charges.values();
    return first === undefined ? { claim: null, reason: chosen.reason } : { claim: { code, dossier, charge: first.id, amount: first.plan.amount }, reason: chosen.reason };
  }
  const claim: Claim = { code, dossier, charge: chosen.charge.charge, amount: chosen.charge.amount };
  const outcome = decideChargeCommand(chargeCommand({ claim, command: commandOf(books, line) }, ''), state, contextOf(books.host));
  return { claim, reason: isRefused(outcome) ? outcome.refusal.code : null };
}

/** A request of the line's own, whoever brings it. */
function commandOf({ host: { world } }: Books, { name, by }: Line): Command {
  const digest = world.hash(new TextEncoder().encode(transferReference(name)));
  return { id: `st-${digest.slice(0, idCharacters)}`, digest, by, method: 'transfer', reference: transferReference(name) };
}
const idCharacters = 32;

// ---------------------------------------------------------------- what is written

async function keep(books: Books, folder: FolderId, line: Line, { claim, reason }: Meant): Promise<void> {
  const { name, bank, reference, amount, day, description, by, mark } = line, { world } = books.host;
  const details = commitTo(detailsPart, { bank, reference }, world), note = commitTo('statement', { description } satisfies StatementNote, world);
  const arrival: Arrival = { transaction: name, source: account('bank', by.office), amount, day, via: 'statement', request: mark.mark, note: note.commitment, ...(claim === null ? {} : { command: { ...commandOf(books, line), details: details.commitment } }) };
  await tellMoney(books, folder, (money): readonly MoneyEvent[] => (heldOf(money, name) !== undefined ? [] : [
    ...(claim === null ? [] : [{ type: 'meant', claim } as const]), arrived(arrival), ...(reason === null ? [] : [{ type: 'set-aside', transaction: name, reason } as const]),
  ]), [details.aside, note.aside]);
}

/** One reference, two amounts: the first stays, and a person looks. */
async function contradicted(books: Books, folder: FolderId, before: Money, line: Line, dryRun: boolean): Promise<payments.RecordTransferResponse> {
  const { name, amount, day } = line, reason: RefusalCode = 'CONTRADICTED';
  if (!dryRun) await tellMoney(books, folder, (money) => (money.unfit.some((one) => one.amount === String(amount)) ? [] : [{ type: 'unfit', transaction: name, amount: String(amount), currency, reason, day }]));
  return { ...answer(before, line, payments.TransferOutcome.SET_ASIDE), outcome: payments.TransferOutcome.SET_ASIDE, reason, message: saying(reason, before, line), aside: 0 };
}

// ---------------------------------------------------------------- what is answered

const nothing: payments.RecordTransferResponse = { outcome: payments.TransferOutcome.UNSPECIFIED, reason: '', message: undefined, code: '', receiptNumber: '', aside: 0 };
const saying = (reason: string, money: Pick<Money, 'claim'>, { reference, amount }: Line): payments.RecordTransferResponse['message'] => messageOf(reason, money, { reference, amount: String(amount), currency });

/** `outcome`: KNOWN stays so; otherwise as it stands. */
function answer(money: Money, line: Line, outcome: payments.TransferOutcome): payments.RecordTransferResponse {
  const held = heldOf(money, line.name)!, aside = leftAside(money, line.name), reason = aside > 0 ? held.reason : '', { TransferOutcome } = payments;
  const stands = held.allocated > 0 ? TransferOutcome.PAID : held.recorded !== null ? TransferOutcome.KNOWN : held.reason === '' ? TransferOutcome.KEPT : TransferOutcome.SET_ASIDE;
  return { outcome: outcome === TransferOutcome.KNOWN ? outcome : stands, reason, message: reason === '' ? undefined : saying(reason, money, line), code: (held.claim ?? money.claim)?.code ?? '', receiptNumber: held.receipt, aside };
}

function foreseen({ claim, reason }: Meant, line: Line): payments.RecordTransferResponse {
  const over = claim === null ? 0 : line.amount - claim.amount, why = reason ?? (over > 0 ? 'AMOUNT_OVER' : ''), { TransferOutcome } = payments;
  return { ...nothing, outcome: reason === null ? TransferOutcome.PAID : TransferOutcome.SET_ASIDE, reason: why, message: why === '' ? undefined : saying(why, { claim }, line), code: claim?.code ?? '', aside: reason !== null ? line.amount : Math.max(0, over) };
}
