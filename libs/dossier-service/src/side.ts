/**
 * Real dossiers and rehearsals use the same services, stores and code, and never meet: every name under which a service keeps or finds something of a register, a
 * series or a claim bears its side. A record of one side cannot be reached from the other, for nobody there can name it.
 */
import type { Dossier } from '@lienthong/law';

export type Side = 'real' | 'rehearsal';

/** From a field `rehearsal` of a contract or of an entry. */
export const sideOf = (rehearsal: boolean): Side => (rehearsal ? 'rehearsal' : 'real');

/** The side of a dossier that has been received. */
export function sideOfDossier({ id, root }: Dossier): Side {
  if (root === null) throw new RangeError(`folder ${id} is no dossier yet`);
  return sideOf(root.body.rehearsal);
}

const mark = '/rehearsal';

/** A name on its side; real names are what they were before there were sides. */
export function onSide(side: Side, name: string): string {
  if (name.endsWith(mark)) throw new RangeError(`${name} bears a side already`);
  return side === 'real' ? name : `${name}${mark}`;
}

/** The side of a record, from its type. */
export const sideOfType = (type: string): Side => sideOf(type.endsWith(mark));
