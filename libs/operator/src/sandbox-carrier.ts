/** `lienthong sandbox carrier`: the carrier to try with, over gRPC against a running hub. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { postal } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { parseCarrierScript, plainCarrierScript, SandboxCarrier } from '@lienthong/postal-carrier';
import type { Carried, CarrierPort, Errand } from '@lienthong/postal-carrier';
import { CallError } from '@lienthong/rpc-grpc';
import { print, UsageError } from './command.ts';
import { hubOf, targetOptions, targetUsage } from './hub-target.ts';

export const carrierUsage = `carrier [--script FILE] [--office ID] [--other-office ID] [--once] [--rehearsal] ${targetUsage}`;
/** Post offices of Hội An and Liên Chiểu: any may scan. */
const offices = { own: 'post-503-202501', other: 'post-490-202501' } as const;
/** Who signs for what changes hands. */
const signer = 'Người gửi (thử)';
/** A call is repeated while the hub says that it may succeed later, at most so long and so often, in milliseconds. */
const maxRetryMs = 180_000, retryEveryMs = 250, callMs = 30_000;

type Where = Readonly<Record<Errand['at'], string>> & { readonly rehearsal: boolean };

const scans: Readonly<Partial<Record<Errand['what'], postal.ScanState>>> = { 'collected': postal.ScanState.COLLECTED, 'in-transit': postal.ScanState.IN_TRANSIT, 'out-for-delivery': postal.ScanState.OUT_FOR_DELIVERY };
const failures: Readonly<Partial<Record<Errand['what'], postal.FailureKind>>> = { attempt: postal.FailureKind.ATTEMPT, returned: postal.FailureKind.RETURNED, lost: postal.FailureKind.LOST };

/** 0: every answer was the one that the contract owes. */
export async function runCarrier(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { script: { type: 'string' }, office: { type: 'string' }, 'other-office': { type: 'string' }, once: { type: 'boolean' }, rehearsal: { type: 'boolean' }, ...targetOptions } });
  const script = values.script === undefined ? plainCarrierScript : scriptIn(values.script), where: Where = { own: values.office ?? offices.own, other: values['other-office'] ?? offices.other, rehearsal: values.rehearsal === true };
  const hub = hubOf(values), stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let unexpected = 0;
  const carrier = new SandboxCarrier(portTo(hub, where), script, (carried) => { unexpected += carried.unexpected.length; print(lineOf(carried)); });
  try {
    await carrier.run(stop.signal, values.once === true);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    hub.close();
  }
  return unexpected === 0 ? 0 : 1;
}

function scriptIn(file: string): typeof plainCarrierScript {
  try { return parseCarrierScript(readFileSync(file, 'utf8')); } catch (error) { throw new UsageError(`--script ${file}: ${error instanceof Error ? error.message : String(error)}`); }
}

const lineOf = ({ number, code, fault, unexpected }: Carried): string => `${number} ${code} ${fault}${unexpected.map((one) => `  BẤT NGỜ / UNEXPECTED ${one}`).join('')}`;

function portTo(hub: HubClient, where: Where): CarrierPort {
  return {
    watch: (cursor, signal) => hub.postal.watchConsignments(postal.WatchConsignmentsRequest.fromPartial({ wholePost: true, cursor, rehearsal: where.rehearsal }), { office: where.own, officer: 'buu-ta', signal }),
    send: (errand) => sent(hub, errand, where),
    pause: (ms) => pause(ms),
  };
}

async function sent(hub: HubClient, errand: Errand, where: Where): Promise<string> {
  const until = Date.now() + maxRetryMs;
  for (;;) {
    try { await call(hub, errand, where); return ''; } catch (error) {
      if (!(error instanceof CallError) || (error.retryable && Date.now() > until)) throw error;
      if (!error.retryable) return error.reason;
      await pause(retryEveryMs);
    }
  }
}

function call(hub: HubClient, { requestId, number, at, what, sum }: Errand, where: Where): Promise<unknown> {
  const caller = { office: where[at], officer: 'buu-ta', deadlineMs: callMs }, place = where[at], state = scans[what], kind = failures[what];
  if (state !== undefined) return hub.postal.scanConsignment(postal.ScanConsignmentRequest.fromPartial({ requestId, number, state, place, codCollected: sum, signedBy: state === postal.ScanState.COLLECTED ? signer : '' }), caller);
  if (kind !== undefined) return hub.postal.failConsignment(postal.FailConsignmentRequest.fromPartial({ requestId, number, kind, place }), caller);
  return hub.postal.deliverConsignment(postal.DeliverConsignmentRequest.fromPartial({ requestId, number, place, codCollected: sum, signed: true }), caller);
}
