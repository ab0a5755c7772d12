/** Open dossiers with the offices and areas that their open items name: what a reform would touch. */
import { operator } from '@lienthong/contract';
import { HubError, unlessDamaged } from '@lienthong/kernel';
import { ended } from '@lienthong/law';
import type { Dossier, FolderId } from '@lienthong/law';
import { folderAfter, listToken, pageSizeOf } from '../page-of.ts';
import type { ServiceModule } from '../service-module.ts';

const bounds = { standard: 200, max: 1_000 };
const openList = 'open-dossiers';

export async function listOpenDossiers(modules: readonly ServiceModule[], request: operator.ListOpenDossiersRequest): Promise<operator.ListOpenDossiersResponse> {
  const participant = modules.find((one) => one.name === request.service)?.participant;
  if (participant === undefined) throw new HubError('UNKNOWN_SERVICE', { service: request.service }, { field: 'service' });
  const size = pageSizeOf(request, bounds), folders = await participant.find('open', '1', size, folderAfter(openList, request.pageToken));
  const found = await Promise.all(folders.map((folder) => participant.view(folder, ({ state: { dossier } }) => openDossier(folder, dossier)).catch(unlessDamaged)));
  return { dossiers: found.filter((one): one is operator.OpenDossier => one != null), nextPageToken: folders.length < size ? '' : listToken(openList, folders.at(-1)!) };
}

/** Null: closed since it was listed. */
function openDossier(folder: FolderId, dossier: Dossier): operator.OpenDossier | null {
  const { root } = dossier;
  if (root === null || root.closed !== null) return null;
  const legs = [...dossier.legs.values()].filter((leg) => !ended(leg, dossier)).map((leg): operator.OpenLeg => ({ leg: leg.id, name: leg.plan.name, role: leg.plan.role, office: leg.office, area: leg.area }));
  const openCharges = dossier.charges.values().filter((one) => one.status === 'open').toArray().length;
  return { folder, code: root.body.code, procedure: root.body.procedure, counter: root.counter, returnOffice: root.returnOffice, areas: { ...root.body.areas }, legs, openCharges, rehearsal: root.body.rehearsal, sought: [...root.partsSought].flatMap(([area, part]) => (part === '' ? [area] : [])) };
}
