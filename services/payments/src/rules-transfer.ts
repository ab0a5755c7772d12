/** A line of the treasury's bank statement: whose charge it pays, read from what the payer wrote; what names none is for a person. */
import { isCodeRefusal, parseCode, refuse, seenOf } from '@lienthong/law';
import type { Dong, FolderId, ItemId, LocalDate, Refusal, RefusalCode } from '@lienthong/law';
import { account } from './rules-ledger.ts';
import { arrived } from './rules-money.ts';
import type { Claim, Command, Held, Money, MoneyEvent } from './rules-money.ts';

/** Beside the entry: what the payer wrote. */
export type StatementNote = { readonly description: string };

const asRead = (text: string): string => seenOf(text.normalize('NFKC'));
/** A reference as a bank means it: people copy it with blanks, double-width letters and what nobody sees. */
export const plainReference = (reference: string): string => asRead(reference).replaceAll(/\s/gu, '');
/** Names a transfer within its record: the reference is what stands behind the first stroke. Banks do not tell capital from small letters. */
export const transferName = (bank: string, reference: string): string => `${asRead(bank).replaceAll(/[|\s]+/gu, ' ')}|${plainReference(reference)}`.toUpperCase();
/** What settles one charge only. */
export const transferReference = (name: string): string => `${prefix}${name}`;
const prefix = 'TRANSFER|';
/** The transfer that such a reference names. */
export const transferOf = (reference: string): string => reference.slice(prefix.length);
/** The bank's own reference in the name of a transfer, and what the bank is called there. */
export const referenceIn = (name: string): string => name.slice(name.indexOf('|') + 1);
const bankIn = (name: string): string => name.slice(0, name.indexOf('|'));

/** An agency code has so many tiers at most. */
const maxTiers = 5;
/** Digits of a tier below the first. */
const tierDigits = [3, 2] as const;
/** Codes that one text is searched for. */
export const maxCodes = 12;

/**
 * Codes of dossiers that a text may name, each reading with the longest first. Banks leave out dots and hyphens or write blanks for them, and people write words before the code,
 * so where it begins is not known: `NOP PHI H17 125 02 261124 0001`, `NOPPHIH17125022611240001`. Rehearsals pay nothing.
 */
export function codesIn(text: string): readonly string[] {
  const plain = text.normalize('NFKC').toUpperCase().replace(/[\u2010-\u2015\u2212]/g, '-'), found: string[] = [];
  const add = (code: string): void => { if (!isCodeRefusal(parseCode(code)) && !found.includes(code)) found.push(code); };
  for (const [, prefix = '', day = '', number = ''] of plain.matchAll(/(?<![A-Z0-9])((?:[A-Z0-9]+[.\s]){0,4}[A-Z0-9]+)[-\s]+(\d{6})[-\s]+(\d{4,7})(?!\d)/g)) {
    const tiers = prefix.split(/[.\s]/);
    for (let first = Math.max(0, tiers.length - maxTiers); first < tiers.length; first++) add(`${tiers.slice(first).join('.')}-${day}-${number}`);
  }
  for (const [, unit = '', digits = '', day = '', number = ''] of plain.matchAll(/([A-Z]\d{2})(\d{2,12})[-\s]*(\d{6})[-\s]*(\d{4})(?!\d)/g)) for (const tiers of groupings(digits, maxTiers - 1)) add(`${[unit, ...tiers].join('.')}-${day}-${number}`);
  return found.slice(0, maxCodes);
}

/** How digits without dots may have been meant as tiers of an agency code. */
function groupings(digits: string, most: number): readonly (readonly string[])[] {
  if (digits === '') return [[]];
  return most === 0 ? [] : tierDigits.filter((length) => length <= digits.length).flatMap((length) => groupings(digits.slice(length), most - 1).map((more) => [digits.slice(0, length), ...more]));
}

export type Owed = { readonly charge: ItemId; readonly amount: Dong; readonly isOpen: boolean };

/** The charge that an amount pays: the one of that amount, or the only one, with what is over set aside. Otherwise why it pays none. */
export function chargeFor(amount: Dong, charges: readonly Owed[]): { readonly charge: Owed } | { readonly reason: RefusalCode; readonly due: Dong } {
  const open = charges.filter((one) => one.isOpen), exact = open.find((one) => one.amount === amount), due = open.reduce((sum, one) => sum + one.amount, 0);
  if (exact !== undefined) return { charge: exact };
  const [only, ...more] = open;
  if (only === undefined) return { reason: 'CHARGE_NOT_OPEN', due };
  if (more.length > 0) return { reason: 'AMOUNT_DIFFERS', due };
  return amount > only.amount ? { charge: only } : { reason: 'AMOUNT_PARTIAL', due };
}

// ---------------------------------------------------------------- one record, whoever says it first

/** What a counter has recorded of a transfer, unless it was handed back. */
export function countersOf(money: Money): Held | undefined {
  return [...money.held.values()].find(({ arrival, handedBack }) => arrival.via === 'bank' && !handedBack);
}

/** What the record of a transfer has of it: a line of the statement, or what a counter has recorded. */
export const heldOf = (money: Money, name: string): Held | undefined => money.held.get(name) ?? countersOf(money);

/** A counter says it. Nothing: the statement, or a counter, was first. */
export function recordTransfer(money: Money, name: string, { claim, command, on }: { readonly claim: Claim; readonly command: Command; readonly on: LocalDate }): readonly MoneyEvent[] {
  if (heldOf(money, name) !== undefined) return [];
  const transaction = String(money.held.size + 1);
  return [arrived({ transaction, source: account('bank', command.by.office), amount: claim.amount, day: on, via: 'bank', command }), { type: 'assigned', transaction, claim, command }];
}

// ---------------------------------------------------------------- a counter records what is on the statement

/** A line as its record has it. `aside`: what of it is for nothing; `allocated`: a charge has it. */
export type StatementLine = { readonly folder: FolderId; readonly name: string; readonly aside: Dong; readonly allocated: boolean };

/**
 * What a transfer that a counter records is paid out of: a line that waits already, so that it does not stand in the books twice; null: no line has it. A bank is called so
 * here and otherwise there: the same reference and amount under another bank is for a person to say, and nothing is taken meanwhile.
 */
export function lineFor(name: string, amount: Dong, lines: readonly StatementLine[]): StatementLine | { readonly refusal: Refusal } | null {
  const own = lines.find((one) => one.name === name), field = 'transfer.reference';
  if (own !== undefined) {
    if (own.allocated || own.aside === 0) return { refusal: refuse('REFERENCE_USED', { reference: referenceIn(name) }, field) };
    return own.aside < amount ? { refusal: refuse('AMOUNT_PARTIAL', { amount: String(own.aside), due: String(amount) }, field) } : own;
  }
  const like = lines.find((one) => referenceIn(one.name) === referenceIn(name) && one.aside === amount && !one.allocated);
  return like === undefined ? null : { refusal: refuse('TRANSFER_ON_STATEMENT', { bank: bankIn(like.name), reference: referenceIn(name), amount: String(amount) }, 'transfer.bank') };
}
