/** A dated change of areas and offices, as people write it: what is merged, split, renamed, abolished, and which competence moves. Plain values. */
import type { Area, LocalDate, Source, Text } from '@lienthong/law';
import { service } from '../validate/record-shapes.ts';
import { areaCode, both, date, distinct, id, line, list, oneOf, placeNames, record, source, text } from '../validate/shape.ts';
import type { Shape } from '../validate/shape.ts';

/** A unit that begins. `parent`: code of the unit above; absent: that of what it takes over. `agency`: the beginning of the agency codes of its offices, as `H17.301`; absent: theirs whom it takes over. `level`: absent: that of what it takes over. */
export type NewArea = { readonly code: string; readonly name: Text; readonly parent?: string; readonly agency?: string; readonly level?: Area['level'] };
/** A part of a split area, and what of it lies there: beginnings of parcel ids (`20296-12` is a whole map sheet), names of hamlets and streets as they stand in addresses. */
export type NewPart = NewArea & { readonly parcels?: readonly string[]; readonly addresses?: readonly string[] };
/** An office that begins. `serves`: codes of areas as of the first day. */
export type NewOffice = { readonly id: string; readonly name: Text; readonly service: string; readonly roles: readonly string[]; readonly serves: readonly string[]; readonly agencyCode: string; /** Absent: `default`. */ readonly sessions?: string };

/** Areas are named by code, as of the day before, or by id. */
export type AreaChange =
  | { readonly merge: readonly string[]; readonly into: NewArea }
  /** `otherwise`: code of the part that gets what nothing places in another. */
  | { readonly split: string; readonly into: readonly NewPart[]; readonly otherwise: string }
  | { readonly rename: string; readonly name: Text }
  /** A whole level ends; what stood under it goes on under the unit above. */
  | { readonly abolish: 'district' };

export type OfficeChange =
  | { readonly open: NewOffice }
  | { readonly close: readonly string[]; readonly into: string }
  /** They go on and serve these areas (codes as of the first day) besides what they served. */
  | { readonly keep: readonly string[]; readonly serves: readonly string[] }
  /** A competence: from the first day on `to` has these roles and `from` has them no more. */
  | { readonly move: readonly string[]; readonly from: string; readonly to: string };

export type Reform = { readonly reform: string; /** First day of the new order. */ readonly from: LocalDate; readonly source: Source; readonly areas: readonly AreaChange[]; /** Absent: as the areas have it. */ readonly offices?: readonly OfficeChange[] };

/** Name of a reform: it stands in logs and findings. In characters. */
export const maxReformNameCharacters = 100;

const required = { code: areaCode, name: placeNames }, optional = { parent: text, agency: text, level: oneOf('province', 'district', 'commune') };
const newArea = record(required, optional), newPart = record(required, { ...optional, parcels: distinct(text), addresses: distinct(text) });
const newOffice = record({ id, name: placeNames, service, roles: distinct(id), serves: distinct(text), agencyCode: text }, { sessions: text });

const reformName: Shape = both(line(maxReformNameCharacters), (value, path, report) => {
  if (typeof value === 'string' && value !== value.trim()) report(path, `${path} has blanks before or after it`, 'remove them: a reform is known by its name');
});

/** The form by the word with which a change begins. */
const byWord = (forms: Readonly<Record<string, Shape>>): Shape => (value, path, report) => {
  const words = Object.keys(forms), has = typeof value === 'object' && value !== null ? words.filter((word) => word in value) : [];
  if (has.length !== 1) return report(path, `${path} is none of the changes, or several at once`, `write exactly one of: ${words.join(', ')}`);
  forms[has[0]!]!(value, path, report);
};

/** Where a split has no rule, nobody can say who gets what nothing places. */
const ruled: Shape = (value, path, report) => {
  const { into, otherwise } = value as { into?: unknown; otherwise?: unknown };
  if (Array.isArray(into) && into.length > 1 && otherwise === undefined) report(`${path}.into`, 'two successors without a rule', 'write otherwise: the code of the part that gets what no parcel or address places');
};
const split: Shape = (value, path, report) => {
  ruled(value, path, report);
  const rest = value as Readonly<Record<string, unknown>>;
  record({ split: text, into: list(newPart, 2) }, { otherwise: text })(rest, path, report);
};

export const areaChangeShape = byWord({ merge: record({ merge: distinct(text), into: newArea }), split, rename: record({ rename: text, name: placeNames }), abolish: record({ abolish: oneOf('district') }) });
export const officeChangeShape = byWord({
  open: record({ open: newOffice }), close: record({ close: distinct(text), into: text }), keep: record({ keep: distinct(text), serves: distinct(text) }), move: record({ move: distinct(text), from: text, to: text }),
});

export const reformShape: Shape = record({ reform: reformName, from: date, source, areas: list(areaChangeShape) }, { offices: list(officeChangeShape) });
