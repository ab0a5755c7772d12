/** What a sandbox carrier does to consignments, as a file says it. What happens to one follows from the script and its number alone, also after the carrier was started again. */
import { drawnFault, parseFaultScript } from '@lienthong/payment-gateway';
import type { FaultScript } from '@lienthong/payment-gateway';

/**
 * `delivers`: collected, carried, delivered. `duplicate`: every scan comes twice, and the delivery once more as a new one. `delayed`: it lies a while. `out-of-order`: a scan comes before
 * the one that it follows, and again after it. `attempt`: nobody is at home, then somebody is. `returned`: nobody is at home twice. `lost`: on the way. `two-places`: another office scans what a
 * postman has. `stranger`: besides, a number that nobody gave. `wrong-sum`: the postman first tells another sum. `silent`: collected, and never heard of again.
 */
export const carrierFaults = ['delivers', 'duplicate', 'delayed', 'out-of-order', 'attempt', 'returned', 'lost', 'two-places', 'stranger', 'wrong-sum', 'silent'] as const;
export type CarrierFault = (typeof carrierFaults)[number];
export type CarrierScript = FaultScript<CarrierFault> & { /** Milliseconds between two scans, and how long a delayed one lies. */ readonly stepMs: number; readonly delayMs: number };

export const plainCarrierScript: CarrierScript = { seed: 1, rules: [], stepMs: 200, delayMs: 20_000 };

/** Throws a RangeError that names what is wrong, or the SyntaxError of JSON. */
export const parseCarrierScript = (text: string): CarrierScript => parseFaultScript(text, plainCarrierScript, carrierFaults, ['stepMs', 'delayMs']);

/** The eight digits that follow one another in a number of the post; `nth` of a rule means them. Of a number of another form: all its digits, or 1. */
export function serialOf(number: string): number {
  const digits = /^[A-Z]{2}(\d{8})\d[A-Z]{2}$/.exec(number)?.[1] ?? number.replaceAll(/\D/g, '').slice(-8);
  return Math.max(1, Number(digits));
}

export const carrierFaultOf = (script: CarrierScript, number: string): CarrierFault => drawnFault(script, serialOf(number), 'delivers');
