/** Submissions, acknowledged when durable, counted when every office downstream has taken over and every copy is settled. */
import { randomBytes } from 'node:crypto';
import { intake } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { rawEcho } from '@lienthong/rpc-grpc';
import { drained } from './drained.ts';
import { figuresOf, load } from './load.ts';
import type { Figures } from './load.ts';
import { birthRegistration, communes, counterOf } from './submissions.ts';

export type Raw = { readonly what: string; readonly per_s: number; readonly p50_ms: number };
export type SuiteResult = { readonly figures: Figures; readonly raw: Raw };

/** Share of the time given to the raw limit, before and after. */
const rawShare = 0.25;

export async function intakeSuite(hub: HubClient, seconds: number, inFlight: number): Promise<SuiteResult> {
  const run = randomBytes(4).toString('hex');
  let answer: intake.SubmitDossierResponse | undefined;
  const submit = async (n: number, name = run): Promise<void> => {
    const commune = communes[n % communes.length]!;
    answer = await hub.intake.submitDossier(birthRegistration(`${name}-${n}`, commune, n), { office: counterOf(commune), deadlineMs: 60_000 });
  };
  await load(1, inFlight, (n) => submit(n, `${run}w`));
  await drained(hub);
  const request = Buffer.from(intake.SubmitDossierRequest.encode(birthRegistration(`${run}-0`, communes[0], 0)).finish());
  const before = await echo(request, answer!, seconds * rawShare, inFlight);
  const { latencies, startedAt } = await load(seconds, inFlight, submit);
  await drained(hub);
  const figures = figuresOf(latencies, (performance.now() - startedAt) / 1_000);
  const after = await echo(request, answer!, seconds * rawShare, inFlight);
  const raw: Raw = { what: `grpc-js echo, ${request.length} B → ${intake.SubmitDossierResponse.encode(answer!).finish().length} B, ${inFlight} in flight`, per_s: (before.per_s + after.per_s) / 2, p50_ms: (before.p50_ms + after.p50_ms) / 2 };
  return { figures, raw };
}

async function echo(request: Buffer, answer: intake.SubmitDossierResponse, seconds: number, inFlight: number): Promise<Figures> {
  const raw = await rawEcho(intake.SubmitDossierResponse.encode(answer).finish().length);
  try {
    await load(0.5, inFlight, () => raw.call(request));
    const { latencies, startedAt } = await load(seconds, inFlight, () => raw.call(request));
    return figuresOf(latencies, (performance.now() - startedAt) / 1_000);
  } finally {
    raw.stop();
  }
}
