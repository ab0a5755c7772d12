/** What two states of a catalogue differ in: procedures by version and field, or rows of two lists by column. Pure. */
import type { Procedure } from '@lienthong/law';
import type { Row } from './csv.ts';

export type FieldChange = { readonly field: string; /** As JSON; null: was not there. */ readonly before: string | null; readonly after: string | null };
export type CatalogueDiff = { readonly added: readonly string[]; readonly removed: readonly string[]; readonly changed: readonly { readonly record: string; readonly changes: readonly FieldChange[] }[] };

/** Records are versions, `<code>@<first day>`. */
export const diffProcedures = (before: readonly Procedure[], after: readonly Procedure[]): CatalogueDiff => diffRecords(before, after, (one) => `${one.code}@${one.validFrom}`);

/** Records are rows; `keys`: columns that name a row. */
export const diffRows = (before: readonly Row[], after: readonly Row[], keys: readonly string[]): CatalogueDiff => diffRecords(before, after, (one) => keys.map((key) => one[key] ?? '').join('#'));

function diffRecords<T extends object>(before: readonly T[], after: readonly T[], nameOf: (one: T) => string): CatalogueDiff {
  const old = new Map(before.map((one) => [nameOf(one), one])), now = new Map(after.map((one) => [nameOf(one), one]));
  const changed = [...now].flatMap(([record, one]) => {
    const was = old.get(record);
    const changes = was === undefined ? [] : fieldChanges(was, one, '');
    return changes.length === 0 ? [] : [{ record, changes }];
  });
  return { added: [...now.keys()].filter((name) => !old.has(name)), removed: [...old.keys()].filter((name) => !now.has(name)), changed };
}

/** What of lists is compared by a name of its own, so that one more leg is one change. */
const NAMES = ['name', 'code', 'field'] as const;

function fieldChanges(before: unknown, after: unknown, path: string): FieldChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const was = partsOf(before), is = partsOf(after);
  if (was === null || is === null) return [{ field: path, before: before === undefined ? null : JSON.stringify(before), after: after === undefined ? null : JSON.stringify(after) }];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => fieldChanges(was.get(name), is.get(name), path === '' ? name : `${path}.${name}`));
}

function partsOf(value: unknown): Map<string, unknown> | null {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    return names.every((one) => one !== null) && new Set(names).size === names.length && names.length > 0 ? new Map(value.map((one, n) => [names[n]!, one])) : null;
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

function nameOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const record = value as Readonly<Record<string, unknown>>;
  const name = NAMES.map((key) => record[key]).find((one) => typeof one === 'string');
  return typeof name === 'string' ? name : null;
}
