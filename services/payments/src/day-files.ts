/** Files of the platform, a day each: found by what they are asked for, and kept for as long as somebody goes through what was found in one of them. */
import type { GatewayRow, PaymentGateway } from '@lienthong/kernel';
import type { LocalDate } from '@lienthong/law';
import { spoken } from './spoken.ts';

/** A file is read again after this, in milliseconds: whoever ends many differences one after the other does not read it for each. */
export const keptFileMs = 10_000;
/** Files kept at once. */
export const maxKeptFiles = 4;

export type DayFile = {
  readonly rows: readonly GatewayRow[];
  /** Rows of one payment. */
  paymentsOf(transaction: string): readonly GatewayRow[];
  /** Rows of the refunds under one key. */
  refundsOf(key: string): readonly GatewayRow[];
};

export function dayFileOf(rows: readonly GatewayRow[]): DayFile {
  const payments = Map.groupBy(rows.filter(({ kind }) => kind === 'payment'), ({ transaction }) => transaction), refunds = Map.groupBy(rows.filter(({ kind }) => kind === 'refund'), ({ reference }) => reference);
  return { rows, paymentsOf: (transaction) => payments.get(transaction) ?? [], refundsOf: (key) => refunds.get(key) ?? [] };
}

export class DayFiles {
  readonly #gateway: PaymentGateway;
  readonly #now: () => number;
  readonly #kept = new Map<LocalDate, { readonly file: DayFile; readonly readAt: number }>();

  constructor(gateway: PaymentGateway, now: () => number) {
    this.#gateway = gateway;
    this.#now = now;
  }

  /** As the platform has it now. Throws GATEWAY_FAILED. */
  async read(day: LocalDate): Promise<DayFile> {
    const readAt = this.#now(), file = dayFileOf(await spoken(this.#gateway, () => this.#gateway.file(day)));
    this.#kept.delete(day);
    this.#kept.set(day, { file, readAt });
    for (const oldest of this.#kept.keys()) if (this.#kept.size > maxKeptFiles) this.#kept.delete(oldest);
    return file;
  }

  /** As it was read a moment ago, or as it is now. */
  async recent(day: LocalDate): Promise<DayFile> {
    const kept = this.#kept.get(day), age = kept === undefined ? keptFileMs : this.#now() - kept.readAt;
    return kept !== undefined && age >= 0 && age < keptFileMs ? kept.file : this.read(day);
  }
}
