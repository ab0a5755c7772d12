/** Whether a body says what its kind must say. An entry that does not is kept, and means nothing: whatever arrives, folding never throws. */
import type { EntryKind, LawBody } from './types.ts';

type Check = (value: unknown, position: number) => boolean;
type Shape = Readonly<Record<string, Check>>;

/** The last millisecond of year 9999, beyond which no date is printed. */
const maxInstant = 253_402_275_599_999;

/** Whole milliseconds from 1970 to 9999. */
export function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= maxInstant;
}

const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const instant: Check = (value) => isInstant(value);
const oneOf = (...values: readonly string[]): Check => (value) => typeof value === 'string' && values.includes(value);
const optional = (check: Check): Check => (value, position) => value === undefined || check(value, position);
const nullable = (check: Check): Check => (value, position) => value === null || check(value, position);
const record = (shape: Shape): Check => {
  const fields = Object.entries(shape);
  return (value, position) => {
    if (typeof value !== 'object' || value === null) return false;
    for (const [name, check] of fields) if (!check((value as Readonly<Record<string, unknown>>)[name], position)) return false;
    return true;
  };
};
const listOf = (check: Check): Check => (value) => {
  if (!Array.isArray(value)) return false;
  for (let n = 0; n < value.length; n++) if (!check(value[n], n)) return false;
  return true;
};
const byType = (shapes: Readonly<Record<string, Check>>): Check => (value, position) => {
  const type: unknown = typeof value === 'object' && value !== null ? (value as { readonly type?: unknown }).type : undefined;
  return typeof type === 'string' && Object.hasOwn(shapes, type) && shapes[type]!(value, position);
};

const words = record({ vi: text, en: text });
const ref = record({ author: text, seq: whole });
const refs = listOf(ref);
const texts = listOf(text);
const commitment = record({ part: text, commitment: text });
const used = listOf(record({ leg: text, round: whole, output: ref }));
const results = listOf(record({ code: text, number: text, digest: optional(text) }));
const amending = { round: whole, decision: ref, n: whole, amendment: oneOf('correction', 'reissue'), result: record({ code: text, number: text, digest: optional(text) }), ground: text, reason: optional(text) };
const failure = { service: text, at: instant, ground: text };
const by = record({ office: text, officer: text });
const document = record({
  document: text, verified: optional(record({ by, at: instant })), failure: optional(record(failure)),
  origin: byType({ upload: record({ digest: text, size: whole, mediaType: text }), evidence: record({ service: text, office: text, fact: text, evidenceId: text, readAt: instant }), presented: record({}) }),
});
const money = oneOf('fee', 'charge', 'tax');

const consult = record({ role: text, locality: text, limit: text, silence: oneOf('consent', 'none'), title: words, binding: optional(flag) });
/** A leg waits for items before it in its entry: so no circle can arise. */
const earlier: Check = (value, position) => Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && (one as number) >= 0 && (one as number) < position);

const pendingShapes: Readonly<Record<string, Check>> = { posting: record({ until: instant }), consultation: record({ office: text, until: instant }), payment: record({ fee: text, amount: whole }) };
const pending: Check = (value, position) => record({ cause: oneOf(...Object.keys(pendingShapes)), ground: text })(value, position) && pendingShapes[(value as { readonly cause: string }).cause]!(value, position);

/** What the rules say of a leg. */
const terms: Shape = {
  title: words, limit: text, decides: flag, posting: optional(text), originals: optional(texts), consults: optional(listOf(consult)), charge: optional(record({ code: text, name: words, kind: money })),
  register: optional(record({ register: text, action: text })), results: texts, reads: texts, plannedDue: nullable(instant), act: text,
};

const item = byType({
  dossier: record({}),
  leg: record({ ...terms, name: text, role: text, service: text, office: text, area: text, after: earlier, task: optional(flag) }),
  request: record({
    request: oneOf('supplement', 'consultation', 'redo', 'posting', 'consent', 'verification-abroad'), blocks: text, of: optional(text), documents: optional(texts), ground: text, suspends: flag, fallsDueAt: nullable(instant),
    silence: oneOf('consent', 'stop', 'ended', 'none'),
  }),
  charge: record({ code: text, name: words, kind: money, amount: whole, refundable: flag, blocks: text, ground: text, fine: optional(flag) }),
  consignment: record({ carries: oneOf('result', 'originals', 'papers'), from: text, to: text, cod: whole, results: refs, originals: optional(listOf(record({ document: text, by: text }))), charges: optional(texts) }),
});
const cause = record({ by: optional(by), request: optional(text), items: optional(listOf(item)), words: optional(commitment) });

const proof = optional(oneOf('code', 'signature')), failed = optional(oneOf('absent', 'refused', 'address', 'unpaid', 'closed')), collected = optional(listOf(record({ charge: text, amount: whole })));
const outcome = oneOf('returned', 'refused', 'withdrawn', 'stopped');
const way = oneOf('counter', 'post', 'online');
const areas: Check = (value) => typeof value === 'object' && value !== null && Object.values(value).every((one) => one === undefined || typeof one === 'string');

const supplement = record({ timeout: text, restarts: flag }), counting = oneOf('elapsed', 'first-day-excluded'), clockRules = { handOver: flag, counting, supplement };
const pinned = {
  ...clockRules, procedureFrom: text, name: words, rules: text, resultCodes: listOf(record({ code: text, name: words })), limit: text, legalBasis: texts,
  resultFees: optional(listOf(record({ code: text, name: words, kind: money, amount: whole, refundable: flag, ground: text }))),
};

const bodies: { readonly [K in EntryKind]: { readonly [F in keyof LawBody<K>]?: Check } } = {
  'dossier-received': {
    ...pinned, code: text, procedure: text, case: text, channel: way, counter: text, areas, applicantKind: text, submittedBy: text, documents: listOf(document), particulars: listOf(commitment),
    startsAt: instant, dueAt: instant, provisional: flag, return: record({ way, office: text, cod: optional(flag) }), rehearsal: flag,
    clock: optional(oneOf('competent-office')), book: optional(record({ office: text, year: text, number: whole })), lateRecord: optional(record({ outage: text, ground: text })),
    earlier: optional(record({ system: text, code: text, done: texts, plannedUntil: instant, legSince: optional(instant), running: optional(record({ cause: oneOf('supplement', 'consent', 'verification-abroad'), ground: text, documents: optional(texts), until: optional(instant) })), pending: optional(pending), waits: listOf(record({ cause: oneOf('supplement', 'payment', 'posting', 'consent', 'consultation', 'verification-abroad'), from: instant, to: instant, ground: text })) })),
  },
  'withdrawal-requested': { reason: optional(text) }, 'withdrawal-decided': { outcome: oneOf('withdrawn', 'declined') }, 'supplement-requested': { request: text, documents: texts, ground: text },
  'apology-given': { newDueAt: instant, reason: optional(text) }, 'particulars-corrected': { particulars: listOf(commitment), reason: optional(text) }, 'clock-moved': { to: instant }, 'entered-in-book': { office: text, year: text, number: whole }, 'consignment-ordered': { results: refs }, 'result-charges-opened': { results: refs },
  'pick-up-ordered': { particulars: optional(listOf(commitment)) }, 'result-sent': { results: refs, to: text }, 'originals-sent': { to: text }, 'consignment-confirmed': { consignment: text, office: text, received: texts, missing: texts },
  'result-returned': { results: refs, way, receiver: text }, 'dossier-stopped': { reason: text, ground: text }, 'closing-started': { outcome }, 'dossier-closed': { outcome },
  'leg-taken-over': { office: text, round: whole, startsAt: instant, dueAt: instant, provisional: optional(flag) }, 'officer-assigned': { officer: text, until: optional(text), substituteFor: optional(text) },
  'leg-completed': { round: whole, verdict: oneOf('done', 'refused'), used, results, reason: optional(text), ground: optional(text), opinion: optional(oneOf('agree', 'disagree')) },
  'completion-confirmed': { round: whole, used, despite: optional(texts), ground: optional(text), reason: optional(text) }, 'completion-revoked': { round: whole, reason: optional(text), ground: optional(text) },
  'result-amended': { ...amending, used: optional(used) }, 'result-revoked': { round: whole, decision: ref, n: whole, ground: text, reason: optional(text) }, 'amendment-intended': amending, 'amendment-refused': { intent: ref, reason: optional(text) }, 'amendment-applied': { amended: ref }, 'leg-reopened': { round: whole, reason: optional(text) }, 'leg-declined': { reason: optional(text), from: text, to: text },
  'leg-rerouted': { office: text, service: text, reason: optional(text) }, 'leg-stopped': { round: whole, reason: oneOf('withdrawn', 'stopped', 'refused', 'answered'), ground: optional(text) }, 'leg-settled': { round: whole }, 'leg-inserted': { reason: optional(text) },
  'legs-skipped': { legs: texts, ground: text }, 'supplement-asked': { documents: texts, ground: text, failures: optional(listOf(record({ document: text, ...failure }))) }, 'consultation-asked': { office: text, question: optional(text) }, 'redo-asked': { leg: text, reason: optional(text) },
  'charge-opened': { ground: text }, 'posting-started': { place: optional(text) }, 'wait-started': { wait: oneOf('consent', 'verification-abroad') }, 'wait-ended': { wait: text, outcome: oneOf('agree', 'disagree', 'done') },
  'evidence-attached': { document }, 'document-attached': { document }, 'limit-extended': { dueAt: instant, ground: text },
  'register-intended': { round: whole, register: text, action: text, change: commitment, results }, 'register-refused': { round: whole, reason: optional(text) }, 'register-applied': { round: whole, decision: ref },
  'reversal-decided': { decision: ref }, 'register-reversed': { decision: ref }, 'reversal-refused': { decision: ref, reason: optional(text) }, 'reversal-resolved': { decision: ref, outcome: oneOf('retry', 'by-hand'), ground: text },
  'request-answered': { outcome: oneOf('delivered', 'agree', 'disagree', 'done', 'ended'), documents: optional(listOf(document)), lateRecord: optional(record({ outage: text, ground: text })) }, 'request-declined': { reason: text },
  'rules-adopted': { pinned: record(pinned), startsAt: instant, dueAt: instant, provisional: flag, legs: listOf(record({ leg: text, terms: record(terms) })), documents: listOf(document), ground: text },
  'leg-rules-adopted': { adopted: ref, terms: record(terms), rules: record(clockRules), clock: optional(record({ startsAt: instant, dueAt: instant, provisional: flag })) },
  'part-sought': { of: text, part: optional(text), basis: oneOf('parcel', 'address', 'nothing') }, 'part-told': { of: text, part: text },
  'opinion-overdue': { dueAt: instant }, 'opinion-waived': { opinion: text, reason: optional(text) }, 'request-lapsed': { consequence: oneOf('consent', 'stop', 'ended', 'none') },
  'charge-paid': { amount: whole, method: text, receipt: text, details: optional(commitment) }, 'charge-cancelled': { ground: text }, 'charge-reduced': { amount: whole, ground: text }, 'charge-exempted': { ground: text }, 'charge-refunded': { amount: whole, ground: text },
  'collection-booked': { consignment: text },
  'consignment-accepted': { number: text }, 'consignment-scanned': { place: text, state: text, reason: failed, proof, collected, giver: optional(commitment) }, 'consignment-ended': { state: oneOf('delivered', 'returned', 'lost', 'cancelled'), place: text, receiver: optional(commitment), reason: failed, proof, collected },
  'due-recomputed': { startsAt: instant, dueAt: instant, provisional: flag, outages: listOf(record({ id: text, from: instant, to: nullable(instant), ground: text })), ground: text, told: optional(record({ dueAt: instant, restsOn: listOf(instant) })) },
  'rehomed': { from: text, to: text, service: text, fromArea: text, toArea: text, fromName: words, toName: words, ground: text },
};

const checks = new Map<string, Check>(Object.entries(bodies).map(([kind, shape]) => [kind, record(shape as Shape)]));

/** Bodies that were found well formed, and for which kind: every copy of a dossier in a process folds the same object. */
const found = new WeakMap<object, string>();

/** False: what this kind must say is missing or of another type. A kind that is not known here may say anything. A body does not change. */
export function wellFormed(kind: string, body: unknown): boolean {
  if (typeof body === 'object' && body !== null && found.get(body) === kind) return true;
  if (!cause(body, 0) || checks.get(kind)?.(body, 0) === false) return false;
  if (typeof body === 'object' && body !== null) found.set(body, kind);
  return true;
}
