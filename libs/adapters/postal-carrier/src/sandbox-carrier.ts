/** The carrier itself: it follows the feed, and carries each consignment that the post has accepted. Started again it says the same again, so nothing is recorded twice. */
import { dossier as pb } from '@lienthong/contract';
import type { postal } from '@lienthong/contract';
import { roundOf } from './round.ts';
import type { CarrierFault, CarrierScript } from './carrier-script.ts';
import type { Errand } from './round.ts';

/** What the carrier needs of the hub and of the world. `send`: '' when it was recorded, else the reason of the refusal; it repeats by itself what may succeed later. */
export type CarrierPort = {
  watch(cursor: string, signal: AbortSignal): AsyncIterable<postal.WatchConsignmentsResponse>;
  send(errand: Errand): Promise<string>;
  pause(ms: number): Promise<void>;
};
/** `unexpected`: answers that the contract does not owe, as words; none: all was as it must be. */
export type Carried = { readonly number: string; readonly code: string; readonly fault: CarrierFault; readonly unexpected: readonly string[] };

/** Consignments that are carried at once; the feed waits for room. */
export const maxUnderWay = 64;

export class SandboxCarrier {
  readonly #port: CarrierPort;
  readonly #script: CarrierScript;
  readonly #tell: (carried: Carried) => void;
  readonly #begun = new Set<string>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(port: CarrierPort, script: CarrierScript, tell: (carried: Carried) => void) {
    this.#port = port;
    this.#script = script;
    this.#tell = tell;
  }

  /** Until the signal says so, or, `once`, until what has not ended when it starts is carried. Whatever the feed or a call throws ends it. */
  async run(signal: AbortSignal, once: boolean): Promise<void> {
    for await (const { tracked } of this.#port.watch('', signal)) {
      if (tracked === undefined && once) break;
      if (tracked !== undefined) await this.#take(tracked);
    }
    await Promise.all(this.#underWay);
  }

  async #take({ code, consignment }: postal.TrackedConsignment): Promise<void> {
    if (consignment === undefined || consignment.number === '' || this.#begun.has(consignment.number) || isOver(consignment.state)) return;
    this.#begun.add(consignment.number);
    while (this.#underWay.size >= maxUnderWay) await Promise.race(this.#underWay);
    const carrying = this.#carry(code, consignment).finally(() => this.#underWay.delete(carrying));
    this.#underWay.add(carrying);
  }

  async #carry(code: string, { number, codAmount, state, carries }: pb.ConsignmentView): Promise<void> {
    const fromHome = carries === pb.Carries.PAPERS, { fault, errands } = roundOf(this.#script, number, codAmount, fromHome), unexpected: string[] = [];
    // Gone on with after a start: what was refused at its time may fit by now, and what was paid when it was given is paid.
    const goesOn = state !== pb.ConsignmentState.ACCEPTED;
    for (const errand of errands) {
      if (goesOn && fromHome && errand.what === 'collected') continue;
      await this.#port.pause(errand.afterMs);
      const reason = await this.#port.send(errand);
      const fits = errand.refused.length === 0 ? reason === '' : goesOn || errand.refused.includes(reason);
      if (!fits) unexpected.push(`${errand.what}: ${reason || 'recorded'}`);
    }
    this.#tell({ number, code, fault, unexpected });
  }
}

const over: ReadonlySet<pb.ConsignmentState> = new Set([pb.ConsignmentState.DELIVERED, pb.ConsignmentState.RETURNED, pb.ConsignmentState.LOST, pb.ConsignmentState.CANCELLED]);
const isOver = (state: pb.ConsignmentState): boolean => over.has(state);
