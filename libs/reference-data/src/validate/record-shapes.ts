/** The form of every kind of record, field by field. */
import { maxAmount } from '@lienthong/law';
import { catalogueFlags } from '../catalogue-flags.ts';
import { hostingServices, particularParts } from '../vocabulary.ts';
import { anyText, areaCode, both, date, flag, id, inOrder, list, named, names, oneOf, orNull, placeNames, record, source, span, text, time, validity, whole } from './shape.ts';
import type { Shape } from './shape.ts';

/** A coefficient of 10: more is a slip of the pen. */
const MAX_TENTHS = 100;
const localities = oneOf('subject', 'residence', 'counter', 'target');
export const service: Shape = oneOf(...hostingServices);
const cases = { cases: list(text, 1) };
const perChannel = (shape: Shape): Shape => record({ counter: shape, online: shape, post: shape });
const dong = whole(0, maxAmount);
const charges = oneOf('fee', 'charge', 'tax');

export const areaShape = both(
  record({ id: text, code: areaCode, name: placeNames, level: oneOf('province', 'district', 'commune'), parent: orNull(text), successors: list(text), source, ...validity }, { parts: list(record({ area: text, parcels: list(text), addresses: list(text) }), 1) }), inOrder,
);

export const officeShape = both(
  record({ id, name: placeNames, service, roles: list(id, 1), serves: list(text, 1), agencyCode: text, successor: orNull(text), sessions: text, source, ...validity }), inOrder,
);

export const dayShape = record({ date, kind: oneOf('holiday', 'observed', 'swap-off', 'swap-working'), name: text, status: oneOf('announced', 'computed', 'to-confirm') });

const minute = whole(0, 24 * 60);
const session = list(record({ from: minute, to: minute }));
const week = record({}, { 0: session, 1: session, 2: session, 3: session, 4: session, 5: session, 6: session });
export const sessionsShape = both(record({ id: text, week, ...validity }, { countsOnRestDays: list(whole(0, 6)) }), inOrder);

export const outageShape = record({ id: text, from: time, to: orNull(time), name: names, source }, { offices: list(text, 1) });

export const resultFactShape = record({
  fact: text, service, results: list(text, 1), documents: list(record({ code: text }, { procedures: list(text, 1) }), 1), summary: names, source,
});

export const transitionShape = both(record({ id: text, choice: flag, source, ...validity }, { procedures: list(text, 1) }), inOrder);

export const industryShape = both(record({ code: text, parent: orNull(text), name: record({ vi: text }, { en: text }), source, ...validity }), inOrder);

export const supportBaseShape = both(record({ amount: whole(1, maxAmount), announced: date, source, ...validity }), inOrder);
export const supportGroupShape = both(record({ group: text, name: names, tenths: whole(1, MAX_TENTHS), announced: date, source, ...validity }), inOrder);

const document = record(
  { code: text, name: names, originals: whole(0, 99), copies: whole(0, 99) },
  { form: text, optional: flag, evidence: record({ service, fact: text, subject: oneOf('parcel', 'person', 'business', 'result') }, { fields: list(text, 1) }), ...cases },
);
const fee = record({ code: text, name: names, kind: charges, amount: perChannel(dong), when: oneOf('filing', 'result'), refundable: flag, source }, cases);
const consult = record({ role: text, locality: localities, limit: span, silence: oneOf('consent', 'none'), title: names }, { binding: flag });
const leg = record(
  { name: text, title: names, role: text, locality: localities, after: list(text), limit: span, decides: flag, results: list(text), reads: list(oneOf(...particularParts)), source },
  { posting: span, originals: list(text, 1), consults: list(consult, 1), charge: record({ code: text, name: names, kind: charges }), register: record({ register: text, action: text }), ...cases },
);

const decision = record({ field: text, published: text, decided: text, reason: text, on: date });
const wait = record({ cause: oneOf('posting', 'payment', 'consent', 'transfer', 'outage', 'verification', 'extension'), text: names, source }, { span, leg: text });
const facts = record({
  route: oneOf('typed', 'default'), flags: list(oneOf(...catalogueFlags)), decisions: list(decision), accountable: record({ role: text, locality: localities }), codes: record({ earlier: list(text), later: list(text) }),
  waits: list(wait), announcedBy: anyText,
}, { notIssued: list(record({ code: text, name: names }), 1) });
const localRule = both(record({ source, ...validity }, { limit: perChannel(span), caseLimits: named(span), fees: list(fee) }), inOrder);

/** A fee has the validity of its version: without one nobody knows when it may be asked. */
const datedFees: Shape = (value, _path, report) => {
  const version = value as { validFrom?: unknown; fees?: unknown };
  if (typeof version.validFrom === 'string' || !Array.isArray(version.fees)) return;
  version.fees.forEach((_, n) => report(`fees[${n}]`, `fees[${n}] has no validity, for its version has none`, 'write validFrom and validTo of the version'));
};

export const procedureShape = both(
  record({
    code: text, name: names, field: text, cases: list(text, 1), channels: list(oneOf('counter', 'online', 'post'), 1), limit: perChannel(span), counting: oneOf('elapsed', 'first-day-excluded'),
    handOver: flag, boundaryFree: flag, documents: list(document, 1), fees: list(fee), legs: list(leg, 1), results: list(record({ code: text, name: names }), 1),
    supplement: record({ timeout: span, restarts: flag }), legalBasis: list(text), source, ...validity,
  }, { caseLimits: named(span), local: list(localRule, 1), facts }),
  inOrder, datedFees,
);
