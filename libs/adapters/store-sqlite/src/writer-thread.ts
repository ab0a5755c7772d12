/** The thread that writes: takes whatever has arrived as one batch, commits it, answers, and tidies up while nobody waits. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { ArmedCrash } from '@lienthong/kernel/ports/crash-points';
import { BatchWriter } from './batch-writer.ts';
import { connect } from './connection.ts';
import { crashInProcess } from './crash-in-process.ts';
import { MarkFile } from '@lienthong/marks';
import { laySpareLog } from './spare-log.ts';
import { passes } from './store-faults.ts';
import { packAnswers, unpack, weightOf } from './write-request.ts';
import type { Packed } from './write-request.ts';

/** `crashAt`: of tests; a function cannot cross to the thread. */
export type WriterData = { readonly path: string; readonly marksPath: string | null; readonly crashAt: ArmedCrash | null };
export type ToWriter = Packed | 'close';
export type WriterFailure = { readonly message: string; readonly errcode: number | undefined; readonly code: string | undefined };
/** Answers of the requests in the order in which they were asked. */
export type FromWriter = { readonly answers: Float64Array<ArrayBuffer> } | { readonly failed: WriterFailure; readonly count: number };

const maxBatchRequests = 1_000;
const maxBatchBytes = 16 * 1024 * 1024;
/** The log is copied into the store when about this much was written to it. */
const checkpointBytes = 16 * 1024 * 1024;
/** What a request costs in the log beside its own bytes: the pages of row and indexes. */
const overheadBytes = 8 * 1024;

const port = parentPort!;
const { path, marksPath, crashAt } = workerData as WriterData;
const crashPoint = crashInProcess(crashAt);
const db = connect(path);
const marks = marksPath === null ? undefined : new MarkFile(marksPath, crashPoint);
const writer = new BatchWriter(db, marks, crashPoint);
const post = (message: FromWriter): void => port.postMessage(message, 'answers' in message ? [message.answers.buffer] : []);

let sinceCheckpoint = 0;
let next: ToWriter | undefined;
let closed = false;

laySpareLog(`${path}-wal`, (step) => setImmediate(() => { if (!closed) step(); }));

port.on('message', (message: ToWriter) => {
  for (next = message; next !== undefined && next !== 'close';) writeBatch();
  if (next === 'close') close();
});

/** Begins with `next`; leaves in `next` what it did not take. */
function writeBatch(): void {
  const batch: Packed[] = [];
  let requests = 0;
  let bytes = 0;
  while (next !== undefined && next !== 'close') {
    requests += next.count;
    bytes += next.bytes.byteLength;
    if (batch.length > 0 && (requests > maxBatchRequests || bytes > maxBatchBytes)) break;
    batch.push(next);
    next = arrived();
  }
  perform(batch);
  if (sinceCheckpoint >= checkpointBytes) checkpoint();
  next ??= arrived();
}

function arrived(): ToWriter | undefined {
  return receiveMessageOnPort(port)?.message as ToWriter | undefined;
}

function perform(batch: readonly Packed[]): void {
  const requests = batch.flatMap(unpack);
  try {
    post({ answers: packAnswers(writer.run(requests)) });
  } catch (cause) {
    const { message, errcode, code } = cause as Error & { errcode?: number; code?: string };
    post({ failed: { message, errcode, code }, count: requests.length });
  }
  for (const request of requests) sinceCheckpoint += weightOf(request) + overheadBytes;
}

function checkpoint(): void {
  sinceCheckpoint = 0;
  try {
    db.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
  } catch (cause) {
    // The log still has everything; a full disk is tried again later.
    if (!passes(cause)) throw cause;
  }
}

function close(): void {
  closed = true;
  db.close();
  marks?.close();
  port.close();
}
