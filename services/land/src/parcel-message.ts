/** A parcel between the contract and the register. */
import { dossier as pb, land } from '@lienthong/contract';
import { errorOfRefusal } from '@lienthong/kernel';
import { hasSoundNumbers, localDate, nameOf, numbersOf, refuse } from '@lienthong/law';
import type { AreaId, LocalDate, PartyPart } from '@lienthong/law';
import { LoadedFields } from '@lienthong/dossier-service';
import type { StoredRecord } from '@lienthong/dossier-service';
import { ranked } from './rules-apply.ts';
import { maxParcelCharacters, wholeShare } from './rules-facts.ts';
import type { Block, Ending, Mortgage, Parcel, Right } from './rules-facts.ts';

export const maxAddressCharacters = 500;
/** 1,000 km²: more than any commune has. */
export const maxSizeDm2 = 100_000_000_000;
export const maxPurposeCharacters = 200;
export const maxContractCharacters = 200;
export const maxHolderCharacters = 300;
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

const fields: LoadedFields = new LoadedFields('parcel');

/** The facts of a parcel that is loaded; FIELD_MISSING and FIELD_INVALID name what is wrong. `today`: nothing was acquired or ordered after it. */
export function parcelFacts(given: land.Parcel, area: AreaId, today: LocalDate): Parcel {
  if (given.sizeDm2 < 1 || given.sizeDm2 > maxSizeDm2) fields.invalid('size_dm2', `1–${maxSizeDm2}`);
  if (given.rights.length === 0 || given.rights.length > maxRights) fields.invalid('rights', `1–${maxRights}`);
  if (given.mortgages.length > maxMortgages) fields.invalid('mortgages', `≤ ${maxMortgages}`);
  if (given.blocks.length > maxBlocks) fields.invalid('blocks', `≤ ${maxBlocks}`);
  const rights = given.rights.map((one) => rightFacts(one, today));
  for (const [field, ids] of [['mortgages.mortgage', given.mortgages.map((one) => one.mortgage)], ['blocks.block', given.blocks.map((one) => one.block)]] as const) {
    if (new Set(ids).size < ids.length) fields.invalid(field, 'mỗi mục một số riêng');
  }
  for (const kind of Object.keys(rightKinds)) {
    const shares = rights.filter((right) => right.kind === kind).map((right) => right.shareMillionths);
    if (shares.length > 0 && shares.reduce((sum, one) => sum + one, 0) !== wholeShare) fields.invalid('rights.share_millionths', `tổng phải bằng ${wholeShare}`);
  }
  return {
    parcel: fields.required(given.parcel, 'parcel', maxParcelCharacters), area, mapSheet: fields.text(given.mapSheet, 'map_sheet', maxParcelCharacters), number: fields.text(given.number, 'number', maxParcelCharacters),
    sizeDm2: given.sizeDm2, purpose: fields.text(given.purpose, 'purpose', maxPurposeCharacters), address: fields.text(given.address, 'address', maxAddressCharacters),
    rights, mortgages: given.mortgages.map((one) => mortgageFacts(one, today)), blocks: given.blocks.map((one) => blockFacts(one, today)),
  };
}

function rightFacts(given: land.LandRight, today: LocalDate): Right {
  const holder = (given.holder === undefined ? {} : pb.Party.toJSON(given.holder)) as PartyPart;
  if (numbersOf(holder).length === 0 || nameOf(holder) === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'parcel.rights.holder' }, 'parcel.rights.holder'));
  fields.text(nameOf(holder), 'rights.holder', maxHolderCharacters);
  fields.party(holder, 'rights.holder', today);
  if (!hasSoundNumbers(holder)) fields.invalid('rights.holder', 'số định danh 9 hoặc 12 chữ số, mã số thuế 10 hoặc 13 chữ số');
  if (given.shareMillionths < 1 || given.shareMillionths > wholeShare) fields.invalid('rights.share_millionths', `1–${wholeShare}`);
  return {
    kind: keyOf(rightKinds, given.kind, 'parcel.rights.kind'), holder, shareMillionths: given.shareMillionths, certificateNumber: fields.required(given.certificateNumber, 'rights.certificate_number', maxParcelCharacters),
    since: fields.day(given.sinceDate, 'rights.since_date', today), code: fields.text(given.code, 'rights.code', maxParcelCharacters),
  };
}

function mortgageFacts(given: land.Mortgage, today: LocalDate): Mortgage {
  const { receiveTime, registerTime, deleteTime } = given;
  for (const [field, time] of Object.entries({ receive_time: receiveTime, register_time: registerTime, delete_time: deleteTime })) if (time !== undefined && localDate(time.getTime()) > today) fields.invalid(`mortgages.${field}`, `≤ ${today}`);
  if (receiveTime !== undefined && registerTime !== undefined && receiveTime > registerTime) fields.invalid('mortgages.receive_time', '≤ register_time');
  if (registerTime !== undefined && deleteTime !== undefined && deleteTime < registerTime) fields.invalid('mortgages.delete_time', '≥ register_time');
  return {
    mortgage: fields.required(given.mortgage, 'mortgages.mortgage', maxParcelCharacters), creditor: fields.required(given.creditor, 'mortgages.creditor', maxAddressCharacters), amount: fields.amount(given.amount, 'mortgages.amount', 0), contractNumber: fields.text(given.contractNumber, 'mortgages.contract_number', maxContractCharacters),
    registeredAt: registerTime?.getTime() ?? null, deletedAt: deleteTime?.getTime() ?? null, code: fields.text(given.code, 'mortgages.code', maxParcelCharacters), ...(receiveTime === undefined ? {} : { receivedAt: receiveTime.getTime() }),
  };
}

function blockFacts(given: land.Block, today: LocalDate): Block {
  const since = fields.day(given.sinceDate, 'blocks.since_date', today), liftedOn = fields.day(given.liftDate, 'blocks.lift_date', today);
  if (liftedOn !== '' && liftedOn < since) fields.invalid('blocks.lift_date', `≥ ${since}`);
  return {
    block: fields.required(given.block, 'blocks.block', maxParcelCharacters), kind: blockKindOf(given.kind), ground: fields.required(given.ground, 'blocks.ground', maxAddressCharacters), since, liftedOn, liftGround: fields.text(given.liftGround, 'blocks.lift_ground', maxAddressCharacters),
  };
}
