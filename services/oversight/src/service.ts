/** Oversight: holds nothing, keeps a copy of everything, and says who is late and why. */
import { oversight } from '@lienthong/contract';
import { dossierRules, folderAfter, listToken, officeText, placeIn, readDossier, time, unknownToken } from '@lienthong/dossier-service';
import type { Host, ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { createParticipant, errorOfRefusal, unlessDamaged } from '@lienthong/kernel';
import type { AnyRpcService, RpcService } from '@lienthong/kernel';
import { clockOf, dossierDue, isTimeRefusal, refuse, timeline } from '@lienthong/law';
import type { Dossier, FolderId, Interval } from '@lienthong/law';
import { alertsOf } from './alerts.ts';
import { afterClosingField, afterClosingIndex, lostEvidence, relying } from './lost-evidence.ts';
import type { Relying } from './lost-evidence.ts';
import { officeIndices } from './indices.ts';
import { LateLegs, lateLegView } from './late-legs.ts';
import { latenessView } from './lateness-view.ts';
import { countNotAsked, notAskedIndex } from './not-asked.ts';
import { accountables } from './accountables.ts';

export const defaultPageSize = 50;
export const maxPageSize = 200;
const minuteMs = 60_000;

export function createOversight(ports: ServicePorts): ServiceModule {
  const rules = dossierRules(ports.environment, (dossier) => (dossier.root === null ? {} : { office: [...new Set([...dossier.legs.values()].map((leg) => leg.office))], seen: ['1'], ...afterClosingIndex(dossier), ...notAskedIndex(dossier) }));
  const participant = createParticipant({ ...ports, service: 'oversight', rules });
  const host: Host = { service: 'oversight', participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, rehearsalsAllowed: ports.rehearsalsAllowed };
  const late = new LateLegs(host);
  return {
    name: 'oversight', participant, rpcs: [oversightRpcs(host, late) as unknown as AnyRpcService],
    async start() {
      await participant.start();
      late.start();
    },
    async stop() {
      await late.stop();
      await participant.stop();
    },
  };
}

function oversightRpcs(host: Host, late: LateLegs): RpcService<typeof oversight.OversightService> {
  return {
    definition: oversight.OversightService,
    handlers: {
      getLateness: (request) => readDossier(host, request.code, (dossier) => latenessView(dossier, host)),
      getTimeline: (request) => readDossier(host, request.code, (dossier) => timelineView(dossier, host)),
      listLate: (request) => listLate(host, late, request),
      getIndices: (request) => officeIndices(host, request),
      countNotAsked: (request) => countNotAsked(host, request),
      listAlerts: (request) => listAlerts(host, request),
    },
  };
}

function timelineView(dossier: Dossier, host: Host): oversight.GetTimelineResponse {
  const intervals = timeline(dossier, clockOf(dossier, host.world.now()), host.environment);
  const total = intervals.reduce((sum, one) => sum + one.to - one.from, 0);
  return { intervals: intervals.map((one) => intervalView(one, host)), totalMinutes: Math.floor(total / minuteMs), dueTime: time(dossierDue(dossier, host.environment).due) };
}

function intervalView(one: Interval, host: Host): oversight.TimelineInterval {
  const worked = host.environment.work.workingMinutesBetween(one.from, one.to, host.environment.reference.office(one.office)?.sessions ?? 'default');
  const { code, vi, en } = accountables[one.who];
  return {
    startTime: new Date(one.from), endTime: new Date(one.to), accountable: code, office: one.office, officeName: one.office === '' ? undefined : officeText(host.environment, one.office), legs: [...one.legs], text: { vi, en },
    workingMinutes: isTimeRefusal(worked) ? 0 : Math.floor(worked), cause: one.cause,
  };
}

function pageSizeOf(size: number): number {
  if (size < 0 || size > maxPageSize) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page_size', problem: `1–${maxPageSize}` }, 'page_size'));
  return size === 0 ? defaultPageSize : size;
}

const lateList = 'late';

/** Throws FIELD_INVALID for what no page of this list gave. */
function positionOf(token: string): number {
  const position = placeIn(lateList, token);
  if (!/^\d{0,9}$/.test(position)) throw unknownToken(token);
  return Number(position);
}

/** Page tokens are positions: the list is made anew for each page. */
async function listLate(host: Host, late: LateLegs, request: oversight.ListLateRequest): Promise<oversight.ListLateResponse> {
  const size = pageSizeOf(request.pageSize), from = positionOf(request.pageToken);
  const found = await late.due(host.world.now(), request.dueWithinHours, (one) => (request.office === '' || one.office === request.office) && (request.procedure === '' || one.procedure === request.procedure));
  const legs: oversight.LateLeg[] = [];
  for (const one of found.slice(from, from + size)) {
    const view = await host.participant.view(one.folder, ({ state: { dossier } }) => { const leg = dossier.legs.get(one.leg.id); return leg === undefined ? null : lateLegView(dossier, leg, host); }).catch(unlessDamaged);
    if (view != null) legs.push(view);
  }
  return { legs, nextPageToken: from + size < found.length ? listToken(lateList, String(from + size)) : '' };
}

type Seen = { readonly alerts: readonly oversight.Alert[]; readonly relying: readonly Relying[] };

function seenIn(dossier: Dossier, host: Host): Seen {
  return { alerts: alertsOf(dossier, host), relying: relying(dossier) };
}

async function withLostEvidence(host: Host, seen: Seen): Promise<oversight.Alert[]> {
  return [...seen.alerts, ...await lostEvidence(host, seen.relying)];
}

async function listAlerts(host: Host, request: oversight.ListAlertsRequest): Promise<oversight.ListAlertsResponse> {
  if (request.code !== '') return { alerts: await withLostEvidence(host, await readDossier(host, request.code, (dossier) => seenIn(dossier, host))), nextPageToken: '' };
  const size = pageSizeOf(request.pageSize);
  const alerts: oversight.Alert[] = [];
  let [field, after] = placeOf(request.pageToken);
  for (;;) {
    const folders = await host.participant.find(field, '1', size, after);
    for (const folder of folders) {
      after = folder;
      const found = await host.participant.view(folder, ({ state: { dossier } }) => (dossier.root?.body.rehearsal === true ? undefined : seenIn(dossier, host))).catch(unlessDamaged);
      alerts.push(...(found === undefined ? [] : await withLostEvidence(host, found)).filter((one) => request.office === '' || one.office === request.office));
      if (alerts.length >= size) return { alerts, nextPageToken: listToken(field === 'open' ? alertsList : afterClosingField, folder) };
    }
    if (folders.length === size) continue;
    if (field === afterClosingField) return { alerts, nextPageToken: '' };
    [field, after] = [afterClosingField, undefined];
  }
}

/** Open dossiers come first, then those that are closed and may still tell something. */
function placeOf(token: string): [string, FolderId | undefined] {
  return token.startsWith(`${afterClosingField}/`) ? [afterClosingField, folderAfter(afterClosingField, token)] : ['open', folderAfter(alertsList, token)];
}

const alertsList = 'alerts';
