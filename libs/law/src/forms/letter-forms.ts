/** Forms that an office writes to the applicant: what to bring, why not, why later, why no further. Each as of the entry by which it was issued. */
import type { Bodies, Text } from '../types.ts';
import type { LawContext } from '../context.ts';
import type { Dossier, LawEntry } from '../dossier.ts';
import { refusedBy } from '../itinerary.ts';
import { dossierDue } from '../limits.ts';
import { supplementRequest } from '../requests.ts';
import { asIssued, entryAt } from './as-issued.ts';
import type { FormContent } from './form-content.ts';
import { wordsKey } from './form.ts';
import type { FormBlock, FormFacts } from './form.ts';
import { documentName, joined, line, officeText, printedTime, same, text, whose } from './form-words.ts';

type Context = Pick<LawContext, 'reference' | 'work'>;
/** Null: none was issued in this dossier. */
type Letter = (dossier: Dossier, facts: FormFacts, context: Context) => FormContent | null;

const reasonLabel = text('Lý do', 'Reason'), groundLabel = text('Căn cứ', 'Ground'), receivedLabel = text('Thời gian nhận hồ sơ', 'Received'), dueLabel = text('Thời hạn trả kết quả đã hẹn', 'Due as promised');

/** What was said beside the entry, or in it where it is old. */
function reasonOf(entry: LawEntry, facts: FormFacts): string {
  const { reason, explanation } = entry.body as { readonly reason?: string; readonly explanation?: string };
  // There `reason` is a word of the law's own.
  const written = entry.kind === 'leg-stopped' ? explanation : reason ?? explanation;
  return facts.words.get(wordsKey(entry)) ?? written ?? '';
}
const said = (reason: string): FormBlock[] => (reason === '' ? [] : [line(reasonLabel, reason)]);
/** The office that speaks: whose officer wrote, else the counter. */
const speaker = (dossier: Dossier, entry: LawEntry): string => entry.body.by?.office ?? dossier.legs.get(entry.item)?.office ?? dossier.root!.counter;

function letter(dossier: Dossier, entry: LawEntry, facts: FormFacts, context: Context, blocks: readonly FormBlock[], signer: Text): FormContent {
  const officer = entry.body.by?.officer ?? '';
  return {
    issuedAt: entry.effectiveAt, office: officeText(speaker(dossier, entry), context), blocks: [...whose(dossier, facts), line(receivedLabel, printedTime(dossier.root!.receivedAt)), ...blocks],
    signatures: [{ title: signer, name: officer }],
  };
}

/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: once, in full, with reasons (NĐ 309/2026 art. 8.1). */
export const supplementForm: Letter = (dossier, facts, context) => {
  const request = supplementRequest(dossier), entry = request === undefined ? undefined : entryAt(dossier, request.createdBy);
  if (request === undefined || entry === undefined) return null;
  return letter(dossier, entry, facts, context, [
    { type: 'list', label: text('Giấy tờ cần bổ sung, hoàn thiện', 'To be added or completed'), rows: (request.plan.documents ?? []).map((code) => documentName(dossier, code, context)) },
    ...said(reasonOf(entry, facts)), line(groundLabel, request.plan.ground), line(text('Nộp bổ sung trước', 'To be handed in before'), printedTime(request.plan.fallsDueAt), true),
    line(text('Nơi nhận bổ sung', 'To be handed in at'), joined(officeText(dossier.root!.counter, context), text(' hoặc bộ phận một cửa bất kỳ', ' or any counter'))),
    { type: 'words', text: text('Quá thời hạn trên mà chưa bổ sung, hồ sơ được dừng giải quyết.', 'What is not handed in by then stops the dossier.') },
  ], text('NGƯỜI HƯỚNG DẪN', 'ISSUED BY'));
};

/** Phiếu từ chối tiếp nhận, giải quyết hồ sơ: in writing, with its reason (NĐ 61/2018 art. 19.8). */
export const refusalForm: Letter = (dossier, facts, context) => {
  const completion = refusedBy(dossier)?.completion ?? null, entry = completion === null ? undefined : entryAt(dossier, completion.ref);
  if (completion === null || entry === undefined) return null;
  const ground = completion.ground === '' ? dossier.legs.get(entry.item)!.plan.act : completion.ground;
  return letter(dossier, entry, facts, context, [...said(reasonOf(entry, facts)), line(groundLabel, ground), line(text('Thời điểm từ chối', 'Refused'), printedTime(entry.effectiveAt))], text('THỦ TRƯỞNG CƠ QUAN', 'HEAD OF THE OFFICE'));
};

/** Phiếu xin lỗi và hẹn lại ngày trả kết quả: once, before the due day (NĐ 61/2018 art. 19.9). */
export const apologyForm: Letter = (dossier, facts, context) => {
  const entry = dossier.entries.find((one) => one.kind === 'apology-given' && one.item === dossier.root!.id), apology = dossier.root!.apology;
  if (entry === undefined || apology === null) return null;
  const { apology: given, ...rest } = asIssued(dossier, entry).root!;
  const promised = given === null ? null : dossierDue({ ...asIssued(dossier, entry), root: { ...rest, apology: null } }, context).due;
  return letter(dossier, entry, facts, context, [
    line(dueLabel, printedTime(promised ?? dossier.root!.limit.dueAt)), ...said(reasonOf(entry, facts)), line(text('Hẹn lại thời gian trả kết quả', 'New due time'), printedTime(apology.newDueAt), true),
    { type: 'words', text: text('Cơ quan giải quyết xin lỗi vì sự chậm trễ này.', 'The office apologises for this delay.') },
  ], text('THỦ TRƯỞNG CƠ QUAN', 'HEAD OF THE OFFICE'));
};

const causes: Readonly<Record<string, Text>> = {
  'supplement-lapsed': text('Quá thời hạn mà hồ sơ không được bổ sung', 'Not completed in time'), 'stopped-by-office': text('Cơ quan giải quyết dừng hồ sơ', 'Stopped by the office'), 'withdrawn': text('Người nộp rút hồ sơ', 'Withdrawn by the applicant'),
};

/** Thông báo dừng giải quyết hồ sơ: why, on what ground, who asked, and which papers go back. */
export const stopForm: Letter = (dossier, facts, context) => {
  const entry = stopping(dossier);
  if (entry === undefined) return null;
  const { reason, ground: byLaw } = entry.body as { readonly reason?: string; readonly ground?: string }, cause = entry.kind === 'withdrawal-decided' ? 'withdrawn' : reason ?? '';
  const spoken = entry.cites.map((ref) => entryAt(dossier, ref)).find((one) => one !== undefined), asker = spoken?.body.by?.office ?? dossier.root!.counter;
  // What the officer named, where an officer stopped it.
  const ground = spoken?.kind === 'leg-stopped' ? (spoken.body as Bodies['leg-stopped']).ground ?? byLaw : byLaw;
  return letter(dossier, entry, facts, context, [
    line(reasonLabel, causes[cause] ?? same(cause), true), ...(spoken === undefined ? [] : said(reasonOf(spoken, facts))), ...(ground === undefined ? [] : [line(groundLabel, ground)]),
    line(text('Bên đề nghị dừng', 'Asked by'), cause === 'withdrawn' ? causes['withdrawn']! : cause === 'supplement-lapsed' ? text('theo quy định, không cần đề nghị', 'by law, without being asked') : officeText(asker, context)),
    line(text('Thời điểm dừng', 'Stopped'), printedTime(entry.effectiveAt)), ...papers(dossier, context),
  ], text('THỦ TRƯỞNG CƠ QUAN', 'HEAD OF THE OFFICE'));
};

function stopping(dossier: Dossier): LawEntry | undefined {
  const { stopped, withdrawalOutcome } = dossier.root!;
  if (stopped !== null) return entryAt(dossier, stopped.ref);
  return withdrawalOutcome === 'withdrawn' ? dossier.entries.findLast((one) => one.kind === 'withdrawal-decided') : undefined;
}

/** Papers that were handed in, which go back. */
function papers(dossier: Dossier, context: Context): FormBlock[] {
  const handed = dossier.root!.documents.filter((one) => one.origin.type === 'presented');
  return handed.length === 0 ? [] : [{ type: 'list', label: text('Giấy tờ trả lại', 'Papers returned'), rows: handed.map((one) => documentName(dossier, one.document, context)) }];
}
