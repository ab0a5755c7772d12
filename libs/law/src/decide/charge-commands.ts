/** What a till, a gateway or the office that asks for money may do with a charge. Values in, values out; money moves elsewhere. */
import type { Bodies, By, Commitment, Dong, ItemId, LocalDate, OfficeId, Role } from '../types.ts';
import { mine, officeName, today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { collectionUnderWay, mayBeCollectedYet } from '../collection.ts';
import { finalEnding, paidForNothing, paidInVain } from '../closing.ts';
import { sameRef } from '../dossier.ts';
import type { Charge, Dossier } from '../dossier.ts';
import { endedOffice } from '../ended-office.ts';
import { groundRefusal } from '../legal-ground.ts';
import type { Office } from '../reference-types.ts';
import { refuse } from '../refusals.ts';
import type { Refusal, RefusalCode } from '../refusals.ts';
import { localDate } from '../time/index.ts';
import { saying } from './leg-command.ts';
import { entries, no } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** The largest amount of one charge, in đồng. */
export const maxAmount: Dong = 10_000_000_000_000;
/** Why an amount cannot be paid; null: it can. Each fault has its own reason, so that whoever sent it knows what to mend. */
export function amountFault(amount: number): Extract<RefusalCode, `AMOUNT_${string}`> | null {
  if (Number.isNaN(amount) || amount === 0) return 'AMOUNT_INVALID';
  if (amount < 0) return 'AMOUNT_NEGATIVE';
  if (amount > maxAmount) return 'AMOUNT_TOO_LARGE';
  return Number.isSafeInteger(amount) ? null : 'AMOUNT_FRACTIONAL';
}

/** Offices that take money for any dossier (NĐ 118/2025: at any counter, through the post, or paid in at the treasury). */
export const tills = ['counter', 'post-office', 'treasury'] as const satisfies readonly Role[];

export type PaymentMethod = Bodies['charge-paid']['method'];

export type ChargeCommand = { readonly charge: ItemId; readonly by: By; readonly request: string } & (
  /** `receipt`: number of the fee receipt; `details`: commitment to payer and reference, absent when there is nothing to keep. */
  | { readonly kind: 'pay'; readonly amount: Dong; readonly method: PaymentMethod; readonly receipt: string; readonly details?: Commitment }
  | { readonly kind: 'cancel'; readonly ground: string; readonly reason?: string }
  | { readonly kind: 'exempt'; readonly ground: string; readonly reason?: string }
  /** `amount`: what is left to be paid. */
  | { readonly kind: 'reduce'; readonly amount: Dong; readonly ground: string; readonly reason?: string }
  | { readonly kind: 'refund'; readonly amount: Dong; readonly ground: string; readonly reason?: string });

type Case<K extends ChargeCommand['kind']> = Extract<ChargeCommand, { readonly kind: K }>;
type Rule<K extends ChargeCommand['kind']> = (command: Case<K>, charge: Charge, dossier: Dossier, context: LawContext) => Outcome;

/** Refusals: UNKNOWN_ITEM, NOT_HOLDER, CLOSED, UNKNOWN_OFFICE, OFFICE_NOT_IN_FORCE, MAY_NOT_COLLECT, NOT_TAKEN_HERE, AMOUNT_…, CHARGE_…, NOT_REFUNDABLE, REASON_MISSING. */
export function decideChargeCommand(command: ChargeCommand, dossier: Dossier, context: LawContext): Outcome {
  const charge = dossier.charges.get(command.charge);
  if (charge === undefined || dossier.root === null) return no(refuse('UNKNOWN_ITEM', { item: command.charge }, 'charge'));
  const refusal = mayCommand(command, charge, dossier, context);
  return refusal !== null ? no(refusal) : (rules[command.kind] as Rule<ChargeCommand['kind']>)(command as never, charge, dossier, context);
}

function mayCommand(command: ChargeCommand, charge: Charge, dossier: Dossier, context: LawContext): Refusal | null {
  const root = dossier.root!;
  const notHolder = (): Refusal => refuse('NOT_HOLDER', { office: officeName(context, command.by.office), leg: charge.plan.name.vi, holder: officeName(context, chargeKeeper(dossier, charge)) }, 'office');
  if (!mine(dossier, context, charge)) return notHolder();
  if (root.closed !== null) return refuse('CLOSED', { code: root.body.code });
  const office = context.reference.office(command.by.office);
  if (office === undefined) return refuse('UNKNOWN_OFFICE', { office: command.by.office }, 'office');
  const keeps = office.id === chargeKeeper(dossier, charge);
  if (command.kind === 'cancel' || command.kind === 'exempt' || command.kind === 'reduce') return keeps ? null : notHolder();
  if (!keeps && !office.roles.some((role) => tills.some((till) => till === role))) return refuse('MAY_NOT_COLLECT', { office: office.name.vi, code: root.body.code }, 'office');
  const on = localDate(today(dossier, context));
  if (command.kind === 'refund' && !keeps && isPostOnly(office) && !hasTaken(office.id, charge, on, context)) return refuse('NOT_TAKEN_HERE', { office: office.name.vi, charge: charge.plan.name.vi }, 'office');
  return endedOffice(office, on, 'office', context);
}

/** The post is no treasury: what it has of the state's money is what it has taken itself. */
const isPostOnly = ({ roles }: Office): boolean => !roles.some((role) => role === 'counter' || role === 'treasury');

/** Also where it has taken over from the office that did. */
function hasTaken(office: OfficeId, { settledBy }: Charge, on: LocalDate, { reference }: LawContext): boolean {
  return settledBy !== null && (settledBy.office === office || reference.officeNow(settledBy.office, on)?.id === office);
}

/** The office that asks for the money and answers for it: the one of the leg that opened the charge, otherwise the counter that received the dossier. */
export function chargeKeeper(dossier: Dossier, charge: Charge): OfficeId {
  const opening = dossier.entries.find((entry) => sameRef(entry, charge.createdBy));
  return dossier.legs.get(opening?.item ?? '')?.office ?? dossier.root!.counter;
}

const cause = (command: ChargeCommand): { by: By; request: string } => ({ by: command.by, request: command.request });

/** Money that has arrived cannot be refused because the charge was cancelled meanwhile: it is recorded, and given back. */
const arrivedAlready: ReadonlySet<PaymentMethod> = new Set<PaymentMethod>(['transfer', 'gateway']);

/** `charge`: what people call it. `settled`: it has ended, in whatever way. */
export function chargeRefusal(code: 'CHARGE_NOT_OPEN' | 'CHARGE_NOT_PAID', charge: string, chargeStatus: Charge['status'] | 'settled'): Refusal {
  return refuse(code, { charge, chargeStatus }, 'charge');
}

const notOpen = ({ plan, status }: Charge): Refusal => chargeRefusal('CHARGE_NOT_OPEN', plan.name.vi, status);

const pay: Rule<'pay'> = (command, charge) => {
  const fault = amountFault(command.amount);
  if (fault !== null) return no(refuse(fault, { amount: String(command.amount) }, 'amount'));
  const late = (charge.status === 'cancelled' || charge.status === 'exempted') && arrivedAlready.has(command.method);
  if (charge.status !== 'open' && !late) return no(notOpen(charge));
  if (command.amount !== charge.plan.amount) return no(refuse('AMOUNT_DIFFERS', { amount: String(command.amount), due: String(charge.plan.amount) }, 'amount'));
  const details = command.details === undefined ? {} : { details: command.details };
  return entries({ item: charge.id, kind: 'charge-paid', body: { amount: command.amount, method: command.method, receipt: command.receipt, ...details, ...cause(command) } });
};

/** Cancelled and exempted charges stay items: money may still come in. */
function settle(kind: 'charge-cancelled' | 'charge-exempted', command: Case<'cancel' | 'exempt'>, charge: Charge): Outcome {
  const refusal = groundRefusal(command.ground);
  if (refusal !== null) return no(refusal);
  if (charge.status !== 'open') return no(notOpen(charge));
  return entries({ item: charge.id, kind, body: { ground: command.ground, ...saying('reason', command.reason), ...cause(command) } });
}

/** Reduction (giảm) leaves something to pay; where nothing is left it is an exemption. A sum that a postman is asked for on the way does not change under his feet. */
const reduce: Rule<'reduce'> = (command, charge, dossier) => {
  const fault = amountFault(command.amount), refusal = fault !== null ? refuse(fault, { amount: String(command.amount) }, 'amount') : groundRefusal(command.ground);
  if (refusal !== null) return no(refusal);
  if (charge.status !== 'open') return no(notOpen(charge));
  if (command.amount >= charge.plan.amount) return no(refuse('REDUCTION_NOT_LESS', { amount: String(command.amount), due: String(charge.plan.amount) }, 'amount'));
  if (collectionUnderWay(dossier, charge)) return no(refuse('COLLECTION_UNDER_WAY', { charge: charge.plan.name.vi }, 'charge'));
  return entries({ item: charge.id, kind: 'charge-reduced', body: { amount: command.amount, ground: command.ground, ...saying('reason', command.reason), ...cause(command) } });
};

const refund: Rule<'refund'> = (command, charge, dossier) => {
  if (charge.status !== 'paid') return no(chargeRefusal('CHARGE_NOT_PAID', charge.plan.name.vi, charge.status));
  const fault = amountFault(command.amount);
  if (fault !== null) return no(refuse(fault, { amount: String(command.amount) }, 'amount'));
  if (command.amount > charge.plan.amount) return no(refuse('AMOUNT_DIFFERS', { amount: String(command.amount), due: String(charge.plan.amount) }, 'amount'));
  const refusal = groundRefusal(command.ground);
  if (refusal !== null) return no(refusal);
  if (mayBeCollectedYet(dossier, charge)) return no(refuse('COLLECTION_UNDER_WAY', { charge: charge.plan.name.vi }, 'charge'));
  // What came in although it was no longer owed goes back whatever the fee's own rule says, and all of it: it is given back once.
  const isOwed = !paidInVain(dossier, charge) && !(paidForNothing(dossier, charge) && finalEnding(dossier) !== null);
  if (!isOwed && command.amount < charge.plan.amount) return no(refuse('AMOUNT_DIFFERS', { amount: String(command.amount), due: String(charge.plan.amount) }, 'amount'));
  if (!charge.plan.refundable && isOwed) return no(refuse('NOT_REFUNDABLE', { charge: charge.plan.name.vi, ground: charge.plan.ground }, 'charge'));
  return entries({ item: charge.id, kind: 'charge-refunded', ends: true, body: { amount: command.amount, ground: command.ground, ...saying('reason', command.reason), ...cause(command) } });
};

const rules: { readonly [K in ChargeCommand['kind']]: Rule<K> } = {
  pay, reduce, refund,
  cancel: (command, charge) => settle('charge-cancelled', command, charge),
  exempt: (command, charge) => settle('charge-exempted', command, charge),
};
