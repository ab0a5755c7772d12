/** Submissions, acknowledged when durable, counted when every office downstream has taken over and every copy is settled. */
import { randomBytes } from 'node:crypto';
import { intake } from '@lienthong/contract';
import { rawEcho } from '@lienthong/rpc-grpc';
import { figuresOf, load, measured, warmUp } from './load.ts';
import type { Benched, Figures } from './load.ts';
import { birthRegistration, communes, counterOf } from './submissions.ts';

export type Raw = { readonly what: string; readonly per_s: number; readonly p50_ms: number };
/** `cpuSeconds`: of the hub, for what the figures count. */
export type SuiteResult = { readonly figures: Figures; readonly raw: Raw; readonly cpuSeconds: number };

/** Share of the time given to the raw limit, before and after. */
const rawShare = 0.25;
/** The echo, too, is compiled before it is counted, in seconds. */
const echoWarmUpSeconds = 2;
/** Applicants of the warm-up are others than those that are counted: nobody hands in the same thing twice. */
const firstOfWarmUp = 500_000_000;

export async function intakeSuite(benched: Benched, seconds: number, inFlight: number): Promise<SuiteResult> {
  const run = randomBytes(4).toString('hex'), { hub } = benched;
  let answer: intake.SubmitDossierResponse | undefined;
  const submit = async (n: number, name = run): Promise<void> => {
    const commune = communes[n % communes.length]!;
    answer = await hub.intake.submitDossier(birthRegistration(`${name}-${n}`, commune, n), { office: counterOf(commune), deadlineMs: 60_000 });
  };
  await warmUp(benched, inFlight, (n) => submit(firstOfWarmUp + n, `${run}w`));
  const request = Buffer.from(intake.SubmitDossierRequest.encode(birthRegistration(`${run}-0`, communes[0], 0)).finish());
  const before = await echo(request, answer!, seconds * rawShare, inFlight);
  const { latencies, seconds: took, cpuSeconds } = await measured(benched, seconds, inFlight, submit);
  const figures = figuresOf(latencies, took);
  const after = await echo(request, answer!, seconds * rawShare, inFlight);
  const raw: Raw = { what: `grpc-js echo, ${request.length} B → ${intake.SubmitDossierResponse.encode(answer!).finish().length} B, ${inFlight} in flight`, per_s: (before.per_s + after.per_s) / 2, p50_ms: (before.p50_ms + after.p50_ms) / 2 };
  return { figures, raw, cpuSeconds };
}

async function echo(request: Buffer, answer: intake.SubmitDossierResponse, seconds: number, inFlight: number): Promise<Figures> {
  const raw = await rawEcho(intake.SubmitDossierResponse.encode(answer).finish().length);
  try {
    await load(echoWarmUpSeconds, inFlight, () => raw.call(request));
    const { latencies, startedAt } = await load(seconds, inFlight, () => raw.call(request));
    return figuresOf(latencies, (performance.now() - startedAt) / 1_000);
  } finally {
    raw.stop();
  }
}
