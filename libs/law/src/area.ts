/** Administrative units, each with its first and last day and what took it over. */
import type { AreaId, Source, Text, Validity } from './types.ts';

export type Area = Validity & {
  readonly id: AreaId; readonly code: string; readonly name: Text; readonly level: 'province' | 'district' | 'commune';
  readonly parent: AreaId | null;
  /** Areas that took it over when it ended; more than one: it was split. */
  readonly successors: readonly AreaId[];
  /** Of a split one: what lies in which part, as far as the decision says so; absent: it does not. */
  readonly parts?: readonly AreaPart[];
  readonly source: Source;
};

/** `parcels`: beginnings of parcel ids, up to a dash (`20296-12` is a whole map sheet). `addresses`: names of hamlets and streets as they stand between the commas of an address. */
export type AreaPart = { readonly area: AreaId; readonly parcels: readonly string[]; readonly addresses: readonly string[] };
