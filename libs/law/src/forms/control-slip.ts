/**
 * Control slip (Phiếu kiểm soát quá trình giải quyết hồ sơ): every handover with both confirmations. A confirmation is the signed entry by which a side gave or took:
 * nothing is entered here that was not written, at its time, by the one whom it binds.
 */
import type { EntryRef, Instant, LawBody, OfficeId, Text } from '../types.ts';
import type { LawContext } from '../context.ts';
import type { Dossier, LawEntry, Leg } from '../dossier.ts';
import { itineraryLegs, predecessors } from '../itinerary.ts';
import { punctualityClasses, punctualityOfLeg } from '../punctuality.ts';
import { dossierDue } from '../limits.ts';
import { entryAt } from './as-issued.ts';
import type { FormContent } from './form-content.ts';
import type { FormBlock, FormFacts } from './form.ts';
import { joined, line, officeText, partyName, printedTime, same, text } from './form-words.ts';

type Context = Pick<LawContext, 'reference' | 'work'>;
export type Confirmation = { readonly office: OfficeId; readonly officer: string; readonly at: Instant; readonly ref: EntryRef };
/** `leg` null: the result went to the applicant. */
export type ConfirmedHandover = { readonly leg: Leg | null; readonly round: number; readonly from: Confirmation; readonly to: Confirmation };

function confirmed(dossier: Dossier, entry: LawEntry, office?: OfficeId): Confirmation {
  const by = entry.body.by, leg = dossier.legs.get(entry.item);
  return { office: office ?? by?.office ?? leg?.takenOver?.office ?? leg?.office ?? dossier.root!.counter, officer: by?.officer ?? '', at: entry.effectiveAt, ref: { author: entry.author, seq: entry.seq } };
}

/** Handovers in the order in which they were taken. */
export function confirmedHandovers(dossier: Dossier): readonly ConfirmedHandover[] {
  const found: ConfirmedHandover[] = [];
  for (const entry of dossier.entries) {
    const leg = entry.kind === 'leg-taken-over' ? dossier.legs.get(entry.item) : undefined;
    if (leg !== undefined) found.push({ leg, round: (entry.body as LawBody<'leg-taken-over'>).round, from: confirmed(dossier, given(dossier, leg, entry)), to: confirmed(dossier, entry, (entry.body as LawBody<'leg-taken-over'>).office) });
    if (entry.kind === 'result-returned') found.push(returned(dossier, entry));
  }
  return found.sort((a, b) => a.to.at - b.to.at || a.to.ref.author.localeCompare(b.to.ref.author, 'en') || a.to.ref.seq - b.to.ref.seq);
}

/** What gave the leg: the entry that addressed it, or the last completion that it waited for. */
function given(dossier: Dossier, leg: Leg, takeover: LawEntry): LawEntry {
  const addressed = takeover.cites.flatMap((ref) => entryAt(dossier, ref) ?? []);
  const before = new Set(predecessors(dossier, leg).map((one) => one.id));
  const completed = dossier.entries.filter((one) => one.kind === 'leg-completed' && before.has(one.item) && one.effectiveAt <= takeover.effectiveAt);
  const origin = entryAt(dossier, dossier.root!.origin)!;
  return [origin, ...addressed, ...completed].reduce((last, one) => (one.effectiveAt >= last.effectiveAt ? one : last));
}

function returned(dossier: Dossier, entry: LawEntry): ConfirmedHandover {
  const results = (entry.body as LawBody<'result-returned'>).results.flatMap((ref) => entryAt(dossier, ref) ?? []);
  const last = results.reduce<LawEntry | undefined>((latest, one) => (latest === undefined || one.effectiveAt >= latest.effectiveAt ? one : latest), undefined);
  return { leg: null, round: 0, from: confirmed(dossier, last ?? entry), to: confirmed(dossier, entry, entry.body.by?.office ?? dossier.root!.returnOffice) };
}

export function controlSlip(dossier: Dossier, facts: FormFacts, context: Context): FormContent {
  const root = dossier.root!, legs = itineraryLegs(dossier), all = confirmedHandovers(dossier);
  const lead = legs.find((one) => one.plan.decides) ?? legs.at(-1);
  const others = [...new Set([...dossier.legs.values()].map((one) => one.office))].filter((one) => one !== lead?.office);
  const due = dossierDue(dossier, context);
  return {
    issuedAt: Math.max(root.receivedAt, ...all.map((one) => one.to.at)), office: officeText(root.counter, context), signatures: [],
    blocks: [
      line(text('Chủ hồ sơ', 'Applicant'), partyName(facts.applicant)), line(text('Nội dung yêu cầu giải quyết', 'Request'), joined(root.body.name, ` (${root.body.procedure})`)), line(text('Thời gian nhận hồ sơ', 'Received'), printedTime(root.receivedAt)),
      line(text('Thời hạn trả kết quả', 'Due'), due.due === null ? text('đang tạm dừng', 'the clock stands') : same(printedTime(due.due)), true), line(text('Cơ quan chủ trì giải quyết', 'Handling office'), lead === undefined ? same('') : officeText(lead.office, context)),
      ...(others.length === 0 ? [] : [{ type: 'list', label: text('Cơ quan phối hợp', 'Coordinating offices'), rows: others.map((one) => officeText(one, context)) } satisfies FormBlock]), table(dossier, all, context),
    ],
  };
}

function table(dossier: Dossier, all: readonly ConfirmedHandover[], context: Context): FormBlock {
  return {
    type: 'table', label: text('Giao nhận hồ sơ, mỗi lần hai bên xác nhận', 'Handovers, each confirmed by both sides'),
    columns: [
      { title: text('STT', 'No.'), share: 0.06 }, { title: text('Việc', 'Work'), share: 0.17 }, { title: text('Bên giao, thời gian, xác nhận', 'Given by, time, confirmation'), share: 0.27 }, { title: text('Bên nhận, thời gian, xác nhận', 'Taken by, time, confirmation'), share: 0.27 },
      { title: text('Kết quả', 'Outcome'), share: 0.12 }, { title: text('Ghi chú', 'Note'), share: 0.11 },
    ],
    rows: all.map((one, n) => [same(String(n + 1)), one.leg === null ? text('Trả kết quả', 'Result returned') : one.leg.plan.title, side(one.from, context), side(one.to, context), outcome(dossier, one, context), note(one)]),
  };
}

/** Office, officer, time and the entry that says so: its author's signature is the confirmation. */
const side = (one: Confirmation, context: Context): Text => joined(officeText(one.office, context), one.officer === '' ? '' : ` – ${one.officer}`, `\n${printedTime(one.at)}\n`, text('xác nhận ', 'confirmed '), printedRef(one.ref));

/** Service and number of an entry, with the first letters of the incarnation: enough to find it in the folder. */
export function printedRef({ author, seq }: EntryRef): string {
  const at = author.lastIndexOf('~');
  return `${author.slice(0, at)}~${author.slice(at + 1, at + 9)}/${seq}`;
}

/** Of a leg that has ended in this round; a running one has no outcome that the entries alone would tell. */
function outcome(dossier: Dossier, { leg, round }: ConfirmedHandover, context: Context): Text {
  if (leg === null || leg.round !== round || leg.completion === null || (leg.status !== 'complete' && leg.status !== 'refused')) return same('');
  const found = punctualityOfLeg(dossier, leg, leg.completion.at, context);
  return found === null ? same('') : punctualityClasses[found.class].title;
}

const note = ({ leg, round }: ConfirmedHandover): Text => joined(round > 1 ? text(`lần ${round}`, `round ${round}`) : '', leg !== null && leg.takenOver?.round === round && leg.extendedDueAt !== null ? text(' gia hạn', ' extended') : '');
