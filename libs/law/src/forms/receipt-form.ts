/** Receipt and appointment (Giấy tiếp nhận hồ sơ và hẹn trả kết quả): the due time of the whole and of each office, what is owed, and what is not certain yet. */
import type { ChargePlan, DocumentRecord, LegPlan, ResultFee, Text } from '../types.ts';
import type { LawContext } from '../context.ts';
import type { Dossier, Root } from '../dossier.ts';
import type { FormBlock, FormFacts } from './form.ts';
import { documentName, joined, line, officeText, partyName, printedDong, printedNumber, printedSpan, printedTime, same, text, whose } from './form-words.ts';
import type { FormContent } from './form-content.ts';

type Context = Pick<LawContext, 'reference' | 'work'>;
const provisional = text('tạm tính, lịch nghỉ chưa công bố', 'provisional: the calendar is not announced yet');

export function receiptForm(dossier: Dossier, facts: FormFacts, context: Context): FormContent {
  const root = dossier.root!, { body } = root;
  const { adoption } = root;
  const recomputed = root.limit.recomputed === 0 && adoption === null ? [] : [line(text('Thời gian trả kết quả tính lại', 'Result due as computed again'), dueText(root.limit.dueAt, root.limit.provisional), true)];
  return {
    issuedAt: root.receivedAt, office: officeText(body.counter, context),
    blocks: [
      ...bookNumber(dossier), ...whose(dossier, facts), documents(dossier, context), line(text('Số lượng hồ sơ', 'Sets'), text('01 bộ', '1')), line(text('Thời gian giải quyết theo quy định', 'Time allowed'), printedSpan(body.limit)),
      line(text('Thời gian nhận hồ sơ', 'Received'), joined(printedTime(root.receivedAt), late(dossier), earlier(dossier))), line(text('Tính thời hạn từ', 'Time counts from'), joined(printedTime(body.startsAt), competent(dossier))),
      line(text('Thời gian trả kết quả', 'Result due'), dueText(body.dueAt, body.provisional), true), ...adopted(root, dossier, context), ...recomputed, way(dossier, context), offices(dossier, context), ...charges(dossier),
    ],
    signatures: [{ title: text('NGƯỜI NỘP HỒ SƠ', 'SUBMITTED BY'), name: partyName(facts.submitter?.party) || partyName(facts.applicant) }, { title: text('NGƯỜI TIẾP NHẬN HỒ SƠ', 'RECEIVED BY'), name: body.by?.officer ?? '' }],
  };
}

const bookNumber = ({ root }: Dossier): FormBlock[] => (root!.book === null ? [] : [line(text('Số thứ tự trong sổ theo dõi', 'Number in the tracking book'), `${printedNumber(root!.book)}/${root!.book.year}`)]);
const dueText = (due: number, uncertain: boolean): Text => joined(printedTime(due), ...(uncertain ? [' (', provisional, ')'] : []));
/** NĐ 309/2026 art. 8.3: of boundary-free intake the clock starts with the competent office's own receipt. */
/** Since when, by which act and with what the applicant has chosen new rules; empty: never. */
function adopted({ adoption, rules, body, documents }: Root, dossier: Dossier, context: Context): FormBlock[] {
  if (adoption === null) return [];
  const given = documents.slice(body.documents.length).map((one) => joined(documentName(dossier, one.document, context), ' (', origins[one.origin.type], ')'));
  return [
    line(text('Áp dụng quy định mới từ', 'Under new rules since'), joined(printedTime(adoption.at), ` (${adoption.ground})`)), line(text('Thời gian giải quyết theo quy định mới', 'Time allowed by them'), printedSpan(rules.limit)),
    ...given.length === 0 ? [] : [{ type: 'list' as const, label: text('Giấy tờ nộp thêm theo quy định mới', 'Papers given for the new rules'), rows: given }],
  ];
}

const competent = (dossier: Dossier): Text => (dossier.root!.body.clock === undefined ? same('') : text(' (dự kiến: khi cơ quan có thẩm quyền tiếp nhận)', ' (expected: with the receipt by the competent office)'));
const late = (dossier: Dossier): Text => (dossier.root!.body.lateRecord === undefined ? same('') : joined(text(' (nhận giấy khi có sự cố: ', ' (taken on paper in an outage: '), dossier.root!.body.lateRecord.ground, ')'));
const earlier = (dossier: Dossier): Text => { const { earlier: one } = dossier.root!.body; return one === undefined ? same('') : joined(text(' (hệ thống trước: ', ' (earlier system: '), `${one.system}, ${one.code})`); };

const origins: Readonly<Record<DocumentRecord['origin']['type'], Text>> = { upload: text('tệp điện tử', 'file'), presented: text('bản giấy', 'paper'), evidence: text('dữ liệu thay giấy tờ', 'data in place of paper') };

function documents(dossier: Dossier, context: Context): FormBlock {
  const { procedure, procedureFrom, documents: given } = dossier.root!.body;
  const required = context.reference.procedure(procedure, procedureFrom)?.documents ?? [];
  const count = (code: string, which: 'originals' | 'copies', { origin }: DocumentRecord): Text => same(origin.type === 'presented' ? String(required.find((one) => one.code === code)?.[which] ?? '') : '–');
  return {
    type: 'table', label: text('Thành phần hồ sơ nộp gồm', 'Documents handed in'),
    columns: [{ title: text('STT', 'No.'), share: 0.07 }, { title: text('Tên thành phần hồ sơ', 'Document'), share: 0.52 }, { title: text('Bản chính', 'Original'), share: 0.11 }, { title: text('Bản sao', 'Copy'), share: 0.1 }, { title: text('Hình thức', 'As'), share: 0.2 }],
    rows: given.map((one, n) => [same(String(n + 1)), documentName(dossier, one.document, context), count(one.document, 'originals', one), count(one.document, 'copies', one), origins[one.origin.type]]),
  };
}

function way(dossier: Dossier, context: Context): FormBlock {
  const { body, returnOffice } = dossier.root!;
  const said = { counter: text('tại bộ phận một cửa', 'at the counter'), post: text('qua bưu chính công ích', 'by post'), online: text('trực tuyến', 'online') }[body.return.way];
  return line(text('Nhận kết quả', 'Result'), body.return.way === 'counter' ? joined(said, ': ', officeText(returnOffice, context)) : said);
}

/** The office and the due time of every leg, as planned at receipt. */
function offices(dossier: Dossier, context: Context): FormBlock {
  const legs = (dossier.root!.body.items ?? []).filter((one): one is LegPlan => one.type === 'leg' && one.task !== true);
  return {
    type: 'table', label: text('Cơ quan giải quyết và thời hạn của từng cơ quan', 'Offices and the due time of each'),
    columns: [{ title: text('STT', 'No.'), share: 0.07 }, { title: text('Cơ quan', 'Office'), share: 0.38 }, { title: text('Việc', 'Work'), share: 0.23 }, { title: text('Thời hạn', 'Limit'), share: 0.14 }, { title: text('Hạn', 'Due'), share: 0.18 }],
    rows: legs.map((leg, n) => [same(String(n + 1)), officeText(leg.office, context), leg.title, printedSpan(leg.limit), same(printedTime(leg.plannedDue))]),
  };
}

function charges(dossier: Dossier): FormBlock[] {
  const { items = [], resultFees = [] } = dossier.root!.body;
  const rows = (of: readonly (ChargePlan | ResultFee)[]): Text[] => of.map((one) => joined(one.name, `: ${printedDong(one.amount)} đồng`));
  const block = (label: Text, of: readonly Text[]): FormBlock[] => (of.length === 0 ? [] : [{ type: 'list', label, rows: of }]);
  return [
    ...block(text('Phí, lệ phí khi nộp hồ sơ', 'Fees and charges at filing'), rows(items.filter((one): one is ChargePlan => one.type === 'charge'))),
    ...block(text('Phí, lệ phí khi trả kết quả', 'Fees and charges for the result'), rows(resultFees)),
  ];
}
