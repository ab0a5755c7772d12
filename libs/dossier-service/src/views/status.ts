/** How a dossier stands, in plain words: what the tracking page and the counter show. */
import { dossier as pb } from '@lienthong/contract';
import { clockOf, historyTexts, isBeingPlaced, legRefused, punctualityOfDossier, requestDue, requiredDocument, startOfDossier, track } from '@lienthong/law';
import type { Dossier, DossierState, FolderId, Instant, ItemId, LegSuspension, LegView, Said, Text, Tracking } from '@lienthong/law';
import type { Host } from '../host.ts';
import { wordsOf } from '../words-beside.ts';
import { legView, officeText, time } from './legs.ts';
import type { ViewContext } from './legs.ts';
import { chargeView, consignmentView } from './money-and-post.ts';
import { resultViews } from './results.ts';

const states: Readonly<Record<DossierState, pb.DossierState>> = {
  'received': pb.DossierState.RECEIVED, 'in-process': pb.DossierState.IN_PROCESS, 'waiting-for-citizen': pb.DossierState.WAITING_FOR_CITIZEN, 'waiting-for-payment': pb.DossierState.WAITING_FOR_PAYMENT,
  'result-ready': pb.DossierState.RESULT_READY, 'returned': pb.DossierState.RETURNED, 'refused': pb.DossierState.REFUSED, 'withdrawn': pb.DossierState.WITHDRAWN, 'stopped': pb.DossierState.STOPPED,
};
const ways = { counter: pb.ReturnWay.COUNTER, post: pb.ReturnWay.POST, online: pb.ReturnWay.ONLINE } as const;
const causes: Readonly<Record<LegSuspension['cause'], { readonly code: pb.SuspensionCause; readonly text: Text }>> = {
  supplement: { code: pb.SuspensionCause.SUPPLEMENT, text: { vi: 'Chờ người dân bổ sung hồ sơ', en: 'Waiting for the citizen to complete papers' } },
  payment: { code: pb.SuspensionCause.PAYMENT, text: { vi: 'Chờ thực hiện nghĩa vụ tài chính', en: 'Waiting for payment' } },
  posting: { code: pb.SuspensionCause.POSTING, text: { vi: 'Niêm yết công khai', en: 'Public posting' } },
  redo: { code: pb.SuspensionCause.REDO, text: { vi: 'Chờ cơ quan trước làm lại', en: 'Waiting for an earlier office to redo its work' } },
  consultation: { code: pb.SuspensionCause.CONSULTATION, text: { vi: 'Chờ ý kiến cơ quan liên quan', en: 'Waiting for an opinion' } },
  consent: { code: pb.SuspensionCause.CONSENT, text: { vi: 'Chờ người dân xác nhận, đồng ý', en: 'Waiting for a person\'s consent' } },
  'verification-abroad': { code: pb.SuspensionCause.VERIFICATION_ABROAD, text: { vi: 'Chờ xác minh ở nước ngoài', en: 'Waiting for verification abroad' } },
  outage: { code: pb.SuspensionCause.OUTAGE, text: { vi: 'Sự cố hệ thống đã thông báo', en: 'Announced failure of the systems' } },
};

/** `now`: real time. `full`: the caller is the applicant, a counter or an office of the dossier. */
export function dossierStatus(dossier: Dossier, context: ViewContext, now: Instant, full: boolean): pb.DossierStatus {
  const root = dossier.root!;
  const tracking = track(dossier, context);
  return {
    code: root.body.code, procedure: root.body.procedure, procedureName: root.rules.name, state: states[tracking.state], stateText: tracking.stateText, closed: root.closed !== null, rehearsal: root.body.rehearsal,
    receivedTime: new Date(root.receivedAt), startTime: new Date(startOfDossier(dossier, context)), dueTime: time(tracking.due), suspendedSinceTime: time(tracking.suspendedSince),
    provisional: root.limit.provisional || tracking.suspendedSince !== null, current: tracking.current.map((one) => legView(dossier, one.leg, context, full ? now : null)), next: nextSteps(dossier, tracking, context),
    suspensions: tracking.suspensions.map((one) => suspensionView(dossier, one)), history: historyViews(dossier, tracking, context), charges: [...dossier.charges.values()].map(chargeView),
    consignments: [...dossier.consignments.values()].map((one) => consignmentView(one, dossier)), results: resultViews(dossier, full), returnWay: ways[root.body.return.way],
    notices: [], late: punctualityOfDossier(dossier, clockOf(dossier, now), context)?.class === 'running-late', earlierCode: root.body.earlier?.code ?? '', returnOfficeName: root.body.return.way === 'counter' ? officeText(context, root.returnOffice) : undefined,
  };
}

/** What offices wrote to the applicant; whoever calls this has checked that the caller may read it. */
export async function noticesOf(host: Host, folder: FolderId, root: ItemId, said: readonly Said[]): Promise<pb.Notice[]> {
  return (await wordsOf(host, folder, root, said)).map(({ at, kind, by, texts }) => ({
    time: new Date(at), kind, title: kind === 'leg-completed' ? legRefused : historyTexts[kind === 'supplement-asked' ? 'supplement-requested' : kind], office: by?.office ?? '', officeName: by === null ? undefined : officeText(host.environment, by.office), text: texts['reason'] ?? texts['explanation'] ?? '',
  }));
}

/** Where the dossier stands as a whole. */
export function portalState(dossier: Dossier, context: ViewContext): pb.DossierState {
  return states[track(dossier, context).state];
}

function nextSteps(dossier: Dossier, tracking: Tracking, context: ViewContext): pb.NextStep[] {
  if (dossier.root!.closed !== null) return [];
  const citizen: pb.NextStep[] = [];
  if (tracking.state === 'waiting-for-payment') citizen.push({ text: { vi: 'Người nộp thực hiện nghĩa vụ tài chính', en: 'The applicant pays' }, office: '', officeName: undefined, dueTime: undefined });
  if (tracking.state === 'waiting-for-citizen') citizen.push(supplementStep(dossier, context));
  const unplaced = tracking.current.filter(({ leg }) => isBeingPlaced(leg, context));
  const legs = [...unplaced, ...tracking.next].map((one) => stepOf(one, context));
  return [...citizen, ...legs, ...(withoutResult.has(tracking.state) ? [] : [handingOut(dossier, tracking, context)])];
}

/** Which papers are to be brought, and until when: silence ends the dossier. */
function supplementStep(dossier: Dossier, context: ViewContext): pb.NextStep {
  const asked = [...dossier.requests.values()].find((one) => one.plan.request === 'supplement' && one.ended === null);
  const names = (asked?.plan.documents ?? []).map((code) => requiredDocument(dossier, code, context)?.name ?? { vi: code, en: code });
  const all = (language: 'vi' | 'en'): string => (names.length === 0 ? '' : `: ${names.map((one) => one[language]).join('; ')}`);
  return {
    text: { vi: `Người nộp bổ sung hồ sơ${all('vi')}`, en: `The applicant completes the papers${all('en')}` }, office: '', officeName: undefined,
    dueTime: asked === undefined ? undefined : time(requestDue(dossier, asked, context)),
  };
}

const withoutResult: ReadonlySet<DossierState> = new Set(['returned', 'withdrawn', 'stopped']);
const handedOut: Readonly<Record<keyof typeof ways, Text>> = {
  counter: { vi: 'Trả kết quả cho người nộp', en: 'The result is returned' }, post: { vi: 'Gửi kết quả qua bưu chính cho người nộp', en: 'The result is sent by post' }, online: { vi: 'Trả kết quả trực tuyến', en: 'The result is returned online' },
};

/** The last step of every dossier that comes to a result. */
function handingOut(dossier: Dossier, tracking: Tracking, context: ViewContext): pb.NextStep {
  const { returnOffice, body } = dossier.root!;
  return { text: handedOut[body.return.way], office: returnOffice, officeName: officeText(context, returnOffice), dueTime: time(tracking.due) };
}

/** Of a leg whose office said that it is not competent, first that the counter looks for the one that is. */
function stepOf(view: LegView, context: ViewContext): pb.NextStep {
  const { title } = view.leg.plan;
  const text = isBeingPlaced(view.leg, context) ? { vi: `Bộ phận một cửa tìm cơ quan có thẩm quyền cho bước: ${title.vi}`, en: `The counter looks for the competent office for: ${title.en}` } : title;
  return { text, office: view.office, officeName: officeText(context, view.office), dueTime: time(view.plannedDue) };
}

function suspensionView(dossier: Dossier, one: LegSuspension): pb.Suspension {
  const cause = causes[one.cause];
  const text = { vi: `${cause.text.vi} (${one.ground})`, en: `${cause.text.en} (${one.ground})` };
  return { leg: one.leg, legName: dossier.legs.get(one.leg)?.plan.name ?? '', cause: cause.code, item: one.item, text, startTime: new Date(one.from), endTime: time(one.to), openedByOffice: one.openedBy?.office ?? '', closedByOffice: one.closedBy?.office ?? '' };
}

/** Lines about the work of a leg say which. */
function historyViews(dossier: Dossier, tracking: Tracking, context: ViewContext): pb.HistoryLine[] {
  const titles = new Map([...dossier.legs.values()].map((leg) => [leg.plan.name, leg.plan.title]));
  const named = (kind: string, said: Text, leg: string): Text => {
    const title = /^(leg|completion)-/.test(kind) ? titles.get(leg) : undefined;
    return title === undefined ? said : { vi: `${said.vi}: ${title.vi}`, en: `${said.en}: ${title.en}` };
  };
  return tracking.history.map((line) => ({
    time: new Date(line.at), text: named(line.kind, line.text, line.leg), office: line.office, officeName: line.office === '' ? undefined : officeText(context, line.office), legName: line.leg, kind: line.kind,
  }));
}

