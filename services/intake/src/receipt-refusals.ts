/** Refusals at the counter before there is a dossier (form 03): numbered in a series of counter and year, kept as records of their own, printed and counted. */
import { intake } from '@lienthong/contract';
import { actingFor, everyRecord, markRequest, numberSeries, officeText, ownRecords, periodOf, rememberedPepper, sideOf } from '@lienthong/dossier-service';
import type { Host, NumberSeries, Register, RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { addDays, counterRefusalForm, localDate, refusalCode, refuse } from '@lienthong/law';
import type { CounterRefusal, Form, OfficeId } from '@lienthong/law';
import { drawn, streamed } from './forms.ts';
import type { Forms } from './forms.ts';
import { refusalAsked } from './refusal-asked.ts';
import type { AskedRefusal } from './refusal-asked.ts';
import { lastNumber, seriesOf, sideOfSeries } from './tracking-book/book-rules.ts';

/** `request`: what it was asked with. */
export type KeptRefusal = CounterRefusal & { readonly request: string };
export type Refusals = { readonly host: Host; readonly numbers: NumberSeries; of(side: Side): Register<KeptRefusal> };

/** Fields by which a refusal is found. */
const byCode = 'code', byDay = 'day', byDate = 'date', byNumber = 'number';
/** Refusals that one answer shows; all are counted. */
export const maxRefusalsShown = 1_000;
/** Folders of one request that others may have touched before a number stays. */
const maxTries = 5;

const dayKey = (office: OfficeId, day: string): string => `${office}|${day}`;
const numberKey = (series: string, number: number): string => `${series}/${number}`;
const seriesOfRefusal = ({ rehearsal, office, year }: Pick<CounterRefusal, 'rehearsal' | 'office' | 'year'>): string => seriesOf({ side: sideOf(rehearsal), office, year });

export function receiptRefusals(host: Host): Refusals {
  const keysOf = (one: KeptRefusal): Record<string, string[]> => ({ [byCode]: [refusalCode(one)], [byDay]: [dayKey(one.office, localDate(one.at))], [byDate]: [localDate(one.at)], [byNumber]: [numberKey(seriesOfRefusal(one), one.number)] });
  const of = ownRecords<KeptRefusal>(host, 'refusal', keysOf, rememberedPepper(host));
  const borne = async (series: string, number: number): Promise<boolean> => (await of(sideOfSeries(series)).find(byNumber, numberKey(series, number), 1)).length > 0;
  // A folder that is there bears the number with which it was opened: see `open`.
  return { host, of, numbers: numberSeries(host, { name: 'refusals', last: lastNumber, sideOf: sideOfSeries, fate: () => 'used', borne }) };
}

export async function refuseReceipt(refusals: Refusals, request: intake.RefuseReceiptRequest, call: Call): Promise<intake.RefuseReceiptResponse> {
  const by = actingFor(call, request.office), content = intake.RefuseReceiptRequest.encode(request).finish(), mark = markRequest(request.requestId, content, refusals.host.world);
  const register = refusals.of(sideOf(request.rehearsal !== undefined)), known = await register.get(keyOf(by.office, mark, 0));
  const kept = known?.facts ?? await keptOrNew(refusals, { ...refusalAsked(refusals.host, request), office: by.office, officer: by.officer, request: mark.mark }, mark, content);
  if (kept.request !== mark.mark) throw new HubError('REQUEST_ID_REUSED', { request: mark.id }, { field: 'request_id' });
  return { refusal: refusalCode(kept), number: kept.number, year: kept.year, refuseTime: new Date(kept.at) };
}

const keyOf = (office: OfficeId, { id }: RequestMark, n: number): string => `${office}|${id}|${n}`;

type New = AskedRefusal & Pick<KeptRefusal, 'office' | 'officer' | 'request'>;

/** One refusal for a counter and request, for ever. The number is lent before it is written; a folder that was touched meanwhile has lost it, and the next one is tried. */
async function keptOrNew({ of, numbers }: Refusals, asked: New, mark: RequestMark, content: Uint8Array): Promise<KeptRefusal> {
  const register = of(sideOf(asked.rehearsal)), year = localDate(asked.at).slice(0, 4);
  for (let n = 0; n < maxTries; n++) {
    const key = keyOf(asked.office, mark, n), known = await register.get(key);
    if (known !== undefined) return known.facts;
    const { number, done } = await numbers.lend(seriesOfRefusal({ ...asked, year }), { folder: await register.folderOf(key), item: 'refusal' });
    let borne = false;
    try {
      // Who came at the same time with the same request is answered by what was written first.
      borne = await register.open(key, { ...asked, number, year }, mark.id, content);
      if (borne) return (await register.get(key))!.facts;
    } finally {
      done(borne);
    }
  }
  throw new HubError('CONFLICT_PERSISTS', { folder: asked.office, attempts: String(maxTries) });
}

export async function* getRefusalForm(refusals: Refusals, forms: Forms, request: intake.GetRefusalFormRequest, call: Call): AsyncIterable<intake.GetRefusalFormResponse> {
  const { office } = actingFor(call, request.office);
  yield* streamed(await drawn(forms, await formNumbered(refusals, forms, office, request.refusal), request, call));
}

/** One that another counter issued looks like one that nobody did. */
async function formNumbered({ host, of }: Refusals, { editions }: Forms, office: OfficeId, code: string): Promise<Form> {
  if (code === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'refusal' }, 'refusal'));
  const [found] = await of(sideOf(code.startsWith('DT-'))).find(byCode, code, 1);
  if (found?.facts.office !== office) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: code }, 'refusal'));
  const form = counterRefusalForm(found.facts, editions, host.environment);
  if ('refusal' in form) throw errorOfRefusal(form.refusal);
  return form;
}

export async function listRefusals({ of }: Refusals, request: intake.ListRefusalsRequest, call: Call): Promise<intake.ListRefusalsResponse> {
  const { office } = actingFor(call, request.office), days: string[] = [];
  periodOf(request);
  for (let day = request.fromDate; day <= request.toDate; day = addDays(day, 1)) days.push(dayKey(office, day));
  const found = (await everyRecord(of(sideOf(request.rehearsals)), { field: byDay, values: days, keep: () => true })).map(({ facts }) => facts).sort((a, b) => a.at - b.at || a.number - b.number);
  const counts = [...Map.groupBy(found, (one) => one.procedure)].map(([procedure, all]) => ({ procedure, refusals: all.length })).sort((a, b) => (a.procedure < b.procedure ? -1 : 1));
  return { refusals: found.slice(0, maxRefusalsShown).map(shown), counts, total: found.length };
}

/** Of all counters. Rehearsals are in no figure. */
export async function countRefusals({ host, of }: Refusals, request: intake.CountRefusalsRequest): Promise<intake.CountRefusalsResponse> {
  periodOf(request);
  const rows = new Map<string, { readonly date: string; readonly procedure: string; readonly office: OfficeId; refusals: number }>();
  const wanted = ({ procedure, office }: KeptRefusal): boolean => (request.procedure === '' || procedure === request.procedure) && (request.office === '' || office === request.office);
  // Day by day: what is held at once is the refusals of one.
  for (let date = request.fromDate; date <= request.toDate; date = addDays(date, 1)) for (const { facts } of await everyRecord(of('real'), { field: byDate, values: [date], keep: wanted })) {
    const { procedure, office } = facts, key = `${date} ${procedure} ${office}`, row = rows.get(key) ?? { date, procedure, office, refusals: 0 };
    rows.set(key, row);
    row.refusals++;
  }
  const counts = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ ...row, officeName: officeText(host.environment, row.office) }));
  return { counts, total: counts.reduce((sum, one) => sum + one.refusals, 0), asOfTime: new Date(host.world.now()) };
}

const shown = (one: KeptRefusal): intake.ReceiptRefusal => ({ refusal: refusalCode(one), refuseTime: new Date(one.at), procedure: one.procedure, officer: one.officer, missing: [...one.missing], ground: one.ground });
