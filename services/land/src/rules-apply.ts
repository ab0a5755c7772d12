/** What a change makes of a parcel, or why the land register does not allow it. */
import { isKnownBy, nameOf, samePlace } from '@lienthong/law';
import type { LocalDate, PartyPart, Reference } from '@lienthong/law';
import type { Problem } from '@lienthong/dossier-service';
import { reshapeProblem, reshaped } from './rules-reshape.ts';
import type { Block, Ending, LandAction, LandChange, Mortgage, Numbers, Parcel, Right } from './rules-facts.ts';

type Change<A extends LandAction['action']> = LandChange & { readonly action: A };
const no = (problem: string): Problem => ({ problem });
const blockNames = { dispute: 'đang có tranh chấp', distraint: 'đang bị kê biên' } as const;

export function nextParcel(change: LandChange, key: string, parcel: Parcel | null, places: Pick<Reference, 'areasNow'>): Parcel | Problem {
  if (parcel?.ended !== undefined) return hasEnded(parcel, parcel.ended);
  if (change.action === 'split' || change.action === 'merge') {
    const blockedSource = change.sources.map(disposable).find((one) => one !== null);
    return blockedSource ?? reshapeProblem(change, change.parcel) ?? reshaped(change, key, parcel, places);
  }
  if (parcel === null) return no(`không có thửa đất ${change.parcel} trong cơ sở dữ liệu đất đai`);
  if (!samePlace(places, parcel.area, change.area, change.today)) return no(`thửa đất ${parcel.parcel} không thuộc địa bàn của cơ quan đang giải quyết`);
  switch (change.action) {
    case 'transfer': return disposable(parcel) ?? transferred(change, parcel);
    case 'exchange': return disposable(parcel) ?? exchanged(change, parcel);
    case 'mortgage': return disposable(parcel) ?? mortgaged(change, parcel);
    case 'mortgage-release': return released(change, parcel);
  }
}

/** A reason of its own, with what there is instead: whoever asks for yesterday's parcel learns of today's. */
export function hasEnded({ parcel }: Parcel, { by, on, successors }: Ending): Problem {
  return { problem: `thửa đất ${parcel} đã ${by === 'split' ? 'tách' : 'hợp'} thành ${successors.join(', ')} ngày ${on}`, ended: { subject: parcel, on, successors } };
}

/** Luật Đất đai 2024 điều 45: no dispute, no distraint. */
function disposable(parcel: Parcel): Problem | null {
  const block = parcel.blocks.find((one) => one.liftedOn === '');
  return block === undefined ? null : no(`thửa đất ${blockNames[block.kind]} (${block.ground})`);
}

const stands = (one: Mortgage): boolean => one.deletedAt === null;
const isOf = (holder: PartyPart, numbers: Numbers): boolean => numbers.some((number) => isKnownBy(holder, number));

function transferred(change: Change<'transfer'>, parcel: Parcel): Parcel | Problem {
  if (change.certificateNumber === '') return no('chưa có số phát hành Giấy chứng nhận mới');
  const stranger = change.sellers.find((numbers) => !parcel.rights.some((right) => isOf(right.holder, numbers)));
  if (stranger !== undefined) return no(`người chuyển quyền không phải là người sử dụng thửa đất ${parcel.parcel} theo cơ sở dữ liệu`);
  const creditor = parcel.mortgages.find(stands)?.creditor;
  if (creditor !== undefined && !change.consent) return no(`thửa đất đang thế chấp tại ${creditor}; chưa có văn bản đồng ý của bên nhận thế chấp`);
  const isSold = (right: Right): boolean => change.sellers.some((numbers) => isOf(right.holder, numbers));
  if (parcel.rights.some((right) => isSold(right) && sameParty(right.holder, change.to))) return no('người nhận chuyển quyền đồng thời là người chuyển quyền');
  return { ...parcel, rights: [...parcel.rights.filter((right) => !isSold(right)), ...acquired(change, parcel.rights.filter(isSold))] };
}

function sameParty(a: PartyPart, b: PartyPart): boolean {
  const numbers = [b.citizen?.identityNumber, b.organisation?.taxCode, b.foreigner?.passportNumber];
  return numbers.some((number) => number !== undefined && isKnownBy(a, number));
}

/** One right of each kind that was sold, with the sum of the shares. */
function acquired({ to, certificateNumber, on, code }: Change<'transfer'>, sold: readonly Right[]): Right[] {
  return (['use', 'attached-property'] as const).flatMap((kind) => {
    const shareMillionths = sold.filter((right) => right.kind === kind).reduce((sum, right) => sum + right.shareMillionths, 0);
    return shareMillionths === 0 ? [] : [{ kind, holder: to, shareMillionths, certificateNumber, since: on, code }];
  });
}

/** A certificate names all who hold under it: it is exchanged as a whole. */
function exchanged(change: Change<'exchange'>, parcel: Parcel): Parcel | Problem {
  if (change.certificateNumber === '') return no('chưa có số phát hành Giấy chứng nhận mới');
  const old = new Set(parcel.rights.filter((right) => isOf(right.holder, change.holder)).map((right) => right.certificateNumber));
  if (old.size === 0) return no(`người đề nghị không phải là người sử dụng thửa đất ${parcel.parcel} theo cơ sở dữ liệu`);
  if (old.has(change.certificateNumber)) return no(`Giấy chứng nhận ${change.certificateNumber} là giấy đang có; cấp đổi phải có số phát hành mới`);
  return { ...parcel, rights: parcel.rights.map((right) => (old.has(right.certificateNumber) ? { ...right, certificateNumber: change.certificateNumber } : right)) };
}

function mortgaged(change: Change<'mortgage'>, parcel: Parcel): Parcel | Problem {
  if (change.mortgage === '') return no('chưa có số đăng ký thế chấp');
  if (!parcel.rights.some((right) => isOf(right.holder, change.mortgagor))) return no(`bên thế chấp không phải là người sử dụng thửa đất ${parcel.parcel} theo cơ sở dữ liệu`);
  const twin = parcel.mortgages.find((one) => one.mortgage === change.mortgage || (stands(one) && one.contractNumber === change.contractNumber && one.creditor === change.creditor));
  if (twin !== undefined) return no(`thế chấp theo hợp đồng ${twin.contractNumber} đã được đăng ký (${twin.mortgage})`);
  const { mortgage, creditor, amount, contractNumber, at, code, receivedAt } = change;
  return { ...parcel, mortgages: [...parcel.mortgages, { mortgage, creditor, amount, contractNumber, registeredAt: at, deletedAt: null, code, ...(receivedAt === undefined ? {} : { receivedAt }) }] };
}

function released(change: Change<'mortgage-release'>, parcel: Parcel): Parcel | Problem {
  const named = parcel.mortgages.filter((one) => stands(one) && (change.mortgage === '' || one.mortgage === change.mortgage) && (change.contractNumber === '' || one.contractNumber === change.contractNumber));
  if (named.length === 0) return no(`không có đăng ký thế chấp ${[change.mortgage, change.contractNumber].find((one) => one !== '') ?? 'nào'} còn hiệu lực trên thửa đất ${parcel.parcel}`);
  if (named.length > 1) return no(`thửa đất có ${named.length} đăng ký thế chấp còn hiệu lực; nêu số đăng ký hoặc số hợp đồng cần xóa`);
  return { ...parcel, mortgages: parcel.mortgages.map((one) => (one === named[0] ? { ...one, deletedAt: change.at } : one)) };
}

/** NĐ 99/2022/NĐ-CP: among mortgages that stand, rank goes by the time at which the office received the request; those from before the hub come as they were entered. */
export function ranked(mortgages: readonly Mortgage[]): ReadonlyMap<Mortgage, number> {
  const time = ({ receivedAt, registeredAt }: Mortgage): number => receivedAt ?? registeredAt ?? 0;
  return new Map(mortgages.filter(stands).sort((a, b) => time(a) - time(b)).map((one, n) => [one, n + 1]));
}

type Order = Pick<Block, 'kind' | 'ground' | 'since' | 'request'>;

/** One order stands once: whoever lifted it would leave the other standing. */
export function twinOf(parcel: Parcel, { kind, ground }: Order): Problem | null {
  const twin = parcel.blocks.find((one) => one.liftedOn === '' && one.kind === kind && one.ground === ground);
  return twin === undefined ? null : no(`thửa đất ${blockNames[kind]} (${ground}), đã ghi là ngăn chặn ${twin.block}`);
}

/** Records what a court or an enforcement body orders. */
export function blocked(parcel: Parcel, order: Order): Parcel {
  return { ...parcel, blocks: [...parcel.blocks, { block: freeNumber(parcel.blocks), ...order, liftedOn: '', liftGround: '' }] };
}

/** Blocks of the books before the hub bear whatever number they had there. */
function freeNumber(blocks: readonly Block[]): string {
  let number = blocks.length + 1;
  while (blocks.some((one) => one.block === String(number))) number++;
  return String(number);
}

export function unblocked(parcel: Parcel, block: string, liftedOn: LocalDate, liftGround: string): Parcel | Problem {
  if (!parcel.blocks.some((one) => one.block === block && one.liftedOn === '')) return no(`thửa đất không có ngăn chặn ${block} còn hiệu lực`);
  return { ...parcel, blocks: parcel.blocks.map((one) => (one.block === block ? { ...one, liftedOn, liftGround } : one)) };
}

/** Names of those who hold the right to use, for an officer who reads the certificate. */
export function holderNames(parcel: Parcel): string {
  return [...new Set(parcel.rights.filter((right) => right.kind === 'use').map((right) => nameOf(right.holder)))].join(', ');
}
