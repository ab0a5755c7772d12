/** The province for tests with the offices that take money and carry papers. */
import type { Office, OfficeId, Reference } from '../../src/types.ts';
import type { LawContext } from '../../src/context.ts';
import { areaIndex, jurisdiction, officeIndex } from '../../src/jurisdiction.ts';
import type { Service, World } from './world.ts';
import { referenceOfTests } from './reference-of-tests.ts';

const like = referenceOfTests.office('counter-hoi-an')!;
const office = (id: string, service: string, role: string, more: Partial<Office> = {}): Office => ({ ...like, id, service, roles: [role], name: { vi: `Cơ quan ${id}`, en: id }, ...more });

const offices: readonly Office[] = [
  ...referenceOfTests.offices,
  office('treasury', 'payments', 'treasury', { serves: ['quang-nam'] }),
  office('post-hoi-an', 'postal', 'post-office'),
  office('post-tra-my', 'postal', 'post-office', { serves: ['tra-my@old', 'tra-my@new'] }),
];

const reference: Reference = { ...referenceOfTests, offices, ...jurisdiction(areaIndex(referenceOfTests.areas), officeIndex(offices)) };

/** What a service of the world knows, tills and post offices too. */
export function contextWithTills(hub: World, service: Service): LawContext {
  return { ...hub.context(service), reference };
}

export const officer = (id: OfficeId): { office: OfficeId; officer: string } => ({ office: id, officer: 'Cúc' });
