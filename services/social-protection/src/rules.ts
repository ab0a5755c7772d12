/** The law of the beneficiary register: what each action asks for, and what it makes of a file. */
import { numbersOf } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { RegisterRules } from '@lienthong/dossier-service';
import { socialChangeOf, socialFields } from './rules-announce.ts';
import { nextBeneficiary } from './rules-apply.ts';
import { personKey } from './rules-facts.ts';
import { socialRenumbering } from './rules-renumber.ts';
import { noStandards } from './rules-standards.ts';
import { undoneFile } from './rules-undo.ts';
import type { Beneficiary, SocialChange } from './rules-facts.ts';

/** Fields by which files are found. `byArea`: every commune that pays or paid. */
export const byArea = 'area';
export const byPerson = 'person';
export const byId = 'id';

export function socialRules(places: Pick<Reference, 'areasNow' | 'support'>): RegisterRules<Beneficiary, SocialChange> {
  return {
    name: 'social',
    fields: (action) => socialFields[action] ?? [],
    changeOf: (prepare) => socialChangeOf(prepare, places.support ?? noStandards),
    touches: (change) => (change.action === 'stop-on-death' ? change.kinds : [change.kind]).map((kind) => personKey(kind, change.number)),
    mayLeaveAll: (action) => action === 'stop-on-death',
    next: (change, _key, file) => nextBeneficiary(change, file, places),
    undo: (change, _key, file, today) => undoneFile(change, file, today),
    renumber: socialRenumbering,
    keysOf: (file) => ({ [byArea]: [...new Set(file.residences.map((one) => one.area))], [byPerson]: numbersOf({ citizen: file.person }), [byId]: [file.beneficiary] }),
  };
}
