/** Writes on their way to the writer's thread and back. Order is kept; nothing is answered before it is durable. */
import { Worker } from 'node:worker_threads';
import type { Appended, StoreError } from '@lienthong/kernel/ports/folder-store';
import { faultOf, passes, storeError } from './store-faults.ts';
import { answerAt, pack, weightOf } from './write-request.ts';
import type { WriteRequest } from './write-request.ts';
import type { FromWriter, ToWriter, WriterData } from './writer-thread.ts';

/** More than this waiting means that callers do not wait for answers; they are refused. */
const maxWaitingRequests = 100_000;
const maxWaitingBytes = 256 * 1024 * 1024;
/** So many are worth a message of their own while this thread is still busy asking. */
const requestsPerMessage = 32;

type Waiting = { readonly request: WriteRequest; readonly weight: number; readonly answer: (appended: Appended) => void; readonly fail: (cause: Error) => void };

export class WriteQueue {
  readonly #path: string;
  readonly #worker: Worker;
  readonly #drained = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #gathering: Waiting[] = [];
  /** Messages sent, in order; the writer answers one or several of them at once, in the same order. */
  #sent: Waiting[][] = [];
  #requests = 0;
  #bytes = 0;
  /** Why nothing more is taken. */
  #refusal: StoreError | undefined;

  constructor(data: WriterData) {
    this.#path = data.path;
    this.#worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: data });
    this.#worker.on('message', (message: FromWriter) => this.#receive(message));
    this.#worker.on('error', (cause) => this.#stop(faultOf(this.#path, cause)));
    this.#worker.on('exit', () => { this.#stop(storeError('STORE_CLOSED', this.#path)); this.#ended.resolve(); });
  }

  /** Rejects with a StoreError: after it, unless STORE_OVERLOADED, whether the write happened is unknown. */
  add(request: WriteRequest): Promise<Appended> {
    if (this.#refusal) return Promise.reject(this.#refusal);
    const weight = weightOf(request);
    if (this.#requests >= maxWaitingRequests || this.#bytes + weight > maxWaitingBytes) return Promise.reject(storeError('STORE_OVERLOADED', this.#path));
    this.#requests += 1;
    this.#bytes += weight;
    return new Promise((answer, fail) => {
      this.#gathering.push({ request, weight, answer, fail });
      // An idle writer begins at once. Else what this turn of the event loop asks for travels together, unless it is so much that the writer can begin with a part.
      if (this.#requests === 1) queueMicrotask(() => this.#send());
      else if (this.#gathering.length === 1) setImmediate(() => this.#send());
      else if (this.#gathering.length === requestsPerMessage) this.#send();
    });
  }

  /** Takes nothing more; resolves when everything asked for is answered. */
  drained(): Promise<void> {
    this.#refusal ??= storeError('STORE_CLOSED', this.#path);
    if (this.#requests === 0) this.#drained.resolve();
    return this.#drained.promise;
  }

  /** Ends the thread, after `drained`. */
  close(): Promise<void> {
    this.#worker.postMessage('close' satisfies ToWriter);
    return this.#ended.promise;
  }

  #send(): void {
    if (this.#gathering.length === 0) return;
    const packed = pack(this.#gathering.map(({ request }) => request));
    this.#sent.push(this.#gathering);
    this.#gathering = [];
    this.#worker.postMessage(packed satisfies ToWriter, [packed.bytes.buffer]);
  }

  #receive(message: FromWriter): void {
    if ('answers' in message) {
      const { answers } = message;
      this.#take(answers.length / 2).forEach((waiting, at) => waiting.answer(answerAt(answers, at)));
      return;
    }
    const cause = Object.assign(new Error(message.failed.message), message.failed);
    const fault = faultOf(this.#path, cause);
    for (const waiting of this.#take(message.count)) waiting.fail(fault);
    if (!passes(cause)) this.#stop(fault);
  }

  #take(count: number): Waiting[] {
    const taken: Waiting[] = [];
    while (taken.length < count) taken.push(...this.#sent.shift()!);
    for (const { weight } of taken) this.#bytes -= weight;
    this.#requests -= count;
    if (this.#requests === 0 && this.#refusal) this.#drained.resolve();
    return taken;
  }

  /** What waits is refused, and all that comes. */
  #stop(fault: StoreError): void {
    this.#refusal ??= fault;
    for (const waiting of [...this.#sent.flat(), ...this.#gathering]) waiting.fail(fault);
    this.#sent = [];
    this.#gathering = [];
    this.#drained.resolve();
    void this.#worker.terminate();
  }
}
