/** Words that several forms share, and values as forms print them: the same letters whatever the machine's language. */
import type { Dong, Instant, OfficeId, Span, Text } from '../types.ts';
import type { LawContext } from '../context.ts';
import type { Dossier } from '../dossier.ts';
import { nameOf } from '../party.ts';
import type { PartyPart } from '../party.ts';
import { requiredDocument } from '../pinned-rules.ts';
import { localDate, localTime } from '../time/index.ts';
import type { FormBlock, FormFacts } from './form.ts';

export const text = (vi: string, en: string): Text => ({ vi, en });
/** A value that reads alike in every language. */
export const same = (value: string): Text => ({ vi: value, en: value });
export const line = (label: Text, value: Text | string, strong = false): FormBlock => ({ type: 'line', label, value: typeof value === 'string' ? same(value) : value, ...(strong ? { strong } : {}) });

/** `25/02/2026`, +07:00. */
export function printedDay(at: Instant): string {
  const [year, month, day] = localDate(at).split('-');
  return `${day}/${month}/${year}`;
}

/** As it stands below the motto: `ngày 25 tháng 02 năm 2026`, +07:00. */
export function writtenDay(at: Instant): Text {
  const on = localDate(at), [year, month, day] = on.split('-');
  return { vi: `ngày ${day} tháng ${month} năm ${year}`, en: on };
}

/** `17:00 25/02/2026`, +07:00; dots where there is none. */
export const printedTime = (at: Instant | null | undefined): string => (at === null || at === undefined ? '…' : `${localTime(at)} ${printedDay(at)}`);
/** Of a line of the tracking book: at least two digits, for the law counts from 01; dots where there is none yet. */
export const printedNumber = (book: { readonly number: number } | null): string => (book === null ? '…' : String(book.number).padStart(2, '0'));
/** `1.250.000`. */
export const printedDong = (amount: Dong): string => String(amount).replace(/\B(?=(\d{3})+$)/g, '.');

const units: Readonly<Record<string, Text>> = { wd: text('ngày làm việc', 'working days'), wh: text('giờ làm việc', 'working hours'), d: text('ngày', 'days'), min: text('phút', 'minutes') };

export function printedSpan(span: Span): Text {
  const [, amount = span, unit = ''] = /^(\d+(?:\.\d+)?)(wd|wh|d|min)$/.exec(span) ?? [];
  const named = units[unit];
  return named === undefined ? same(span) : { vi: `${amount} ${named.vi}`, en: `${amount} ${named.en}` };
}

export function officeText(office: OfficeId, context: Pick<LawContext, 'reference'>): Text {
  return context.reference.office(office)?.name ?? same(office);
}

export const joined = (...parts: readonly (Text | string)[]): Text => {
  const of = (language: keyof Text): string => parts.map((one) => (typeof one === 'string' ? one : one[language])).join('');
  return { vi: of('vi'), en: of('en') };
};

/** The name that stands for a party; of a child without a name, a parent's. */
export function partyName(party: PartyPart | undefined): string {
  return nameOf(party) || party?.newborn?.mother?.fullName || party?.newborn?.father?.fullName || '';
}

const addressOf = (party: PartyPart | undefined): string => String((party?.citizen ?? party?.organisation ?? party?.foreigner ?? party?.newborn?.mother ?? {})['address'] ?? '');
const labels = {
  owner: text('Chủ hồ sơ', 'Applicant'), submitter: text('Người nộp', 'Submitted by'), address: text('Địa chỉ', 'Address'), phone: text('Số điện thoại', 'Telephone'), email: text('Email', 'Email'),
  procedure: text('Nội dung yêu cầu giải quyết', 'Request'),
};

/** Whose dossier it is, how to reach them and what they want; what is not known or was erased has no line. */
export function whose(dossier: Dossier, facts: FormFacts): FormBlock[] {
  return petition(dossier.root!.body, facts);
}

export function petition({ name, procedure }: { readonly name: Text; readonly procedure: string }, facts: Pick<FormFacts, 'applicant' | 'submitter' | 'contact'>): FormBlock[] {
  const known = ([label, value]: readonly [Text, string]): FormBlock[] => (value === '' ? [] : [line(label, value)]);
  const { applicant, submitter, contact } = facts;
  return [
    ...known([labels.owner, partyName(applicant)]), ...known([labels.submitter, partyName(submitter?.party)]), ...known([labels.address, placeOf(facts)]),
    ...known([labels.phone, contact?.phone ?? '']), ...known([labels.email, contact?.email ?? '']), line(labels.procedure, joined(name, ` (${procedure})`)),
  ];
}

/** Where somebody is to be written to. */
export function placeOf({ applicant, contact }: Pick<FormFacts, 'applicant' | 'contact'>): string {
  return contact?.postalAddress || addressOf(applicant);
}

/** The catalogue's name of a document; its code where it has none. */
export function documentName(dossier: Dossier, code: string, context: Pick<LawContext, 'reference'>): Text {
  return requiredDocument(dossier, code, context)?.name ?? same(code);
}
