/** One dossier from submission to its end, whatever happens meanwhile: look, do what is asked, look again. */
import { setTimeout as pause } from 'node:timers/promises';
import { dossier as pb, intake } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { CallError } from '@lienthong/rpc-grpc';
import type { Journal } from '../journal.ts';
import { landOffice } from './cases.ts';
import type { Case } from './cases.ts';
import { nextSteps } from './next-steps.ts';
import type { Step } from './next-steps.ts';

/** Between two looks after something was done, and where it is others' turn: each time twice as long, up to the longest; in milliseconds. Who looks all the time keeps the others from their work. */
const afterDoneMs = 100, afterNothingMs = 400, longestAfterNothingMs = 1_600;

/** `problem`: why the last call failed; '' when none did. `stands`: its legs as they were seen last. */
export type Followed = { readonly one: Case; code: string; folder: string; closed: boolean; problem: string; stands: string; /** The record whose facts were lost, if the last call failed for that; ''. */ lacks: string; /** How often a leg's completion was refused by its register after it had been taken, by the leg's item. */ readonly redone: Map<string, number> };

export async function followCase(hub: HubClient, journal: Journal, followed: Followed, givenUp: () => boolean): Promise<void> {
  for (let idleMs = afterNothingMs; !followed.closed && !givenUp();) {
    const done = await oneRound(hub, journal, followed).catch((error: unknown) => { followed.problem = told(error); return false; });
    if (!followed.closed) await pause(done ? afterDoneMs : idleMs);
    idleMs = done ? afterNothingMs : Math.min(idleMs * 2, longestAfterNothingMs);
  }
}

/** True: something was done. */
async function oneRound(hub: HubClient, journal: Journal, followed: Followed): Promise<boolean> {
  const { one } = followed;
  if (followed.code === '') { await submit(hub, journal, followed); return true; }
  const dossier = await look(hub, followed);
  if (dossier === null) { await submit(hub, journal, followed); return true; }
  followed.closed = dossier.status!.closed;
  followed.stands = dossier.legs.map(({ name, state }) => `${name} ${pb.legStateToJSON(state)}`).join(', ');
  const steps = followed.closed ? [] : nextSteps(one, dossier, followed.redone);
  const done = await Promise.all(steps.map((step) => take(hub, journal, followed, step)));
  return done.some(Boolean);
}

/** Null: intake has lost it and nobody else had it; the citizen hands in again. */
async function look(hub: HubClient, { one, code }: Followed): Promise<intake.GetDossierResponse | null> {
  try {
    return await hub.intake.getDossier(intake.GetDossierRequest.fromPartial({ code }), { office: one.counter });
  } catch (error) {
    if (error instanceof CallError && error.reason === 'UNKNOWN_DOSSIER') return null;
    throw error;
  }
}

async function submit(hub: HubClient, journal: Journal, followed: Followed): Promise<void> {
  const { one } = followed;
  if (one.parcel !== null) await hub.land.seedParcel(one.parcel, { office: landOffice });
  journal.sent(one.submission.requestId);
  const { code, folder } = await hub.intake.submitDossier(one.submission, { office: one.counter });
  journal.received(one.submission.requestId, folder, code);
  Object.assign(followed, { code, folder });
}

/** What is refused was outdated, or waits for news that is on its way: the next look shows. */
async function take(hub: HubClient, journal: Journal, followed: Followed, step: Step): Promise<boolean> {
  try {
    if (step.leg !== undefined && journal.hasAnswer(step.request) && await step.refused(hub)) {
      // Asked again under the same name it would be answered as before.
      followed.redone.set(step.leg, (followed.redone.get(step.leg) ?? 0) + 1);
      return true;
    }
    journal.sent(step.request);
    const receipt = await step.send(hub);
    journal.acknowledge(step.request, step.service, receipt!);
    followed.problem = followed.lacks = '';
    return true;
  } catch (error) {
    followed.problem = `${step.request}: ${told(error)}`;
    followed.lacks = error instanceof CallError && error.reason === 'FACTS_LOST' ? error.metadata.folder ?? '' : '';
    // Its store may have lost the books that a transfer is of.
    if (followed.one.parcel !== null && step.service === 'land' && error instanceof CallError && !error.retryable) await hub.land.seedParcel(followed.one.parcel, { office: landOffice });
    return false;
  }
}

const told = (error: unknown): string => (error instanceof CallError ? `${error.status} ${error.reason} ${error.english}`.trim() : String(error));
