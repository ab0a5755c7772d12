/** Legs on somebody's desk now, kept in memory from the folders as they change: who is late is a look-up. */
import { legView, time } from '@lienthong/dossier-service';
import type { FolderState, Host } from '@lienthong/dossier-service';
import type { oversight } from '@lienthong/contract';
import { clockOf, dossierDue, isLate, isTimeRefusal, legDue, officeName, punctualityOfLeg, sessionsOf, track } from '@lienthong/law';
import type { Dossier, FolderId, Leg } from '@lienthong/law';
import type { View } from '@lienthong/kernel';

export type OpenLeg = { readonly folder: FolderId; readonly leg: Leg; readonly office: string; readonly procedure: string; readonly due: number };

/** Milliseconds of an hour. */
const hourMs = 3_600_000;
const minuteMs = 60_000;

export class LateLegs {
  readonly #host: Host;
  readonly #open = new Map<FolderId, readonly OpenLeg[]>();
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;

  constructor(host: Host) { this.#host = host; }

  /** Follows all folders from the first on. */
  start(): void { this.#following = this.#follow(); }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    for await (const change of this.#host.participant.watch('', '', 0, this.#stop.signal)) await this.#host.participant.view(change.id, (view) => this.#note(view));
  }

  #note({ id, state: { dossier } }: View<FolderState>): void {
    const legs = dossier.root === null || dossier.root.closed !== null || dossier.root.body.rehearsal ? [] : openLegs(dossier, this.#host);
    if (legs.length === 0) this.#open.delete(id);
    else this.#open.set(id, legs);
  }

  /** Past due, or due within `hours`; latest first. */
  due(now: number, hours: number, wanted: (leg: OpenLeg) => boolean): OpenLeg[] {
    const until = now + hours * hourMs;
    return [...this.#open.values()].flat().filter((one) => one.due <= until && wanted(one)).sort((a, b) => a.due - b.due);
  }
}

function openLegs(dossier: Dossier, host: Host): OpenLeg[] {
  return [...dossier.legs.values()].filter((leg) => leg.status === 'open' || leg.status === 'deciding').flatMap((leg) => {
    const { due } = legDue(dossier, leg, host.environment);
    return due === null ? [] : [{ folder: dossier.id, leg, office: leg.office, procedure: dossier.root!.body.procedure, due }];
  });
}

/** One late leg as the contract shows it. */
export function lateLegView(dossier: Dossier, leg: Leg, host: Host): oversight.LateLeg {
  const { work, reference } = host.environment;
  const now = clockOf(dossier, host.world.now());
  const one = punctualityOfLeg(dossier, leg, now, host.environment);
  const left = one?.class === 'running' && one.due !== null ? work.workingMinutesBetween(one.due, now, sessionsOf(leg.office, host.environment)) : 0;
  const tracking = track(dossier, host.environment);
  return {
    code: dossier.root!.body.code, procedure: dossier.root!.body.procedure, leg: legView(dossier, leg, host.environment, false), dossierDueTime: time(dossierDue(dossier, host.environment).due),
    lateWorkingMinutes: isLate(one) ? Math.floor(one.lateMillis / minuteMs) : isTimeRefusal(left) ? 0 : Math.floor(left), reason: { vi: `${tracking.stateText.vi} tại ${officeName(host.environment, leg.office)}`, en: `${tracking.stateText.en} at ${reference.office(leg.office)?.name.en ?? leg.office}` },
  };
}
