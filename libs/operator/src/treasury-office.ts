/** The office in whose name the treasury's commands speak, where none is named. */
import { allOffices } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { UsageError } from './command.ts';

/** The first treasury of the catalogue. */
export async function treasuryOffice(hub: HubClient): Promise<string> {
  for await (const { office, roles } of allOffices(hub.reference)) if (roles.includes('treasury')) return office;
  throw new UsageError('--office: không có kho bạc trong danh mục / the catalogue has no treasury');
}
