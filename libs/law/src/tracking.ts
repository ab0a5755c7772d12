/** The way of a dossier in plain words: where it is, whose desk, since when, due when, what comes next, what happened. */
import type { By, EntryKind, Instant, LawBody, OfficeId, RequestPlan, Text } from './types.ts';
import type { LawContext } from './context.ts';
import type { Dossier, LawEntry, Leg } from './dossier.ts';
import { ended } from './closing.ts';
import { endingReason, itineraryLegs, predecessors, ready, resultsToReturn, satisfied, skipped, stale } from './itinerary.ts';
import { dossierDue, legDue } from './limits.ts';
import { isWrittenBefore } from './order-of-items.ts';
import { suspensions, suspensionsOf } from './suspensions.ts';
import type { LegSuspension } from './suspensions.ts';

/** Codes of the national portal (TrangThaiHoSo) are a projection of this; see oversight. */
export type DossierState = 'received' | 'in-process' | 'waiting-for-citizen' | 'waiting-for-payment' | 'result-ready' | 'returned' | 'refused' | 'withdrawn' | 'stopped';

export type LegView = {
  readonly leg: Leg; readonly office: OfficeId; readonly state: 'waiting' | 'transfer' | 'working' | 'suspended' | 'stale' | 'done' | 'refused' | 'stopped' | 'skipped';
  readonly since: Instant; readonly due: Instant | null; readonly plannedDue: Instant | null;
};
export type HistoryLine = { readonly at: Instant; readonly recordedAt: Instant; readonly kind: EntryKind; readonly leg: string; readonly office: OfficeId; readonly officer: string; readonly text: Text };
export type Tracking = {
  readonly state: DossierState; readonly stateText: Text; readonly due: Instant | null; readonly suspendedSince: Instant | null;
  /** Legs on somebody's desk now. */
  readonly current: readonly LegView[]; readonly legs: readonly LegView[]; readonly next: readonly LegView[];
  readonly suspensions: readonly LegSuspension[]; readonly history: readonly HistoryLine[];
};

export function track(dossier: Dossier, context: Pick<LawContext, 'work' | 'reference'>): Tracking {
  const legs = itineraryLegs(dossier).map((leg) => viewOfLeg(dossier, leg, context));
  const state = stateOf(dossier, legs);
  const due = dossierDue(dossier, context);
  return {
    state, stateText: stateTexts[state], due: due.due, suspendedSince: due.suspendedSince, legs,
    current: legs.filter((one) => ['transfer', 'working', 'suspended', 'stale'].includes(one.state)),
    next: legs.filter((one) => one.state === 'waiting' && predecessors(dossier, one.leg).every((before) => satisfied(dossier, before) || !ended(before, dossier))),
    suspensions: suspensions(dossier), history: historyOf(dossier),
  };
}

export const stateTexts: Readonly<Record<DossierState, Text>> = {
  'received': { vi: 'Đã tiếp nhận', en: 'Received' }, 'in-process': { vi: 'Đang giải quyết', en: 'In process' }, 'waiting-for-citizen': { vi: 'Chờ người dân bổ sung', en: 'Waiting for the citizen' },
  'waiting-for-payment': { vi: 'Chờ thực hiện nghĩa vụ tài chính', en: 'Waiting for payment' }, 'result-ready': { vi: 'Đã có kết quả, chờ trả', en: 'Result ready' }, 'returned': { vi: 'Đã trả kết quả', en: 'Result returned' },
  'refused': { vi: 'Từ chối giải quyết', en: 'Refused' }, 'withdrawn': { vi: 'Người dân đã rút hồ sơ', en: 'Withdrawn' }, 'stopped': { vi: 'Dừng giải quyết', en: 'Stopped' },
};

export function viewOfLeg(dossier: Dossier, leg: Leg, context: Pick<LawContext, 'work' | 'reference'>): LegView {
  const state = legState(dossier, leg);
  const since = state === 'transfer' ? readySince(dossier, leg) : leg.takenOver !== null && state === 'working' ? leg.takenOver.at : leg.changedAt;
  return { leg, office: leg.office, state, since, due: state === 'working' ? legDue(dossier, leg, context).due : null, plannedDue: leg.plan.plannedDue };
}

function legState(dossier: Dossier, leg: Leg): LegView['state'] {
  if (skipped(dossier, leg)) return 'skipped';
  if (stale(dossier, leg)) return 'stale';
  if (leg.status === 'refused') return 'refused';
  if (leg.status === 'stopped' || leg.status === 'revoked') return 'stopped';
  if (leg.status === 'complete') return 'done';
  if (suspensionsOf(dossier, leg).some((one) => one.to === null)) return 'suspended';
  if (leg.status === 'addressed') return ready(dossier, leg) ? 'transfer' : 'waiting';
  return 'working';
}

/** A leg without takeover is in transfer from the moment the last thing it waited for was done. */
export function readySince(dossier: Dossier, leg: Leg): Instant {
  return predecessors(dossier, leg).reduce((latest, one) => Math.max(latest, one.completion?.at ?? 0), leg.changedAt);
}

function stateOf(dossier: Dossier, legs: readonly LegView[]): DossierState {
  const root = dossier.root!;
  const ending = root.closed?.outcome ?? endingReason(dossier);
  if (ending !== null) return ending;
  if ([...dossier.requests.values()].some((one) => one.plan.request === 'supplement' && one.ended === null)) return 'waiting-for-citizen';
  if ([...dossier.charges.values()].some((one) => one.status === 'open')) return 'waiting-for-payment';
  if (legs.every((one) => one.state === 'done' || one.state === 'skipped')) return resultsToReturn(dossier).length > 0 ? 'result-ready' : 'returned';
  return legs.every((one) => one.state === 'waiting' || one.state === 'transfer' || one.state === 'skipped') ? 'received' : 'in-process';
}

// ---------------------------------------------------------------- history

const text = (vi: string, en: string): Text => ({ vi, en });

/** What a citizen reads of each kind; kinds without a line are internal. */
export const historyTexts: Partial<Record<EntryKind, Text>> = {
  'dossier-received': text('Tiếp nhận hồ sơ', 'Dossier received'), 'withdrawal-requested': text('Người dân xin rút hồ sơ', 'Withdrawal requested'), 'withdrawal-decided': text('Trả lời việc rút hồ sơ', 'Withdrawal answered'),
  'supplement-requested': text('Yêu cầu bổ sung hồ sơ', 'Supplement requested'), 'apology-given': text('Xin lỗi và hẹn lại ngày trả', 'Apology and new date'), 'particulars-corrected': text('Sửa thông tin', 'Particulars corrected'),
  'result-charges-opened': text('Thông báo phí, lệ phí khi trả kết quả', 'Fee for the result'), 'consignment-ordered': text('Gửi kết quả qua bưu chính', 'Result handed to the post'), 'result-returned': text('Trả kết quả', 'Result returned'), 'pick-up-ordered': text('Bưu điện đến nhà nhận giấy tờ', 'Papers to be collected at home'), 'result-sent': text('Chuyển kết quả qua bưu chính', 'Result sent by post'), 'originals-sent': text('Gửi bản gốc qua bưu chính', 'Originals sent by post'), 'consignment-confirmed': text('Xác nhận đã nhận bản gốc', 'Receipt of originals confirmed'), 'dossier-stopped': text('Dừng giải quyết', 'Stopped'), 'dossier-closed': text('Kết thúc hồ sơ', 'Dossier closed'),
  'leg-taken-over': text('Cơ quan tiếp nhận xử lý', 'Taken over'), 'officer-assigned': text('Phân công người xử lý', 'Officer assigned'), 'leg-completed': text('Hoàn thành bước', 'Leg completed'), 'completion-confirmed': text('Xác nhận kết quả bước vẫn đúng', 'Completion confirmed'),
  'completion-revoked': text('Thu hồi kết quả bước', 'Completion revoked'), 'result-amended': text('Đính chính kết quả', 'Result corrected'), 'result-revoked': text('Thu hồi một kết quả', 'One result revoked'), 'amendment-refused': text('Cơ sở dữ liệu từ chối đính chính, cấp lại', 'Amendment refused by the register'), 'leg-reopened': text('Mở lại bước', 'Leg reopened'), 'leg-declined': text('Trả lại vì không thuộc thẩm quyền', 'Declined: not competent'), 'leg-rerouted': text('Chuyển đúng cơ quan', 'Rerouted'),
  'leg-stopped': text('Dừng bước', 'Leg stopped'), 'leg-inserted': text('Thêm bước', 'Leg inserted'), 'legs-skipped': text('Bỏ bước', 'Legs skipped'), 'consultation-asked': text('Lấy ý kiến cơ quan liên quan', 'Opinion asked'), 'redo-asked': text('Trả lại cơ quan đã sai để làm lại', 'Sent back to be redone'),
  'charge-opened': text('Thông báo nghĩa vụ tài chính', 'Charge opened'), 'posting-started': text('Niêm yết công khai', 'Public posting'), 'evidence-attached': text('Gắn dữ liệu thay giấy tờ', 'Evidence attached'), 'document-attached': text('Bổ sung tài liệu', 'Document attached'), 'limit-extended': text('Gia hạn', 'Limit extended'),
  'part-told': text('Đã xác định đơn vị hành chính mới', 'New commune determined'), 'opinion-overdue': text('Quá hạn cho ý kiến', 'Opinion overdue'), 'opinion-waived': text('Tiếp tục khi chưa có ý kiến', 'Going on without the opinion'),
  'request-answered': text('Đã có trả lời', 'Answered'), 'request-declined': text('Không chấp nhận yêu cầu', 'Request declined'), 'request-lapsed': text('Hết hạn trả lời', 'No answer in time'), 'charge-paid': text('Đã nộp tiền', 'Paid'), 'charge-cancelled': text('Hủy khoản thu', 'Charge cancelled'),
  'charge-reduced': text('Giảm khoản thu', 'Charge reduced'), 'charge-exempted': text('Miễn khoản thu', 'Charge exempted'), 'charge-refunded': text('Hoàn tiền', 'Refunded'), 'consignment-accepted': text('Bưu điện nhận gửi', 'Accepted by the post'), 'consignment-scanned': text('Bưu gửi đang chuyển', 'Under way by post'), 'consignment-ended': text('Kết thúc bưu gửi', 'Consignment ended'),
  'wait-started': text('Chờ xác nhận hoặc xác minh', 'Waiting for consent or verification'), 'wait-ended': text('Đã có xác nhận hoặc kết quả xác minh', 'Consent or verification came'), 'due-recomputed': text('Tính lại hạn trả', 'Due time recomputed'),
  'rules-adopted': text('Người nộp chọn áp dụng quy định mới', 'New rules chosen by the applicant'),
  'rehomed': text('Chuyển sang cơ quan kế thừa', 'Moved to the successor office'), 'register-refused': text('Cơ sở dữ liệu từ chối', 'Refused by the register'),
};

/** The same at every copy, in whatever order it heard. */
function historyOf(dossier: Dossier): HistoryLine[] {
  const told = dossier.entries.filter(({ kind }) => historyTexts[kind as EntryKind] !== undefined);
  told.sort((a, b) => a.effectiveAt - b.effectiveAt || a.recordedAt - b.recordedAt || (a === b ? 0 : isWrittenBefore(a, b, dossier.entries) ? -1 : 1));
  return told.map((entry) => lineOf(dossier, entry, historyTexts[entry.kind as EntryKind]!));
}

function lineOf(dossier: Dossier, entry: LawEntry, said: Text): HistoryLine {
  const leg = dossier.legs.get(entry.item) ?? dossier.legs.get(dossier.requests.get(entry.item)?.plan.blocks ?? '');
  const by: By | undefined = entry.body.by;
  const office = entry.kind === 'leg-taken-over' ? (entry.body as LawBody<'leg-taken-over'>).office : by?.office ?? leg?.plan.office ?? '';
  const answer = dossier.requests.get(entry.item);
  const detail = answer !== undefined ? answerText(answer.plan.request, entry) ?? said : entry.kind === 'leg-completed' && (entry.body as LawBody<'leg-completed'>).verdict === 'refused' ? legRefused : entry.kind === 'rehomed' ? rehomedText(entry.body as LawBody<'rehomed'>, said) : entry.kind === 'result-amended' && (entry.body as LawBody<'result-amended'>).amendment === 'reissue' ? reissued : said;
  return { at: entry.effectiveAt, recordedAt: entry.recordedAt, kind: entry.kind as EntryKind, leg: leg?.plan.name ?? '', office, officer: by?.officer ?? '', text: detail };
}

/** How a request ended, where its kind alone would tell the citizen of an answer that nobody gave. */
function answerText(asked: RequestPlan['request'], { kind, body }: LawEntry): Text | undefined {
  if (kind === 'request-answered' && (body as LawBody<'request-answered'>).outcome === 'ended') return noLonger;
  if (kind === 'request-answered' && asked === 'supplement') return supplied;
  return kind !== 'request-lapsed' ? undefined : asked === 'posting' ? posted : asked === 'supplement' ? notSupplied : undefined;
}

const noLonger = text('Không chờ nữa', 'Not waited for any more'), supplied = text('Đã nhận hồ sơ bổ sung', 'Supplement received'), notSupplied = text('Hết hạn bổ sung hồ sơ', 'Not completed in time'), posted = text('Hết thời gian niêm yết', 'Posting is over');

/** A leg that ended with a no: nobody who gets it reads that something was completed. */
export const legRefused = text('Từ chối giải quyết', 'Refused');
const reissued = text('Cấp lại kết quả bị mất', 'Lost result issued again');

function rehomedText(body: LawBody<'rehomed'>, said: Text): Text {
  return { vi: `${said.vi}: ${body.fromName.vi} → ${body.toName.vi}`, en: `${said.en}: ${body.fromName.en} → ${body.toName.en}` };
}
