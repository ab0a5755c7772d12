/** What the services' effects do, as toys: a register that keeps reservations and changes, a post that numbers, a till that pays back. */
import type { Draft, EntryRef, ItemId } from '../../src/types.ts';
import type { Duty } from '../../src/context.ts';
import type { Dossier } from '../../src/dossier.ts';
import { decidedByRegister } from '../../src/decide/leg-commands.ts';
import { amendedByRegister } from '../../src/decide/result-commands.ts';

const keyOf = (ref: EntryRef): string => `${ref.author}/${ref.seq}`;

/** Outside of every folder; each effect leaves its mark under its key, so that doing it twice can be seen. */
export class Registers {
  /** Intents that the register will refuse. */
  refuses = false;
  readonly reserved = new Set<string>();
  readonly applied: string[] = [];
  /** Decisions taken back whose change was put back. */
  readonly reversed: string[] = [];
  /** Amendments that the register shows. */
  readonly amended: string[] = [];
  /** Something was built on what would be put back. */
  builtOn = false;
  readonly refunded: ItemId[] = [];
  readonly accepted: ItemId[] = [];
}

/** Runs an effect and gives the entries in which it ends. */
export function effectOf(duty: Duty, dossier: Dossier, registers: Registers): readonly Draft[] {
  const input = duty.input as { leg?: ItemId; charge?: ItemId; consignment?: ItemId };
  switch (duty.perform) {
    case 'reserve-register': return reserve(dossier, input.leg!, registers);
    case 'apply-register': return apply(dossier, input.leg!, registers);
    case 'reserve-reversal': return reserveReversal(dossier, input.leg!, registers);
    case 'apply-reversal': return applyReversal(dossier, input.leg!, registers);
    case 'reserve-amendment': return reserveAmendment(dossier, input.leg!, registers);
    case 'apply-amendment': return applyAmendment(dossier, input.leg!, registers);
    case 'accept-consignment': {
      registers.accepted.push(input.consignment!);
      return [{ item: input.consignment!, kind: 'consignment-accepted', body: { number: `VN${registers.accepted.length}` } }];
    }
    case 'refund-charge': {
      registers.refunded.push(input.charge!);
      return [{ item: input.charge!, kind: 'charge-refunded', body: { amount: dossier.charges.get(input.charge!)!.plan.amount, ground: 'rút hồ sơ' }, ends: true }];
    }
    case 'book-collection': {
      const charge = dossier.charges.get(input.charge!)!, paid: readonly Draft[] = charge.status === 'open' ? [{ item: charge.id, kind: 'charge-paid', body: { amount: charge.plan.amount, method: 'post', receipt: 'BL' } }] : [];
      return [...paid, { item: charge.id, kind: 'collection-booked', body: { consignment: input.consignment! } }];
    }
    default: throw new Error(`no effect ${duty.perform}`);
  }
}

function reserve(dossier: Dossier, id: ItemId, registers: Registers): readonly Draft[] {
  const leg = dossier.legs.get(id)!;
  if (registers.refuses) return [{ item: id, kind: 'register-refused', body: { round: leg.round, reason: 'đang bị phong tỏa' }, cites: [leg.intent!.ref] }];
  registers.reserved.add(keyOf(leg.intent!.ref));
  return [decidedByRegister(dossier, leg)!];
}

function reserveReversal(dossier: Dossier, id: ItemId, registers: Registers): readonly Draft[] {
  const decision = dossier.legs.get(id)!.applied!;
  return [{ item: id, kind: registers.builtOn ? 'reversal-refused' : 'reversal-decided', body: { decision }, cites: [decision] }];
}

function applyReversal(dossier: Dossier, id: ItemId, registers: Registers): readonly Draft[] {
  const decision = dossier.legs.get(id)!.applied!;
  if (!registers.reversed.includes(keyOf(decision))) registers.reversed.push(keyOf(decision));
  return [{ item: id, kind: 'register-reversed', body: { decision }, cites: [decision] }];
}

function reserveAmendment(dossier: Dossier, id: ItemId, registers: Registers): readonly Draft[] {
  const leg = dossier.legs.get(id)!, intent = leg.amending!.ref;
  if (registers.refuses) return [{ item: id, kind: 'amendment-refused', body: { intent, reason: 'số đã dùng' }, cites: [intent] }];
  registers.reserved.add(keyOf(intent));
  return [amendedByRegister(dossier, leg)!];
}

function applyAmendment(dossier: Dossier, id: ItemId, registers: Registers): readonly Draft[] {
  const amended = dossier.legs.get(id)!.amending!.amended!;
  if (!registers.amended.includes(keyOf(amended))) registers.amended.push(keyOf(amended));
  return [{ item: id, kind: 'amendment-applied', body: { amended }, cites: [amended] }];
}

function apply(dossier: Dossier, id: ItemId, registers: Registers): readonly Draft[] {
  const { completion, round } = dossier.legs.get(id)!;
  if (!registers.applied.includes(keyOf(completion!.ref))) registers.applied.push(keyOf(completion!.ref));
  return [{ item: id, kind: 'register-applied', body: { round, decision: completion!.ref }, cites: [completion!.ref] }];
}
