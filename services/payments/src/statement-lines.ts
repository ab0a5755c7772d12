/** A transfer that the treasury's statement and a counter say, in whatever order: it is one record, and stands in the books once. */
import { claimOnce, onSide } from '@lienthong/dossier-service';
import { asHubError, errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Aside } from '@lienthong/kernel';
import { chargeRefusal, refuse } from '@lienthong/law';
import type { By, FolderId } from '@lienthong/law';
import { folderIn, moneyBy, readMoney, tellMoney, today } from './books.ts';
import type { Books, FoundMoney } from './books.ts';
import { moneyOf } from './return-money.ts';
import { assigned, free, recordedBefore, rest } from './rules-money.ts';
import type { Claim, Command } from './rules-money.ts';
import { countersOf, heldOf, lineFor, recordTransfer, referenceIn, transferOf, transferReference } from './rules-transfer.ts';
import type { StatementLine } from './rules-transfer.ts';
import { refusedFor, settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';

/** Looks at one transfer, while others say it, too. */
export const maxTransferLooks = 20;

/** The one record of a transfer. */
export const transferFolder = (books: Books, name: string): FolderId => folderIn(books, 'money', `statement|${transferReference(name)}`);

function linesOf({ folder, money }: FoundMoney): readonly StatementLine[] {
  return [...money.held.values()].filter(({ arrival }) => arrival.via === 'statement').map((held) => ({ folder, name: held.arrival.transaction, aside: held.reason === '' ? 0 : free(money, held), allocated: held.allocated > 0 }));
}

/** Lines of that reference, of whatever bank. Records from before lines were found by it: that of the same bank alone. */
async function linesLike(counter: Counter, name: string): Promise<readonly StatementLine[]> {
  const { books } = counter, own = transferFolder(books, name);
  // What it is for is decided before anything else is.
  await settleMoney(counter, own, name);
  const money = await readMoney(books, own), others = (await moneyBy(books, 'line', referenceIn(name))).filter(({ folder }) => folder !== own);
  return [...(money === null ? [] : [{ folder: own, money }]), ...others].flatMap(linesOf);
}

/** What a counter has recorded is decided, so that it is known whether it stands. Throws what cannot be decided yet. */
export async function decideRecorded(counter: Counter, folder: FolderId): Promise<void> {
  const money = await readMoney(counter.books, folder), recorded = money === null ? undefined : countersOf(money);
  if (recorded === undefined) return;
  try { await settleMoney(counter, folder, recorded.arrival.transaction); } catch (cause) {
    // Refused: it was handed back.
    if (asHubError(cause).row.next !== 'stop') throw cause;
  }
}

/** Who was first writes it, and whoever comes after finds it: the line of a statement, or what another counter has recorded. */
export async function takeTransfer(counter: Counter, transfer: PaidByTransfer): Promise<void> {
  const { books } = counter, { claim, command, asides } = transfer, name = transferOf(command.reference), folder = transferFolder(books, name);
  for (let look = 1; look <= maxTransferLooks; look++) {
    if (await paidOutOfLine(counter, transfer)) return;
    const after = await tellMoney(books, folder, (money) => recordTransfer(money, name, { claim, command, on: today(books) }), asides), first = heldOf(after, name)!;
    if (first.arrival.command?.id === command.id && first.arrival.transaction !== name) return settleMoney(counter, folder, first.arrival.transaction);
    await decideRecorded(counter, folder);
    const other = countersOf((await readMoney(books, folder))!);
    if (other !== undefined) throw errorOfRefusal(isFor(other.claim, claim) ? chargeRefusal('CHARGE_NOT_OPEN', claim.code, 'paid') : refuse('REFERENCE_USED', { reference: referenceIn(name) }, 'transfer.reference'));
  }
  throw new HubError('CONFLICT_PERSISTS', { folder, attempts: String(maxTransferLooks) });
}

const isFor = (one: Claim | null, other: Claim): boolean => one?.charge === other.charge && one.dossier === other.dossier;

export type PaidByTransfer = { readonly claim: Claim; readonly command: Command; /** Particulars that the command names. */ readonly asides: readonly Aside[] };

/** Pays a charge out of the line that waits for it. False: the statement has no such line yet. Throws what `lineFor` refuses. */
async function paidOutOfLine(counter: Counter, { claim, command, asides }: PaidByTransfer): Promise<boolean> {
  const { books } = counter, name = transferOf(command.reference), lines = await linesLike(counter, name), paid = (await readMoney(books, transferFolder(books, name)))?.held.get(name);
  // The same request, which was broken off.
  if (paid !== undefined && paid.allocated > 0 && paid.arrival.command?.id === command.id) return true;
  if (paid !== undefined && isFor(paid.claim, claim) && paid.allocated > 0) throw errorOfRefusal(chargeRefusal('CHARGE_NOT_OPEN', claim.code, 'paid'));
  const line = lineFor(name, claim.amount, lines);
  if (line === null) return false;
  if ('refusal' in line) throw errorOfRefusal(line.refusal);
  const { folder } = line;
  await tellMoney(books, folder, (money) => assigned(money, name, { claim, command }), asides);
  await settleMoney(counter, folder, name);
  const after = (await readMoney(books, folder))!.held.get(name)!;
  if (after.arrival.command?.id !== command.id) throw errorOfRefusal(refuse('REFERENCE_USED', { reference: referenceIn(name) }, 'transfer.reference'));
  if (after.allocated === 0) throw refusedFor(after, claim);
  return true;
}

export type RecordedLine = { readonly folder: string; readonly transaction: string; readonly claim: Claim; readonly ground: string; readonly by: By; /** Of the request. */ readonly id: string };

/** The line is the transfer that a counter recorded for a charge, under whatever name of the bank: what of it stands twice leaves the books. A recorded transfer is one line at most. */
export async function endAsRecorded({ books }: Counter, { folder, transaction, claim, ground, by, id }: RecordedLine): Promise<void> {
  const held = (await readMoney(books, folder))?.held.get(transaction), none = errorOfRefusal(refuse('NO_DIFFERENCE', { difference: transaction }, 'transaction'));
  if (held?.recorded?.id === id) return;
  if (held === undefined || held.arrival.via !== 'statement' || held.reason === '' || held.allocated > 0 || held.recorded !== null || rest(held) === 0) throw none;
  const paid = await moneyOf(books, claim);
  if (paid === undefined || paid.held.arrival.via !== 'bank' || paid.held.arrival.command?.method !== 'transfer') throw errorOfRefusal(refuse('WAY_NOT_POSSIBLE', { way: 'recorded', difference: transaction }, 'charge'));
  const { allocated: amount } = paid.held;
  if (rest(held) < amount) throw errorOfRefusal(refuse('AMOUNT_PARTIAL', { amount: String(rest(held)), due: String(amount) }, 'charge'));
  const own = `${folder} ${transaction}`, first = await claimOnce(books.host, onSide(books.side, 'line'), `${paid.folder} ${paid.held.arrival.transaction}`, own);
  if (first !== own) throw errorOfRefusal(refuse('REFERENCE_USED', { reference: referenceIn(transaction) }, 'charge'));
  await tellMoney(books, folder, (money) => {
    const now = money.held.get(transaction);
    return now === undefined || now.recorded !== null || now.allocated > 0 || now.reason === '' || free(money, now) < amount ? [] : [recordedBefore(now, amount, { id, claim, ground, by, on: today(books) })];
  });
}
