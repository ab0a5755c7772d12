/** Submissions, acknowledged when durable, counted when every office downstream has taken over and every copy is settled. */
import { randomBytes } from 'node:crypto';
import { intake } from '@lienthong/contract';
import { grpcClient, rawEcho } from '@lienthong/rpc-grpc';
import { figuresOf, load, measured, warmUp } from './load.ts';
import type { Benched, Figures } from './load.ts';
import { communes, counterOf, encodedBirthRegistrations } from './submissions.ts';

export type Raw = { readonly what: string; readonly per_s: number; readonly p50_ms: number };
/** `cpuSeconds`: of the hub, for what the figures count. */
export type SuiteResult = { readonly figures: Figures; readonly raw: Raw; readonly cpuSeconds: number };

/** Share of the time given to the raw limit, before and after. */
const rawShare = 0.25;
/** The echo, too, is compiled before it is counted, in seconds. */
const echoWarmUpSeconds = 2;
/** Applicants of the warm-up are others than those that are counted: nobody hands in the same thing twice. */
const firstOfWarmUp = 500_000_000;

/** The method with messages as bytes on both sides, as the echo has them. */
const asBytes = (bytes: Buffer): Buffer => bytes;
const encodedIntake = { submitDossier: { ...intake.IntakeService.submitDossier, requestSerialize: asBytes, responseDeserialize: asBytes } };
type Requests = ReturnType<typeof encodedBirthRegistrations>;

export async function intakeSuite(benched: Benched, seconds: number, inFlight: number): Promise<SuiteResult> {
  const run = randomBytes(4).toString('hex'), client = grpcClient(encodedIntake, benched.intakeAddress);
  let answer: Buffer = Buffer.alloc(0);
  const submit = async (requests: Requests, n: number): Promise<void> => {
    const commune = communes[n % communes.length]!;
    answer = await client.submitDossier(requests(commune, n), { office: counterOf(commune), deadlineMs: 60_000 });
  };
  const forWarmUp = encodedBirthRegistrations(`${run}w`), counted = encodedBirthRegistrations(run);
  await warmUp(benched, inFlight, (n) => submit(forWarmUp, firstOfWarmUp + n));
  const request = counted(communes[0], 0);
  const before = await echo(request, answer.length, seconds * rawShare, inFlight);
  const { latencies, seconds: took, cpuSeconds } = await measured(benched, seconds, inFlight, (n) => submit(counted, n));
  const figures = figuresOf(latencies, took);
  client.close();
  const after = await echo(request, answer.length, seconds * rawShare, inFlight);
  const raw: Raw = { what: `grpc-js echo, ${request.length} B → ${answer.length} B, ${inFlight} in flight`, per_s: (before.per_s + after.per_s) / 2, p50_ms: (before.p50_ms + after.p50_ms) / 2 };
  return { figures, raw, cpuSeconds };
}

async function echo(request: Buffer, answerBytes: number, seconds: number, inFlight: number): Promise<Figures> {
  const raw = await rawEcho(answerBytes);
  try {
    await load(echoWarmUpSeconds, inFlight, () => raw.call(request));
    const { latencies, startedAt } = await load(seconds, inFlight, () => raw.call(request));
    return figuresOf(latencies, (performance.now() - startedAt) / 1_000);
  } finally {
    raw.stop();
  }
}
