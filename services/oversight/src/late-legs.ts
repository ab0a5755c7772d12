/** Legs on somebody's desk now, kept in memory from the folders as they change: who is late is a look-up. */
import { legView, time } from '@lienthong/dossier-service';
import type { FolderState, Host } from '@lienthong/dossier-service';
import type { oversight } from '@lienthong/contract';
import { clockOf, dossierDue, isLate, isTimeRefusal, officeName, punctualityOfLeg, sessionsOf, track } from '@lienthong/law';
import type { Dossier, FolderId, Leg } from '@lienthong/law';
import { unlessDamaged } from '@lienthong/kernel';
import type { View } from '@lienthong/kernel';

export type OpenLeg = { readonly folder: FolderId; readonly leg: Leg; readonly office: string; readonly procedure: string; readonly due: number };

/** Milliseconds of an hour. */
const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Folders looked at in one go. */
const page = 500;

export class LateLegs {
  readonly #host: Host;
  readonly #open = new Map<FolderId, readonly OpenLeg[]>();
  readonly #stop = new AbortController();
  #following: Promise<void> | undefined;
  /** Of the calendar by which all that is kept was computed. A wait moves a due time by the calendar of today, without an entry. */
  #calendar: string;
  #again: Promise<void> | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#calendar = calendarOf(host);
  }

  /** Follows all folders from the first on. */
  start(): void { this.#following = this.#follow(); }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    for await (const change of this.#host.participant.watch('', '', 0, this.#stop.signal)) {
      if (change !== 'current') await this.#host.participant.view(change.id, (view) => this.#note(view)).catch(unlessDamaged);
    }
  }

  #note({ id, state: { dossier } }: View<FolderState>): void {
    const legs = dossier.root === null || dossier.root.closed !== null || dossier.root.body.rehearsal ? [] : openLegs(dossier, this.#host.environment);
    if (legs.length === 0) this.#open.delete(id);
    else this.#open.set(id, legs);
  }

  /** All open dossiers anew, where the calendar is another one. */
  async #byCalendarOfNow(): Promise<void> {
    const { participant } = this.#host, calendar = calendarOf(this.#host);
    if (calendar === this.#calendar) return;
    let after: FolderId | undefined;
    for (;;) {
      const folders: readonly FolderId[] = await participant.find('open', '1', page, after);
      for (const folder of folders) await participant.view(folder, (view) => this.#note(view)).catch(unlessDamaged);
      after = folders.at(-1);
      if (folders.length < page) break;
    }
    this.#calendar = calendar;
  }

  /** Past due, and with `hours` those that will be within so many; latest first. */
  async due(now: number, hours: number, wanted: (leg: OpenLeg) => boolean): Promise<OpenLeg[]> {
    await (this.#again ??= this.#byCalendarOfNow().finally(() => { this.#again = undefined; }));
    return dueAmong([...this.#open.values()].flat(), now, hours).filter(wanted);
  }
}

const calendarOf = ({ environment: { reference } }: Host): string => `${reference.digest} ${reference.calendar.digest ?? ''}`;

/** Legs with a due time that nobody has decided: by the law's own definition, so that no list knows another one. */
export function openLegs(dossier: Dossier, environment: Host['environment']): OpenLeg[] {
  return [...dossier.legs.values()].flatMap((leg) => {
    const one = punctualityOfLeg(dossier, leg, 0, environment);
    return one === null || one.ended !== null || one.due === null ? [] : [{ folder: dossier.id, leg, office: leg.office, procedure: dossier.root!.body.procedure, due: one.due }];
  });
}

/** Due before `now`, or not later than `hours` after it; latest first. What is due at this very moment is not late yet. */
export function dueAmong(legs: readonly OpenLeg[], now: number, hours: number): OpenLeg[] {
  const until = now + hours * hourMs;
  return legs.filter((one) => one.due < now || (hours > 0 && one.due <= until)).sort((a, b) => a.due - b.due);
}

/** One late leg as the contract shows it. */
export function lateLegView(dossier: Dossier, leg: Leg, host: Host): oversight.LateLeg {
  const { work, reference } = host.environment;
  const now = clockOf(dossier, host.world.now());
  const one = punctualityOfLeg(dossier, leg, now, host.environment);
  const left = one?.class === 'running' && one.due !== null ? work.workingMinutesBetween(one.due, now, sessionsOf(leg.office, host.environment)) : 0;
  const tracking = track(dossier, host.environment);
  return {
    code: dossier.root!.body.code, procedure: dossier.root!.body.procedure, leg: legView(dossier, leg, host.environment, null), dossierDueTime: time(dossierDue(dossier, host.environment).due),
    lateWorkingMinutes: isLate(one) ? Math.floor(one.lateMillis / minuteMs) : isTimeRefusal(left) ? 0 : Math.floor(left), reason: { vi: `${tracking.stateText.vi} tại ${officeName(host.environment, leg.office)}`, en: `${tracking.stateText.en} at ${reference.office(leg.office)?.name.en ?? leg.office}` },
  };
}
