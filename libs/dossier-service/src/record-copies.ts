/** A service's records are copied to one other service, its keeper, and come back from there when its store is lost. Pure. */
import type { Needs, Urgency } from '@lienthong/kernel';
import { asideName } from '@lienthong/law';
import type { ServiceName } from '@lienthong/law';
import type { RegisterRecord } from './record.ts';

/** By service, who keeps a copy of its records. A service that is not named has none kept. */
export type Keepers = Readonly<Record<ServiceName, ServiceName>>;

const keeperOf = (keepers: Keepers | undefined, { owner }: RegisterRecord): ServiceName | undefined => keepers?.[owner];

/** Services that hold a copy of the record. None where nobody keeps it: then nothing is sent, and nothing waits. */
export function keptAt(keepers: Keepers | undefined, record: RegisterRecord): readonly ServiceName[] {
  const keeper = keeperOf(keepers, record);
  return keeper === undefined ? [] : [record.owner, keeper];
}

/** Of the record that holds the secret of a service; see `pepper.ts`. */
export const pepperType = 'pepper';

/** Nobody waits for the copy of a record but for that of the secret, without which no register opens. */
export const urgencyOfCopy = ({ type }: RegisterRecord): Urgency => (type === pepperType ? 'now' : 'later');

const hasNothingBeside = ({ beside }: RegisterRecord): boolean => beside === null || beside.size === 0;
const namesBeside = ({ beside }: RegisterRecord): readonly string[] => [...beside ?? []].map(asideName);

/** Whether somebody keeps a copy of the records of a service. */
export const areKept = (keepers: Keepers | undefined, owner: ServiceName): boolean => keepers?.[owner] !== undefined;

/** What the keeper must have beside the entries; null: it is another's, or there is nothing. */
export function recordToCopy(keepers: Keepers | undefined, record: RegisterRecord, service: ServiceName): Needs | null {
  return hasNothingBeside(record) || keeperOf(keepers, record) !== service || record.owner === service ? null : { from: record.owner, as: record.item, names: namesBeside(record) };
}

/** What the owner asks its keeper for when its store was lost. */
export function recordToRegain(keepers: Keepers | undefined, record: RegisterRecord, service: ServiceName): { readonly as: string; readonly names: readonly string[] } | null {
  return hasNothingBeside(record) || record.owner !== service || keeperOf(keepers, record) === undefined ? null : { as: record.item, names: namesBeside(record) };
}

/** Owner and keeper have of each other what stands beside the record; nobody else has any. */
export function mayPullRecord(keepers: Keepers | undefined, record: RegisterRecord, service: ServiceName, names: readonly string[]): boolean {
  const known = new Set(namesBeside(record));
  return (service === record.owner || service === keeperOf(keepers, record)) && names.every((name) => known.has(name));
}
