/** Fee receipts (biên lai): one number per paid charge, consecutive per office and year; rehearsals have their own series. */
import { numberSeries, sideOfDossier } from '@lienthong/dossier-service';
import type { Claim, Claimant, Fate, Host, NumberSeries, Side } from '@lienthong/dossier-service';
import { clockOf, localDate } from '@lienthong/law';
import type { Charge, Dossier, Instant, LawBody, OfficeId } from '@lienthong/law';

/** Seven digits. */
export const lastReceipt = 9_999_999;

/** Letters of the series; what a rehearsal prints is worth nothing and says so. */
const letters = { real: 'AA', rehearsal: 'DT' } as const;

/** How a charge was paid last. */
export type Payment = { readonly body: LawBody<'charge-paid'>; readonly at: Instant };

export function paymentOf(dossier: Dossier, charge: Charge): Payment | null {
  for (let n = dossier.entries.length - 1; n >= 0; n--) {
    const entry = dossier.entries[n]!;
    if (entry.item === charge.id && entry.kind === 'charge-paid') return { body: entry.body as LawBody<'charge-paid'>, at: entry.effectiveAt };
  }
  return null;
}

/** A series: letters and year, of one office. */
export function seriesOf(dossier: Dossier, office: OfficeId, now: Instant): string {
  const year = localDate(clockOf(dossier, now)).slice(2, 4);
  return `${letters[sideOfDossier(dossier)]}-${year}@${office}`;
}

const sideOfSeries = (series: string): Side => (series.startsWith(`${letters.rehearsal}-`) ? 'rehearsal' : 'real');

/** Number as it is printed, e.g. `AA-26/0000012`; with the office that collected it is one in the world. */
export function printReceipt(series: string, number: number): string {
  return `${series.slice(0, series.indexOf('@'))}/${String(number).padStart(String(lastReceipt).length, '0')}`;
}

/** `AA-26` of `AA-26/0000012`. */
export function seriesPrinted(receipt: string): string {
  return receipt.slice(0, receipt.indexOf('/'));
}

/** A charge that has left the state in which it asked, without this number, will never bear it. */
function fate(claim: Claim, dossier: Dossier, series: string): Fate {
  const charge = dossier.charges.get(claim.item);
  if (charge === undefined) return 'waiting';
  const paid = paymentOf(dossier, charge);
  if (paid !== null && paid.body.receipt === printReceipt(series, claim.number) && series.endsWith(`@${paid.body.by?.office ?? ''}`)) return 'used';
  return charge.status === claim.state ? 'waiting' : 'free';
}

export type ReceiptNumbers = { take(series: string, claimant: Claimant): Promise<string> };

export function receiptNumbers(host: Host): ReceiptNumbers {
  const numbers: NumberSeries = numberSeries(host, { name: 'receipts', last: lastReceipt, sideOf: sideOfSeries, fate });
  return { take: async (series, claimant) => printReceipt(series, await numbers.take(series, claimant)) };
}
