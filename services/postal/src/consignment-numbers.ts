/** Numbers of the post (UPU S10): two letters, eight digits that follow one another, a check digit, VN. Rehearsals have letters of their own: nothing travels. */
import { numberSeries, sideOfDossier } from '@lienthong/dossier-service';
import type { Claim, Claimant, Fate, Host, NumberSeries, Side } from '@lienthong/dossier-service';
import type { Dossier } from '@lienthong/law';

/** Registered letters; and letters that no post office reads. */
const letters = { real: 'RL', rehearsal: 'ZZ' } as const;
const country = 'VN';
/** Eight digits; 0 is no number. */
export const lastNumber = 99_999_999;

const weights = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** The ninth digit of an S10 number over its first eight. */
export function checkDigit(eight: string): number {
  const sum = weights.reduce((total, weight, n) => total + weight * Number(eight[n]), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 0 : rest === 11 ? 5 : rest;
}

/** `series`: the two letters. */
export function printNumber(series: string, number: number): string {
  const eight = String(number).padStart(8, '0');
  return `${series}${eight}${checkDigit(eight)}${country}`;
}

const sideOfLetters = (series: string): Side => (series === letters.rehearsal ? 'rehearsal' : 'real');

/** Of a number as it was scanned, whoever gave it. */
export const sideOfNumber = (number: string): Side => sideOfLetters(number.trim().slice(0, 2).toUpperCase());

/** Whether a number is one that the hub itself gives out; nobody else may. */
export function isGivenOut(number: string): boolean {
  return Object.values(letters).some((two) => number.toUpperCase().startsWith(two)) && /^[A-Z]{2}\d{9}VN$/i.test(number);
}

/** Why a number that a post office gives may not be taken: those of rehearsals begin with letters of their own, so that no scan of a real one ever meets them. Null: it may. */
export function strangeTo(side: Side, number: string): string | null {
  const rehearsed = number.toUpperCase().startsWith(letters.rehearsal);
  if (side === 'real') return rehearsed ? `${letters.rehearsal}…: diễn tập` : null;
  return rehearsed ? null : `diễn tập: ${letters.rehearsal}…`;
}

export function lettersOf(dossier: Dossier): string {
  return letters[sideOfDossier(dossier)];
}

function fate(claim: Claim, dossier: Dossier, series: string): Fate {
  const consignment = dossier.consignments.get(claim.item);
  if (consignment === undefined) return 'waiting';
  if (consignment.number === printNumber(series, claim.number)) return 'used';
  return consignment.number === '' && consignment.ended === null ? 'waiting' : 'free';
}

export type ConsignmentNumbers = { take(series: string, claimant: Omit<Claimant, 'state'>): Promise<string> };

export function consignmentNumbers(host: Host): ConsignmentNumbers {
  const numbers: NumberSeries = numberSeries(host, { name: 'consignments', last: lastNumber, sideOf: sideOfLetters, fate });
  // A consignment asks for a number in one state only: ordered.
  return { take: async (series, claimant) => printNumber(series, await numbers.take(series, { ...claimant, state: 'ordered' })) };
}
