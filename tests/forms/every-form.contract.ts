/** Every form for every procedure of the catalogue: drawn, its text read back from the file, and compared with the folder – not with the form. */
import { formPdf } from '@lienthong/forms-pdf';
import { counterRefusalForm, formOf, wordsKey } from '@lienthong/law';
import type { Dossier, FormFacts, FormKind, Instant, LegPlan, LocalDate } from '@lienthong/law';
import { loadForms } from '@lienthong/reference-data';
import { extractText } from 'unpdf';
import { describe, expect, inject, test } from 'vitest';
import { codes, days, reference, walks } from './dossiers-of-catalogue.ts';
import type { Walked } from './dossiers-of-catalogue.ts';

const editions = loadForms();
const facts: FormFacts = { applicant: { citizen: { fullName: 'Nguyễn Thị Ngọc Huyền', address: '15 Trần Hưng Đạo' } }, contact: { phone: '0905123456', email: 'huyen@vidu.vn' }, secret: 'c0ffee', words: new Map() };
/** Procedures looked at in one run; the others have their turn on other days. */
const share = Math.min(codes.length, Math.max(24, Math.round(inject('size') / 4)));
const first = Number(BigInt(inject('seed')) % BigInt(codes.length));
const chosen = Array.from({ length: share }, (_one, n) => codes[(first + n * 5) % codes.length]!).filter((code, n, all) => all.indexOf(code) === n);

/** Lines break where they must, and the head is written in capitals. */
const pack = (text: string): string => text.replaceAll(/\s+/g, '').toUpperCase();
/** As the law's clock prints it, written out anew: day, month, year and minutes in +07:00. */
function shown(at: Instant): string {
  const local = new Date(at + 7 * 3_600_000).toISOString();
  return `${local.slice(11, 16)} ${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
}
const name = (office: string): string => reference.office(office)!.name.vi;

/** What of the folder must stand on each form. */
const expected: Readonly<Record<FormKind, (dossier: Dossier) => string[]>> = {
  'receipt': ({ root }) => [
    shown(root!.receivedAt), shown(root!.body.startsAt), `Thời gian trả kết quả: ${shown(root!.body.dueAt)}`, name(root!.body.counter), '15 Trần Hưng Đạo', '0905123456', 'huyen@vidu.vn',
    ...reference.procedure(root!.body.procedure, root!.body.procedureFrom)!.documents.map((one) => one.name.vi), ...legs(root!.body.items).flatMap((one) => [name(one.office), one.title.vi, shown(one.plannedDue!)]),
    ...(root!.body.resultFees ?? []).flatMap((one) => [one.name.vi, one.amount.toLocaleString('de-DE')]),
  ],
  'supplement': (dossier) => [...dossier.requests.values()].filter((one) => one.plan.request === 'supplement').flatMap((one) => [one.plan.ground, shown(one.plan.fallsDueAt!), 'thiếu chữ ký', ...one.plan.documents!.map((code) => reference.procedure(dossier.root!.body.procedure, dossier.root!.body.procedureFrom)!.documents.find((it) => it.code === code)!.name.vi)]),
  'refusal': (dossier) => dossier.entries.filter((one) => one.kind === 'leg-completed').flatMap((one) => [shown(one.effectiveAt), '1/2026/NĐ-CP', 'không đủ điều kiện', name(one.body.by!.office)]),
  'apology': ({ root }) => [shown(root!.apology!.newDueAt), shown(root!.limit.dueAt), 'mưa lũ kéo dài'],
  'stop': ({ root }) => [shown(root!.stopped!.at), 'Quá thời hạn mà hồ sơ không được bổ sung', ...root!.body.documents.map((one) => reference.procedure(root!.body.procedure, root!.body.procedureFrom)!.documents.find((it) => it.code === one.document)!.name.vi)],
  'control-slip': (dossier) => dossier.entries.filter((one) => one.kind === 'leg-taken-over').flatMap((one) => [shown(one.effectiveAt), name((one.body as { readonly office: string }).office), dossier.legs.get(one.item)!.plan.title.vi, `/${one.seq}`])
    .concat(dossier.root!.returned.map((one) => shown(one.at)), [...dossier.legs.values()].flatMap((leg) => (leg.completion === null ? [] : [shown(leg.completion.at)])).filter((_one, n, all) => n < all.length - 1 || dossier.root!.returned.length > 0)),
  'tracking-book': ({ root }) => ['07', shown(root!.receivedAt), name(root!.counter), '15 Trần Hưng Đạo; 0905123456; huyen@vidu.vn'],
};
const legs = (items: readonly { readonly type: string }[] = []): LegPlan[] => items.filter((one): one is LegPlan => one.type === 'leg' && (one as LegPlan).task !== true);

/** The text of the file, page after page. */
async function drawn(kind: FormKind, { dossier, context }: Walked): Promise<string> {
  const said = dossier.entries.find((one) => one.kind === 'supplement-asked');
  const form = formOf(kind, dossier, editions, { ...facts, words: new Map(said === undefined ? [] : [[wordsKey(said), 'thiếu chữ ký']]) }, context);
  if ('refusal' in form) throw new Error(`${kind}: ${form.refusal.code}`);
  const bytes = await formPdf(form, { language: 'vi', trackUrl: 'http://127.0.0.1:8080/track/x?s=c0ffee' });
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
  expect(pack(text)).toContain(pack(`Mẫu số ${form.edition.number}, ${form.edition.source.act}`));
  return pack(text);
}

/** What a counter did not receive: every document of the procedure is missing. */
async function compareRefusal(code: string, on: LocalDate): Promise<void> {
  const procedure = reference.procedure(code, on)!, at = Date.parse(`${on}T09:05:00+07:00`), office = reference.offices.find((one) => one.roles.includes('counter') && one.validFrom <= on && (one.validTo === null || on <= one.validTo))!;
  const form = counterRefusalForm({ number: 7, year: on.slice(0, 4), office: office.id, officer: 'cb-04', at, procedure: code, procedureFrom: on, applicant: facts.applicant!, contact: facts.contact!, ground: '61/2018/NĐ-CP, Điều 17', reason: 'thiếu chữ ký', missing: procedure.documents.map((one) => one.code), rehearsal: false }, editions, { reference });
  if ('refusal' in form) throw new Error(form.refusal.code);
  const { text } = await extractText(new Uint8Array(await formPdf(form, { language: 'vi', trackUrl: '' })), { mergePages: true }), found = pack(text);
  const wanted = [`Mẫu số 03, ${form.edition.source.act}`, `TC-7-${on.slice(0, 4)}-${office.id}`, `Số: 07/${on.slice(0, 4)}`, shown(at), office.name.vi, `${procedure.name.vi} (${code})`, 'Nguyễn Thị Ngọc Huyền', '15 Trần Hưng Đạo', '0905123456', 'thiếu chữ ký', '61/2018/NĐ-CP, Điều 17', 'cb-04', ...procedure.documents.map((one) => one.name.vi)];
  expect([form.edition.number, wanted.filter((one) => !found.includes(pack(one)))]).toEqual(['03', []]);
}

async function compare(kind: FormKind, walked: Walked): Promise<void> {
  const text = await drawn(kind, walked), { body } = walked.dossier.root!;
  const missing = [body.code, `${body.name.vi} (${body.procedure})`, 'Nguyễn Thị Ngọc Huyền', ...expected[kind](walked.dossier)].filter((one) => !text.includes(pack(one)));
  expect([kind, missing]).toEqual([kind, []]);
}

/** With a line in the book, as intake enters it. */
const entered = (walked: Walked): Walked => { walked.dossier.root!.book = { office: walked.dossier.root!.counter, year: '2026', number: 7 }; return walked; };
/** Milliseconds for all forms of one procedure on a loaded machine. */
const procedureMs = 120_000;

describe.each(days)('every form of a dossier received on %s', (on: LocalDate) => {
  test.each(chosen)('%s', async (code) => {
    const walked = walks(code, on);
    if (walked === null) return expect(reference.procedure(code, on)).toBeUndefined();
    entered(walked.worked);
    for (const kind of ['receipt', 'control-slip', 'tracking-book'] as const) await compare(kind, walked.worked);
    await compare('supplement', walked.asked);
    await compare('refusal', walked.refused);
    await compareRefusal(code, on);
    if (on >= '2025-09-15') await compare('stop', walked.stopped);
    if (walked.apologised !== null) await compare('apology', walked.apologised);
  }, procedureMs);
});
