/** What a sandbox does to orders, as a file says it. The same script and the same orders give the same faults, on every machine. */
import { drawnFault, parseFaultScript } from './fault-script.ts';
import type { FaultScript } from './fault-script.ts';

/**
 * `pays`: what was asked for, confirmed once. `duplicate`: confirmed three times. `delayed`: confirmed late. `short`, `over`: another amount was paid. `twice`: two payments.
 * `currency`: paid in dollars. `dossier`: for another dossier. `fails`: nothing was paid. `fails-then-pays`: it says failed, then paid. `contradicts`: it says two amounts for
 * one payment. `silent`: never confirmed, found by asking. `pending`: asked, it says pending a few times. `mute`: never confirmed and no question is answered: it stands in the file alone.
 * `stranger`: besides, somebody pays under a reference that nobody ordered. `forged`: besides, a confirmation with a wrong mark. `gives-back`: paid, and given back by the platform itself. `vanishes`: confirmed, and in no file. `files-late`: paid and confirmed, and not in the first file of its day.
 * `forgets-refund`: too much was paid, and the first refund is promised and never made. `halves-refund`: likewise, and half of it is made. `doubles-refund`: likewise, and it is made twice under one key.
 */
export const faults = ['pays', 'duplicate', 'delayed', 'short', 'over', 'twice', 'currency', 'dossier', 'fails', 'fails-then-pays', 'contradicts', 'silent', 'pending', 'mute', 'stranger', 'forged', 'gives-back', 'vanishes', 'files-late', 'forgets-refund', 'halves-refund', 'doubles-refund'] as const;
export type Fault = (typeof faults)[number];

export type SandboxScript = FaultScript<Fault> & {
  /** Milliseconds until an order is paid and confirmed, and how much later a delayed one is. */
  readonly payAfterMs: number; readonly delayMs: number;
};

export const plainScript: SandboxScript = { seed: 1, rules: [], payAfterMs: 500, delayMs: 20_000 };

/** Throws a RangeError that names what is wrong, or the SyntaxError of JSON. */
export const parseScript = (text: string): SandboxScript => parseFaultScript(text, plainScript, faults, ['payAfterMs', 'delayMs']);

/** What happens to the n-th order, from 1. */
export const faultOf = (script: SandboxScript, nth: number): Fault => drawnFault(script, nth, 'pays');
