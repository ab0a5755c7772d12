/** What must be true of everything that a stopped hub holds, whenever and wherever it died before. Answers what is not. */
import { postProblems } from './check-stored-post.ts';
import type { StoredCopy } from './stored-entries.ts';

type Entry = StoredCopy['entries'][number];
type Keys = Readonly<Record<string, readonly string[]>>;

/** `acknowledged`: request ids of the commands that were answered. */
export function storedProblems(copies: readonly StoredCopy[], acknowledged: readonly string[]): readonly string[] {
  return [
    ...copies.flatMap(logProblems), ...copyProblems(copies), ...copies.filter(({ unsettled }) => unsettled).map(({ service, folder }) => `${service} ${folder}: somebody has not acknowledged all`),
    ...effectProblems(copies, acknowledged), ...copies.flatMap(reservationProblems), ...series.flatMap((one) => numberProblems(copies, one)), ...postProblems(copies),
  ];
}

/** Per author no gap, no repeat, the author's order. */
function logProblems({ service, folder, entries }: StoredCopy): readonly string[] {
  const heads = new Map<string, number>(), problems: string[] = [];
  for (const { author, seq } of entries) {
    const expected = (heads.get(author) ?? 0) + 1;
    if (seq !== expected) problems.push(`${service} ${folder}: ${author} ${seq} where ${expected} belongs`);
    heads.set(author, seq);
  }
  return problems;
}

const isDossier = ({ entries }: StoredCopy): boolean => entries.some(({ item, kind }) => item === '' && kind === 'dossier-received');
const textOf = ({ entries }: StoredCopy): string => entries.map(({ hash }) => hash).sort().join(' ');

function copyProblems(copies: readonly StoredCopy[]): readonly string[] {
  const first = new Map<string, StoredCopy>(), problems: string[] = [];
  for (const copy of copies.filter(isDossier)) {
    const other = first.get(copy.folder);
    if (other === undefined) first.set(copy.folder, copy);
    else if (textOf(other) !== textOf(copy)) problems.push(`${copy.folder}: ${other.service} has ${other.entries.length} entries, ${copy.service} ${copy.entries.length}, and they differ`);
  }
  return problems;
}

const requestOf = ({ body }: Entry): string => /^(.*)#[^#]*$/.exec(String((body as { request?: unknown }).request ?? ''))?.[1] ?? '';

/** The entries of a service's command stand in one folder, of one author, one after the other: it took effect once. An acknowledged one did. */
function effectProblems(copies: readonly StoredCopy[], acknowledged: readonly string[]): readonly string[] {
  const effects = new Map<string, { readonly place: string; last: number }>(), there = new Set<string>(), problems: string[] = [];
  for (const { service, folder, entries } of copies) for (const entry of entries) {
    const request = requestOf(entry), place = `${folder} ${entry.author}`;
    if (request === '' || !entry.author.startsWith(`${service}~`)) continue;
    there.add(request);
    const before = effects.get(`${service} ${request}`);
    if (before === undefined) effects.set(`${service} ${request}`, { place, last: entry.seq });
    else if (before.place !== place || before.last + 1 !== entry.seq) problems.push(`${request} took effect twice: ${before.place} ${before.last}, ${place} ${entry.seq}`);
    else before.last = entry.seq;
  }
  return [...problems, ...acknowledged.filter((request) => !there.has(request)).map((request) => `${request} was acknowledged and is not there`)];
}

/** A change is applied once to each record, and nothing is reserved any more. */
function reservationProblems({ service, folder, entries }: StoredCopy): readonly string[] {
  const applied = new Set<string>(), problems: string[] = [];
  let reserved = false;
  for (const { kind, body } of entries) {
    if (kind === 'record-reserved') reserved = true;
    if (kind !== 'record-applied') continue;
    const { dossier, decision } = body as { dossier: string; decision: { author: string; seq: number } };
    const change = `${dossier} ${decision.author} ${decision.seq}`;
    if (applied.has(change)) problems.push(`${service} ${folder}: ${change} was applied twice`);
    applied.add(change);
    reserved = false;
  }
  return reserved ? [...problems, `${service} ${folder}: reserved and never applied`] : problems;
}

type Numbered = { /** Of the record of the series. */ readonly type: string; readonly service: string; readonly kind: string; readonly what: string; /** As it is printed. */ printed(body: unknown): string; number(printed: string): number };

/** Series without gaps of the real side: what bears their numbers. */
const series: readonly Numbered[] = [
  { type: 'series:receipts', service: 'payments', kind: 'charge-paid', what: 'receipt', printed: (body) => (body as { receipt: string }).receipt, number: (printed) => Number(printed.split('/')[1]) },
  { type: 'series:consignments', service: 'postal', kind: 'consignment-accepted', what: 'consignment', printed: (body) => (body as { number: string }).number, number: (printed) => Number(printed.slice(2, 10)) },
];

/** Every number that a series has given out is borne once, free again or taken by somebody who still waits. Each office numbers its own receipts. */
function numberProblems(copies: readonly StoredCopy[], { type, service, kind, what, ...read }: Numbered): readonly string[] {
  const borne = copies.filter((copy) => copy.service === service).flatMap(({ folder, entries }) => entries.filter((one) => one.kind === kind).map(({ item, body }) => {
    const printed = read.printed(body), office = (body as { by?: { office: string } }).by?.office ?? '';
    return { name: `${office} ${printed}`.trim(), claim: `${read.number(printed)} ${folder} ${item}` };
  }));
  const problems = borne.filter(({ name }, at) => borne.findIndex((one) => one.name === name) !== at).map(({ name }) => `${what} ${name} was given twice`);
  let given = 0, open = 0;
  for (const { entries } of copies) {
    const opened = entries.find((one) => one.kind === 'record-opened')?.body as { type?: string } | undefined;
    const keys = (entries.at(-1)?.body as { keys?: Keys } | undefined)?.keys;
    if (opened?.type !== type || keys === undefined) continue;
    // A claim: number, state, folder, item.
    const unused = (keys['.pending'] ?? []).map((claim) => claim.split(' ')).filter(([number, , folder, item]) => !borne.some((one) => one.claim === `${number} ${folder} ${item}`));
    given += Number(keys['.last']![0]);
    open += (keys['.free'] ?? []).length + unused.length;
  }
  return given === borne.length + open ? problems : [...problems, `${given} ${what} numbers were given out, ${borne.length} are used and ${open} open`];
}
