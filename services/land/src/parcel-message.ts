/** A parcel between the contract and the register. */
import { dossier as pb, land } from '@lienthong/contract';
import { errorOfRefusal } from '@lienthong/kernel';
import { nameOf, numbersOf, refuse } from '@lienthong/law';
import type { AreaId, PartyPart } from '@lienthong/law';
import type { StoredRecord } from '@lienthong/dossier-service';
import { ranked } from './rules-apply.ts';
import { maxParcelCharacters, wholeShare } from './rules-facts.ts';
import type { Block, Ending, Mortgage, Parcel, Right } from './rules-facts.ts';

export const maxAddressCharacters = 500;
export const maxRights = 100;
export const maxMortgages = 100;
export const maxBlocks = 20;

const rightKinds: Readonly<Record<Right['kind'], land.RightKind>> = { 'use': land.RightKind.USE, 'attached-property': land.RightKind.ATTACHED_PROPERTY };
const blockKinds: Readonly<Record<Block['kind'], land.BlockKind>> = { dispute: land.BlockKind.DISPUTE, distraint: land.BlockKind.DISTRAINT };

function keyOf<K extends string>(kinds: Readonly<Record<K, number>>, value: number, field: string): K {
  const found = (Object.keys(kinds) as K[]).find((key) => kinds[key] === value);
  if (found === undefined) throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
  return found;
}

export const blockKindOf = (kind: land.BlockKind): Block['kind'] => keyOf(blockKinds, kind, 'kind');

// ---------------------------------------------------------------- as it is shown

/** `named`: the caller may see who holds the rights. */
export function parcelMessage({ facts, version, side }: StoredRecord<Parcel>, area: AreaId, reservedBy: string, named: boolean): land.Parcel {
  const ranks = ranked(facts.mortgages);
  return {
    parcel: facts.parcel, area, mapSheet: facts.mapSheet, number: facts.number, sizeDm2: facts.sizeDm2, purpose: facts.purpose, address: facts.address, version, reservedBy, rehearsal: side === 'rehearsal',
    rights: facts.rights.map((right) => ({
      kind: rightKinds[right.kind], holder: named ? pb.Party.fromJSON(right.holder) : undefined, shareMillionths: right.shareMillionths, certificateNumber: right.certificateNumber, sinceDate: right.since, code: right.code,
    })),
    mortgages: facts.mortgages.map((one) => {
      const { registeredAt, deletedAt, receivedAt, ...said } = one;
      return { ...said, registerTime: timeOf(registeredAt), deleteTime: timeOf(deletedAt), receiveTime: timeOf(receivedAt ?? null), rank: ranks.get(one) ?? 0 };
    }),
    origins: [...facts.origins ?? []], ended: facts.ended === undefined ? undefined : endingMessage(facts.ended),
    formerNumbers: (facts.formerNumbers ?? []).map(({ until, ...place }) => ({ ...place, lastDate: until })), numberDecision: facts.numberOrder === undefined ? undefined : { keeps: facts.numberOrder.keeps, ground: facts.numberOrder.ground, decidedDate: facts.numberOrder.on },
    blocks: facts.blocks.map((one) => ({ block: one.block, kind: blockKinds[one.kind], ground: one.ground, sinceDate: one.since, liftDate: one.liftedOn, liftGround: one.liftGround })),
  };
}

const endings: Readonly<Record<Ending['by'], land.EndingKind>> = { split: land.EndingKind.SPLIT, merge: land.EndingKind.MERGE };
const endingMessage = ({ by, on, successors, code }: Ending): land.ParcelEnding => ({ kind: endings[by], endDate: on, successors: [...successors], code });

const timeOf = (at: number | null): Date | undefined => (at === null ? undefined : new Date(at));

// ---------------------------------------------------------------- as it is loaded

function invalid(field: string, problem: string): never {
  throw errorOfRefusal(refuse('FIELD_INVALID', { field: `parcel.${field}`, problem }, `parcel.${field}`));
}

function required(value: string, field: string, limit: number): string {
  if (value === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: `parcel.${field}` }, `parcel.${field}`));
  return value.length > limit ? invalid(field, `≤ ${limit}`) : value;
}

/** The facts of a parcel that is loaded; FIELD_MISSING and FIELD_INVALID name what is wrong. */
export function parcelFacts(given: land.Parcel, area: AreaId): Parcel {
  if (given.sizeDm2 < 1) invalid('size_dm2', '≥ 1');
  if (given.address.length > maxAddressCharacters) invalid('address', `≤ ${maxAddressCharacters}`);
  if (given.rights.length === 0 || given.rights.length > maxRights) invalid('rights', `1–${maxRights}`);
  if (given.mortgages.length > maxMortgages) invalid('mortgages', `≤ ${maxMortgages}`);
  if (given.blocks.length > maxBlocks) invalid('blocks', `≤ ${maxBlocks}`);
  const rights = given.rights.map(rightFacts);
  for (const kind of Object.keys(rightKinds)) {
    const shares = rights.filter((right) => right.kind === kind).map((right) => right.shareMillionths);
    if (shares.length > 0 && shares.reduce((sum, one) => sum + one, 0) !== wholeShare) invalid('rights.share_millionths', `tổng phải bằng ${wholeShare}`);
  }
  return {
    parcel: required(given.parcel, 'parcel', maxParcelCharacters), area, mapSheet: given.mapSheet, number: given.number, sizeDm2: given.sizeDm2, purpose: given.purpose, address: given.address,
    rights, mortgages: given.mortgages.map(mortgageFacts), blocks: given.blocks.map(blockFacts),
  };
}

function rightFacts(given: land.LandRight): Right {
  const holder = (given.holder === undefined ? {} : pb.Party.toJSON(given.holder)) as PartyPart;
  if (numbersOf(holder).length === 0 || nameOf(holder) === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'parcel.rights.holder' }, 'parcel.rights.holder'));
  if (given.shareMillionths < 1 || given.shareMillionths > wholeShare) invalid('rights.share_millionths', `1–${wholeShare}`);
  return {
    kind: keyOf(rightKinds, given.kind, 'parcel.rights.kind'), holder, shareMillionths: given.shareMillionths, certificateNumber: required(given.certificateNumber, 'rights.certificate_number', maxParcelCharacters),
    since: given.sinceDate, code: given.code,
  };
}

function mortgageFacts(given: land.Mortgage): Mortgage {
  return {
    mortgage: required(given.mortgage, 'mortgages.mortgage', maxParcelCharacters), creditor: required(given.creditor, 'mortgages.creditor', maxAddressCharacters), amount: given.amount, contractNumber: given.contractNumber,
    registeredAt: given.registerTime?.getTime() ?? null, deletedAt: given.deleteTime?.getTime() ?? null, code: given.code, ...(given.receiveTime === undefined ? {} : { receivedAt: given.receiveTime.getTime() }),
  };
}

function blockFacts(given: land.Block): Block {
  return { block: required(given.block, 'blocks.block', maxParcelCharacters), kind: blockKindOf(given.kind), ground: required(given.ground, 'blocks.ground', maxAddressCharacters), since: given.sinceDate, liftedOn: given.liftDate, liftGround: given.liftGround };
}
