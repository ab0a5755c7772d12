/** The law and the registers as the kernel runs them: one state per folder, a dossier or a record of a register. */
import { itemId } from '@lienthong/folder';
import type { AuthorId, Entry, FolderId, ItemId } from '@lienthong/folder';
import { addressOf, asideName, awaitsConfirmation, changesRegister, duties, emptyDossier, ended, fold, holderOf, isOf, issuedResults, mine, namedParts, owes, participants, readableBy, ready, reversalRefused, saidToCitizen, saidToLeg, serviceOf, skipped, stale, wakeAt } from '@lienthong/law';
import type { Dossier, Hosts, LawContext, LawEntry, Leg, Reference, Said, ServiceName, WorkingTime } from '@lienthong/law';
import type { Duty, DutyContext, IndexFields, Rules } from '@lienthong/kernel';
import { decisionsOn, dossiersOn, foldRecord, isRecordOrigin, openedRecord } from './record.ts';
import type { RegisterRecord } from './record.ts';
import { areKept, keptAt, mayPullRecord, recordToCopy, recordToRegain, urgencyOfCopy } from './record-copies.ts';
import type { Keepers } from './record-copies.ts';
import { registerEffects } from './register-effects.ts';

export type FolderState = { readonly dossier: Dossier; record: RegisterRecord | null };
/** What stays the same for every folder of a hub. */
export type LawEnvironment = {
  readonly reference: Reference; readonly work: WorkingTime; readonly hosts: Hosts;
  /** Who keeps a copy of a service's records: services with stores of their own lose them else with the store. Absent: nobody. */
  readonly keepers?: Keepers;
};

export function lawContext({ reference, work, hosts }: LawEnvironment, { service, author, now, authorOf, isMine }: DutyContext): LawContext {
  return { service, author, now, authorOf, isMine, reference, work, hosts };
}

/** What a service owes in records of its own, beside dossiers. Pure. */
export type RecordRules = { duties(record: RegisterRecord, context: DutyContext): readonly Duty[]; wakeAt(record: RegisterRecord, context: DutyContext): number | null };
const nothingOwed: RecordRules = { duties: () => [], wakeAt: () => null };

/** `extraIndex`: fields by which this service finds its dossiers beyond code and desk; `alsoUnique`: those of them of which no two dossiers have the same value, as none have the same code. */
export function dossierRules(environment: LawEnvironment, extraIndex: (dossier: Dossier, context: LawContext) => IndexFields = () => ({}), records: RecordRules = nothingOwed, alsoUnique: readonly string[] = []): Rules<FolderState> {
  const { keepers, hosts: { observers } } = environment;
  return {
    empty: (id: FolderId): FolderState => ({ dossier: emptyDossier(id), record: null }),
    fold: (state, entry) => foldInto(state, entry, keepers),
    participants: (state) => (state.record !== null ? keptAt(keepers, state.record) : participants(state.dossier, observers)),
    duties: (state, context) => (state.record !== null ? isOwn(state.record, context) ? records.duties(state.record, context) : [] : duties(state.dossier, lawContext(environment, context))),
    wakeAt: (state, context) => (state.record !== null ? isOwn(state.record, context) ? records.wakeAt(state.record, context) : null : wakeAt(state.dossier, lawContext(environment, context))),
    urgency: (state, service, context) => (state.record !== null ? urgencyOfCopy(state.record) : hasToAct(state.dossier, service, lawContext(environment, context)) ? 'now' : isLookedAt(state.dossier, service) ? 'soon' : 'later'),
    index: (state, context) => {
      if (state.record !== null && !isOwn(state.record, context)) return {};
      if (state.record !== null) return { type: [state.record.type], ...soughtKeys(state.record) };
      const law = lawContext(environment, context);
      return { ...dossierIndex(state.dossier, law), ...extraIndex(state.dossier, law) };
    },
    unique: ['code', ...alsoUnique],
    mayPull: (state, service, item, names) => (state.record !== null ? mayPullRecord(keepers, state.record, service, names) : mayPull(state.dossier, service, item, names)),
    keeps: (state, context) => (state.record !== null ? recordToRegain(keepers, state.record, context.service) : gathered(state.dossier, lawContext(environment, context))),
    inspects: (state, context) => (state.record === null && changesRegister(state.dossier, lawContext(environment, context)) ? { perform: 'inspect-register', input: {} } : null),
    restsOn: (state, context) => (state.record === null || !isOwn(state.record, context) ? [] : decisionsOn(state.record)),
    keptBy: (service) => keepers?.[service],
    copies: (state, context) => (state.record === null ? null : recordToCopy(keepers, state.record, context.service)),
  };
}

const isOwn = ({ owner }: RegisterRecord, { service }: DutyContext): boolean => owner === service;

/** What a record is found by; keys that begin with a dot say something of the record itself. It is found by the dossiers that changed or reserved it, too, and a log of reads by those for which was read. */
function soughtKeys(record: RegisterRecord): IndexFields {
  const sought = Object.fromEntries(Object.entries(record.keys).filter(([name]) => !name.startsWith('.')));
  const readFor = new Set(record.reads.flatMap(({ body }) => [body.code, body.for ?? ''])).difference(new Set([''])), changedFor = dossiersOn(record);
  return { ...sought, ...(readFor.size === 0 ? {} : { [readForField]: [...readFor] }), ...(changedFor.size === 0 ? {} : { [changedForField]: [...changedFor] }) };
}

/** Field by which the logs that hold reads for a dossier are found: its code, or its folder. */
export const readForField = 'read-for';

/** Field by which the records are found that a dossier changed, also where that was put back, or has reserved: its folder. */
export const changedForField = 'changed-for';

function foldInto(state: FolderState, entry: Entry, keepers: Keepers | undefined): void {
  if (state.record !== null) return foldRecord(state.record, entry);
  if (isRecordOrigin(entry)) { state.record = openedRecord(state.dossier.id, itemId(entry.author, entry.seq, 0), entry, areKept(keepers, serviceOf(entry.author))); return; }
  fold(state.dossier, entry as LawEntry);
}

/** Where the citizen and the counter look; and whoever keeps a copy is told the end without delay. */
function isLookedAt(dossier: Dossier, service: ServiceName): boolean {
  // What lies before an office unopened.
  for (const one of dossier.consignments.values()) if (awaitsConfirmation(dossier, one) && dossier.legs.values().some((leg) => leg.service === service && leg.office === one.plan.to)) return true;
  return dossier.root !== null && (dossier.root.closed !== null || serviceOf(holderOf(dossier, dossier.root)) === service);
}

/** Whether another service owes something in this state, its officer is at work, or it waits for money. */
function hasToAct(dossier: Dossier, service: ServiceName, context: LawContext): boolean {
  for (const leg of dossier.legs.values()) if (leg.service === service && leg.status === 'open') return true;
  for (const charge of dossier.charges.values()) if (charge.status === 'open' && isHeldBy(dossier, charge, service)) return true;
  if (!holdsSomething(dossier, service)) return false;
  return owes(dossier, { ...context, service, author: context.authorOf(service), isMine: (author) => isOf(author, service) }, (one) => !knowsAlready(dossier, context, one));
}

/** Who holds nothing owes nothing. */
function holdsSomething(dossier: Dossier, service: ServiceName): boolean {
  if (dossier.root !== null && isHeldBy(dossier, dossier.root, service)) return true;
  return holdsOneOf(dossier, dossier.legs, service) || holdsOneOf(dossier, dossier.requests, service) || holdsOneOf(dossier, dossier.charges, service) || holdsOneOf(dossier, dossier.consignments, service);
}

type Held = { readonly holder: AuthorId };

function holdsOneOf(dossier: Dossier, items: ReadonlyMap<ItemId, Held>, service: ServiceName): boolean {
  for (const item of items.values()) if (isHeldBy(dossier, item, service)) return true;
  return false;
}

function isHeldBy(dossier: Dossier, item: Held, service: ServiceName): boolean {
  return isOf(holderOf(dossier, item), service);
}

/** What follows from the service's own entries, or from those of somebody else who tells it, is under way there without this one's news. */
function knowsAlready(dossier: Dossier, context: LawContext, { perform, input }: Duty): boolean {
  if (perform !== undefined && (registerEffects as readonly string[]).includes(perform)) return true;
  if (perform !== 'accept-consignment') return false;
  const consignment = dossier.consignments.get((input as { readonly consignment: ItemId }).consignment);
  return consignment !== undefined && !context.isMine(consignment.createdBy.author);
}

/** `desk`: offices with something of this service to look at. `office`: all that hold or held a leg of it here: whoever watches a desk hears what leaves it, too. `open`: set while the dossier is not closed. */
export function dossierIndex(dossier: Dossier, context: LawContext): IndexFields {
  const root = dossier.root;
  if (root === null) return {};
  const desks = new Set<string>(), offices = new Set<string>(), digests = issuedResults(dossier).flatMap(({ decision, result }) => (result.digest !== undefined && context.isMine(decision.author) ? [result.digest] : []));
  for (const leg of dossier.legs.values()) {
    if (!mine(dossier, context, leg)) continue;
    offices.add(leg.office);
    for (const move of leg.rehomed) offices.add(move.from);
    if (onDesk(dossier, leg)) desks.add(leg.office);
  }
  return { code: [root.body.code], ...(root.body.earlier === undefined ? {} : { earlier: [root.body.earlier.code] }), desk: [...desks], office: [...offices], ...(digests.length === 0 ? {} : { [resultDigestField]: [...new Set(digests)] }), ...(root.closed === null ? { open: ['1'] } : {}) };
}

/** Field by which a dossier is found at the service that issued a result in it: SHA-256 of the result's file. */
export const resultDigestField = 'result-digest';

/** Whether somebody at the leg's office has something to do or to wait for. */
export function onDesk(dossier: Dossier, leg: Leg): boolean {
  if (dossier.root === null) return false;
  if (stale(dossier, leg) || reversalRefused(leg) || (leg.amendmentRefused && leg.status === 'complete')) return true;
  if (dossier.root.closed !== null) return false;
  return !ended(leg, dossier) && !skipped(dossier, leg) && (leg.plan.task === true || ready(dossier, leg));
}

/** The part of the particulars that the post needs to deliver. */
export const deliveryPart = 'delivery';

/** Whoever holds the dossier gathered its particulars, and is asked for them as long as it is open. */
function gathered(dossier: Dossier, context: LawContext): { readonly as: ItemId; readonly names: readonly string[] } | null {
  const { root } = dossier;
  if (root === null || root.closed !== null || !mine(dossier, context, root)) return null;
  return { as: root.id, names: [...root.particulars.values()].map((one) => asideName(one.commitment)) };
}

/** Whoever holds a leg reads what was said to it; intake what was said to the citizen. */
function readableWords(dossier: Dossier, service: ServiceName, item: ItemId): readonly Said[] {
  const leg = dossier.legs.get(item);
  if (leg !== undefined) return leg.service === service || serviceOf(holderOf(dossier, leg)) === service ? saidToLeg(dossier, leg) : [];
  return dossier.root?.id === item && serviceOf(holderOf(dossier, dossier.root)) === service ? saidToCitizen(dossier) : [];
}

/** A service may have the parts that a leg it holds lists, and the post where to find the door to or from which it carries something; intake, which gathered them, has all. */
function mayPull(dossier: Dossier, service: ServiceName, item: ItemId, names: readonly string[]): boolean {
  const readable = new Set(dossier.root === null ? [] : namedParts(dossier.root, readableParts(dossier, service, item)).map((one) => one.name));
  for (const one of readableWords(dossier, service, item)) readable.add(asideName(one.words.commitment));
  return names.every((name) => readable.has(name));
}

function readableParts(dossier: Dossier, service: ServiceName, item: ItemId): readonly string[] {
  if (dossier.root?.id === item && serviceOf(holderOf(dossier, dossier.root)) === service) return [...dossier.root.particulars.keys()];
  const leg = dossier.legs.get(item);
  if (leg !== undefined) return leg.service === service ? readableBy(dossier, leg) : [];
  const consignment = dossier.consignments.get(item);
  const address = consignment === undefined || serviceOf(holderOf(dossier, consignment)) !== service ? undefined : addressOf(dossier, consignment);
  return address === undefined ? [] : [address.part];
}
