/** What a carrier does with one consignment: errands in order, each with the answer that the contract owes it. Pure. */
import { carrierFaultOf } from './carrier-script.ts';
import type { CarrierFault, CarrierScript } from './carrier-script.ts';

export type Errand = {
  /** The same id is the same request. */
  readonly requestId: string; readonly number: string; /** The office that the carrier mostly works for, or another. */ readonly at: 'own' | 'other'; readonly afterMs: number;
  readonly what: 'collected' | 'in-transit' | 'out-for-delivery' | 'attempt' | 'delivered' | 'returned' | 'lost';
  /** Đồng collected at the door, where it is given or where it is taken; 0 of every other. */ readonly sum: number;
  /** Reasons of which one must come; none: it must be recorded. */ readonly refused: readonly string[];
};
export type Round = { readonly fault: CarrierFault; readonly errands: readonly Errand[] };

type Draft = Pick<Errand, 'what'> & Partial<Omit<Errand, 'what' | 'requestId'>> & { /** Of an earlier errand that is said again. */ readonly again?: string; readonly as?: string };

/** Đồng by which a wrong sum is wrong. */
const wrongByDong = 1_000;
/** A number that was misread by one digit: its check digit does not fit, so nobody gave it. */
const strangeNumber = (number: string): string => `${number.slice(0, 2)}${number[2] === '9' ? '8' : '9'}${number.slice(3)}`;

const collected: Draft = { what: 'collected' }, transit: Draft = { what: 'in-transit' }, out: Draft = { what: 'out-for-delivery' }, delivered: Draft = { what: 'delivered' }, attempt: Draft = { what: 'attempt' };
/** What has ended takes nothing more, and its dossier may be closed by then. */
const ended: readonly string[] = ['CONSIGNMENT_ENDED', 'CLOSED'];

type Given = { readonly number: string; readonly cod: number; readonly fromHome: boolean; readonly delayMs: number };

const courses: { readonly [F in CarrierFault]: (given: Given) => readonly Draft[] } = {
  'delivers': () => [collected, transit, out, delivered],
  'duplicate': () => [...[collected, transit, out, delivered].flatMap((one, n): Draft[] => [{ ...one, as: `d${n}` }, { ...one, again: `d${n}` }]), { ...delivered, refused: ended }],
  'delayed': ({ delayMs }) => [collected, { ...transit, afterMs: delayMs }, out, delivered],
  'out-of-order': () => [{ ...transit, as: 'early', refused: ['CONSIGNMENT_OUT_OF_ORDER'] }, collected, { ...transit, again: 'early' }, out, delivered],
  'attempt': () => [collected, transit, out, attempt, out, delivered],
  'returned': () => [collected, transit, out, attempt, out, attempt, { what: 'returned' }],
  'lost': () => [collected, transit, { what: 'lost' }],
  'two-places': () => [collected, transit, out, { ...transit, at: 'other', refused: ['CONSIGNMENT_ELSEWHERE'] }, delivered],
  'stranger': ({ number }) => [collected, { ...transit, number: strangeNumber(number), refused: ['CONSIGNMENT_UNKNOWN'] }, transit, out, delivered],
  'wrong-sum': ({ cod, fromHome }) => fromHome ? [{ ...collected, sum: cod + wrongByDong, refused: ['AMOUNT_DIFFERS'] }, collected, transit, out, delivered] : [collected, transit, out, { ...delivered, sum: cod + wrongByDong, refused: ['AMOUNT_DIFFERS'] }, delivered],
  'silent': () => [collected],
};

/** `cod`: đồng to be collected at the door; `fromHome`: where it is given, not where it is taken. */
export function roundOf(script: CarrierScript, number: string, cod: number, fromHome = false): Round {
  const fault = carrierFaultOf(script, number);
  const errands = courses[fault]({ number, cod, fromHome, delayMs: script.delayMs }).map(({ again, as, ...draft }, n): Errand => ({
    number, at: 'own', afterMs: script.stepMs, sum: draft.what === (fromHome ? 'collected' : 'delivered') ? cod : 0, refused: [], ...draft, requestId: `carrier-${number}-${again ?? as ?? n}`,
  }));
  return { fault, errands };
}
