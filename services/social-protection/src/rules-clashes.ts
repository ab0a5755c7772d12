/**
 * Files of one kind that seem to be one person's, who stands under an old card here and under a personal number there, or under two old cards. NĐ 20/2021/NĐ-CP điều 6: who is entitled by several
 * grounds gets one allowance. Until an officer has decided, one is paid and the others wait. Where a date of birth is missing, the name alone makes a suspicion, which an officer sees and which holds nothing back.
 */
import { spelling } from '@lienthong/law';
import type { AreaId, Dong } from '@lienthong/law';
import { arrearsIn, maxArrearsMonths, paidIn, payerIn } from './rules-facts.ts';
import type { Beneficiary, ClashOrder } from './rules-facts.ts';
import { later, monthBefore, monthOf, nextMonth } from './rules-months.ts';
import type { Month } from './rules-months.ts';
import { ended } from './rules-apply.ts';

/** A file, with the month in which the hub began to make lists of it. */
export type Held = { readonly file: Beneficiary; readonly since: Month };
/** `name`: at least one is tied to the others by its name alone. */
export type ClashGround = 'name-and-birth' | 'name';
export type Clash = { readonly kind: Beneficiary['kind']; readonly beneficiaries: string[]; readonly paid: string[]; readonly ground: ClashGround };
/** Where an area lies on the last day of a month. */
export type PlaceOf = (area: AreaId, month: Month) => AreaId;

const hasPersonalNumber = ({ person }: Beneficiary): boolean => person.identityKind === 'IDENTITY_KIND_PERSONAL_NUMBER';
/** One kind of support under one name; '': nothing to compare. What is paid once runs no more. */
const nameOf = ({ person, kind }: Beneficiary): string => (kind === 'funeral-support' || spelling(person.fullName ?? '') === '' ? '' : `${kind}|${spelling(person.fullName ?? '')}`);
/** Nobody is held back for another by name alone. '' : nothing to compare. */
const likeness = (one: Beneficiary): string => (nameOf(one) === '' || birthDateOf(one) === '' ? '' : `${nameOf(one)}|${birthDateOf(one)}`);
const birthDateOf = ({ person: { birthDate } }: Beneficiary): string => (typeof birthDate === 'string' ? birthDate : '');

/** Whether an order says that these are two. `except`: a decision that is being written. */
const apart = (a: Beneficiary, b: Beneficiary, except?: ClashOrder): boolean =>
  [a, b].some(({ clashOrder }) => clashOrder !== undefined && !sameOrder(clashOrder, except) && clashOrder.keeps.includes(a.beneficiary) && clashOrder.keeps.includes(b.beneficiary));

/** Somebody has one personal number only: who differ by it are two. */
export function seemOne(a: Beneficiary, b: Beneficiary, except?: ClashOrder): boolean {
  return likeness(a) !== '' && likeness(a) === likeness(b) && !(hasPersonalNumber(a) && hasPersonalNumber(b)) && !apart(a, b, except);
}

/** They have one name, of one of them no date of birth is known, and nothing tells them apart. */
function mayBeOne(a: Beneficiary, b: Beneficiary): boolean {
  const unknown = likeness(a) === '' || likeness(b) === '';
  return unknown && nameOf(a) !== '' && nameOf(a) === nameOf(b) && !(hasPersonalNumber(a) && hasPersonalNumber(b)) && !differ(birthYear(a), birthYear(b)) && !differ(sexOf(a), sexOf(b)) && !apart(a, b);
}

const differ = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b;

/** NĐ 137/2015/NĐ-CP điều 13: of the 12 digits the fourth is century of birth and sex (from 0: men and women of 1900–1999 and so on), the next two the year. */
const personalNumber = /^\d{3}(\d)(\d{2})\d{6}$/;
const firstCentury = 19;
function saidByNumber(one: Beneficiary): { readonly year: string; readonly sex: string } | undefined {
  const [, code, year] = (hasPersonalNumber(one) ? personalNumber.exec(one.person.identityNumber ?? '') : null) ?? [];
  return code === undefined ? undefined : { year: `${firstCentury + Math.floor(Number(code) / 2)}${year}`, sex: Number(code) % 2 === 0 ? 'SEX_MALE' : 'SEX_FEMALE' };
}

const birthYear = (one: Beneficiary): string | undefined => birthDateOf(one).slice(0, 4) || saidByNumber(one)?.year;
function sexOf(one: Beneficiary): string | undefined {
  const { sex } = one.person;
  return sex === 'SEX_MALE' || sex === 'SEX_FEMALE' ? sex : saidByNumber(one)?.sex;
}

export const sameOrder = (a: ClashOrder | undefined, b: ClashOrder | undefined): boolean => a !== undefined && b !== undefined && a.ground === b.ground && a.on === b.on && String(a.of) === String(b.of) && String(a.keeps) === String(b.keeps);

/** Who is paid first: under a personal number, then the oldest grant. */
function byRank(files: readonly Beneficiary[]): Beneficiary[] {
  const rank = (one: Beneficiary): string => `${hasPersonalNumber(one) ? 0 : 1} ${one.startMonth} ${one.beneficiary}`;
  return [...files].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Those of files that would be paid together that are held back: each that seems one with another that is paid. */
function heldBack(files: readonly Beneficiary[], except?: ClashOrder): Set<string> {
  const paid: Beneficiary[] = [], held = new Set<string>();
  for (const one of byRank(files)) {
    if (paid.some((other) => seemOne(one, other, except))) held.add(one.beneficiary); else paid.push(one);
  }
  return held;
}

/** Of the running files of one commune, in order of their first file. */
export function clashesAmong(files: readonly Beneficiary[]): Clash[] {
  const alike = Map.groupBy(files.filter((one) => one.state !== 'stopped' && nameOf(one) !== ''), nameOf);
  const clashes = [...alike.values()].flatMap((group) => (group.length < 2 ? [] : groupsOf(byRank(group))));
  return clashes.map((group) => {
    const held = heldBack(group), ids = group.map((one) => one.beneficiary), isTied = group.every((one) => likeness(one) !== '' && likeness(one) === likeness(group[0]!));
    return { kind: group[0]!.kind, beneficiaries: ids, paid: ids.filter((id) => !held.has(id)), ground: isTied ? 'name-and-birth' as const : 'name' as const };
  }).sort((a, b) => (a.beneficiaries[0]! < b.beneficiaries[0]! ? -1 : 1));
}

/** Whoever seems or may be one with one of a group belongs to it. */
function groupsOf(files: readonly Beneficiary[]): Beneficiary[][] {
  const open = new Set(files), groups: Beneficiary[][] = [];
  for (const first of files) {
    if (!open.delete(first)) continue;
    const group = [first];
    for (const one of group) for (const other of open) if (seemOne(one, other) || mayBeOne(one, other)) { open.delete(other); group.push(other); }
    if (group.length > 1) groups.push(byRank(group));
  }
  return groups;
}

/** Ids of the files that are not paid in a month though they are on its list: held back by another one that the same commune pays, or by what was decided since. */
export function withheldIn(held: readonly Held[], month: Month, placeOf: PlaceOf, except?: ClashOrder): ReadonlySet<string> {
  const isOrdered = ({ withheld = [], clashOrder }: Beneficiary): boolean => !sameOrder(clashOrder, except) && withheld.some(({ from, until }) => from <= month && month < until);
  const listed = held.filter(({ file, since }) => since <= month && payerIn(file, month) !== null).map(({ file }) => file), ordered = listed.filter(isOrdered);
  const alike = Map.groupBy(listed.filter((one) => likeness(one) !== '' && !ordered.includes(one)), (one) => `${likeness(one)}|${placeOf(payerIn(one, month)!, month)}`);
  return new Set([...ordered.map((one) => one.beneficiary), ...[...alike.values()].flatMap((group) => (group.length < 2 ? [] : [...heldBack(group, except)]))]);
}

/** Why the clash cannot be decided so; null: it can. */
export function decisionProblem(clash: readonly Beneficiary[], keeps: readonly string[]): string | null {
  const kept = clash.filter((one) => keeps.includes(one.beneficiary)), other = clash.find((one) => !kept.includes(one) && !kept.some((keeper) => seemOne(one, keeper) || mayBeOne(one, keeper)));
  return other === undefined ? null : `hồ sơ ${other.beneficiary} là của người khác, không trùng với hồ sơ được giữ`;
}

/**
 * The file with the decision. It has effect with the next month, for the list of this one may have been paid: a file that ends and was paid is paid this month still; what was held back from one that goes
 * on is paid then, less what another file of the same person was paid.
 */
export function decided(file: Beneficiary, clash: readonly Held[], order: ClashOrder, placeOf: PlaceOf): Beneficiary {
  if (sameOrder(file.clashOrder, order)) return file;
  const month = monthOf(order.on), months = monthsHeldBack(file, clash, order, placeOf);
  if (order.keeps.includes(file.beneficiary)) {
    const held = months.map((one) => ({ month: one, owed: owedFor(file, clash, one, order, placeOf) }));
    return { ...file, clashOrder: order, ...(held.length === 0 ? {} : { withheld: [...file.withheld ?? [], { from: months.at(-1)!, until: nextMonth(month), owed: held.reduce((sum, one) => sum + one.owed, 0) }] }) };
  }
  const { startMonth, endMonth: left } = file.residences.at(-1)!, last = months.length === 0 ? month : monthBefore(months.at(-1)!);
  const endMonth = later(left !== '' && left < last ? left : last, monthBefore(startMonth));
  return { ...file, clashOrder: order, state: 'stopped', movingTo: '', endMonth, residences: ended(file.residences, endMonth) };
}

/** This month and those before it without a gap, the newest first. */
function monthsHeldBack({ beneficiary }: Beneficiary, clash: readonly Held[], order: ClashOrder, placeOf: PlaceOf): Month[] {
  const found: Month[] = [];
  for (let month = monthOf(order.on), n = 0; n < maxArrearsMonths && withheldIn(clash, month, placeOf, order).has(beneficiary); n++, month = monthBefore(month)) found.push(month);
  return found;
}

/** As the law has raised the files meanwhile, which those of the clash are and what is written is not. */
function owedFor({ beneficiary }: Beneficiary, clash: readonly Held[], month: Month, order: ClashOrder, placeOf: PlaceOf): Dong {
  const file = clash.map((one) => one.file).find((one) => one.beneficiary === beneficiary)!, held = withheldIn(clash, month, placeOf, order);
  const amount = (one: Beneficiary): Dong => paidIn(one, month, [payerIn(one, month) ?? ''])?.amount ?? 0;
  const others = clash.map((one) => one.file).filter((one) => !order.keeps.includes(one.beneficiary) && !held.has(one.beneficiary) && seemOne(one, file, order));
  return Math.max(0, amount(file) - Math.max(0, ...others.map(amount))) + arrearsIn(file, month, [payerIn(file, month) ?? '']);
}
