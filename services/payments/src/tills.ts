/** The shift in which a clerk's cash is taken. What is added up at a count cannot grow meanwhile: a payment says first in which shift it is, and then looks whether that is still open. */
import type { RequestMark } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import { endedOffice, localDate, refuse } from '@lienthong/law';
import type { By, Dong, Refusal } from '@lienthong/law';
import { findBooks, readMoney, readTill, shiftFolder, tellTill, tillAfter } from './books.ts';
import type { Books } from './books.ts';
import { undecided } from './rules-money.ts';
import { maxShiftsPerDay, openTill, shiftName, tillAccount } from './rules-till.ts';
import type { Shift, Till } from './rules-till.ts';

/** Of clerks who do not say who they are: the office has one till for them. */
const unnamed = 'quay';

function shiftsOf(books: Books, by: By): readonly Shift[] {
  const day = localDate(books.host.world.now());
  return Array.from({ length: maxShiftsPerDay }, (_one, n) => ({ office: by.office, officer: by.officer === '' ? unnamed : by.officer, day, ordinal: n + 1 }));
}

/** The shift that a clerk has open; who takes cash without having opened one has it opened with nothing in it. TILL_BEING_COUNTED, SHIFTS_EXHAUSTED. */
export async function openShift(books: Books, by: By): Promise<Shift> {
  const shift = await presentShift(books, by);
  const till = await tellTill(books, shiftFolder(books, shift), (before) => (before === null ? openTill(null, shift, 0, endedTill(books, shift)) : { events: [] }));
  if (till.state !== 'open') throw errorOfRefusal(refuse('TILL_BEING_COUNTED', { till: shiftName(shift) }, 'office'));
  return shift;
}

/** Null: the office is in force on the day of the shift. The clock of a rehearsal is nobody's office. */
export function endedTill({ host: { environment }, side }: Books, { office, day }: Shift): Refusal | null {
  const known = environment.reference.office(office);
  return known === undefined || side === 'rehearsal' ? null : endedOffice(known, day, 'office', environment);
}

/** The first of today that is not closed, there already or not. */
export async function presentShift(books: Books, by: By): Promise<Shift> {
  for (const shift of shiftsOf(books, by)) {
    const till = await readTill(books, shiftFolder(books, shift));
    if (till?.state !== 'closed') return shift;
  }
  throw errorOfRefusal(refuse('SHIFTS_EXHAUSTED', { officer: by.officer, shifts: String(maxShiftsPerDay), date: localDate(books.host.world.now()) }, 'office'));
}

/** In which a request without a name has been handled before, by then perhaps closed; otherwise as `presentShift`. */
export async function shiftOfRequest(books: Books, by: By, mark: RequestMark): Promise<Shift> {
  for (const shift of shiftsOf(books, by)) if (await tillAfter(books, shiftFolder(books, shift), mark) !== undefined) return shift;
  return presentShift(books, by);
}

export async function isOpen(books: Books, shift: Shift): Promise<boolean> {
  return (await readTill(books, shiftFolder(books, shift)))?.state === 'open';
}

/** `expected`: float and all cash that the shift took in and gave out. `promised`: what is still to be given out of it. `open`: how many payments are not decided. */
export type Cash = { readonly expected: Dong; readonly promised: Dong; readonly open: number };

export async function cashIn(books: Books, till: Till): Promise<Cash> {
  const account = tillAccount(till.shift);
  let expected = till.float, promised = 0, open = 0;
  for await (const folder of findBooks(books, 'money', 'till', shiftName(till.shift))) {
    const money = await readMoney(books, folder);
    if (money === null) continue;
    const backs = [...money.returning.values()].filter(({ back }) => back.out === account);
    promised += backs.reduce((sum, { back }) => sum + back.amount, 0);
    open += undecided(money).filter(({ arrival }) => arrival.source === account).length + backs.length;
    for (const { lines } of money.postings) for (const line of lines) if (line.account === account) expected += line.amount;
  }
  return { expected, promised, open };
}

/** TILL_BUSY while something of it is not decided, unless `now` will do. */
export async function expectedIn(books: Books, till: Till, now = false): Promise<Dong> {
  const { expected, open } = await cashIn(books, till);
  if (open > 0 && !now) throw new HubError('TILL_BUSY', { till: shiftName(till.shift), payments: String(open) });
  return expected;
}
