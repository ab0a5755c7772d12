/** Writes that wait for their turn. Order is kept; what waits travels together. */
import type { AuthorId } from '@lienthong/folder';
import type { Append, Appended, StoreError } from '@lienthong/kernel/ports/folder-store';
import type { BatchWriter, Outcome } from './batch-writer.ts';
import { faultOf, storeError } from './store-faults.ts';

/** More than this waiting means that callers do not wait for answers; they are refused. */
const maxWaitingRequests = 100_000;
const maxWaitingBytes = 256 * 1024 * 1024;
/** More bring no more: a server takes each folder by itself. Others wait for the whole batch. */
const maxBatchAppends = 200;
const maxBatchBytes = 16 * 1024 * 1024;
/** What a request takes beside its own bytes. */
const overheadBytes = 512;
/** So often another instance may be first before a write is given up. */
const maxAttempts = 20;

type Request = { readonly change: Append } | { readonly owner: AuthorId };
type Waiting = { readonly request: Request; readonly weight: number; attempts: number; readonly answer: (appended: Appended) => void; readonly fail: (cause: Error) => void };
type WaitingAppend = Waiting & { readonly request: { readonly change: Append } };

export class WriteQueue {
  readonly #writer: Pick<BatchWriter, 'write' | 'own'>;
  readonly #place: string;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #running: Promise<void> | undefined;
  #refusal: StoreError | undefined;

  constructor(writer: Pick<BatchWriter, 'write' | 'own'>, place: string) {
    this.#writer = writer;
    this.#place = place;
  }

  /** Rejects with a StoreError: after it, unless STORE_OVERLOADED, whether the write happened is unknown. */
  add(request: Request): Promise<Appended> {
    if (this.#refusal) return Promise.reject(this.#refusal);
    const weight = weightOf(request);
    if (this.#waiting.length >= maxWaitingRequests || this.#bytes + weight > maxWaitingBytes) return Promise.reject(storeError('STORE_OVERLOADED', this.#place));
    this.#bytes += weight;
    return new Promise((answer, fail) => {
      this.#waiting.push({ request, weight, attempts: 0, answer, fail });
      // What is asked for in this turn travels together.
      this.#running ??= Promise.resolve().then(() => this.#run());
    });
  }

  /** Takes nothing more; resolves when everything asked for is answered. */
  async drained(): Promise<void> {
    this.#refusal ??= storeError('STORE_CLOSED', this.#place);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting as [Waiting, ...Waiting[]];
      if ('owner' in first.request) await this.#own(this.#waiting.shift()!, first.request.owner);
      else await this.#write(this.#take());
    }
    this.#running = undefined;
  }

  async #own(waiting: Waiting, owner: AuthorId): Promise<void> {
    this.#bytes -= waiting.weight;
    try {
      waiting.answer(await this.#writer.own(owner) ? { ok: true, version: 0, commit: 0 } : { ok: false, conflict: 'incarnation' });
    } catch (cause) {
      waiting.fail(faultOf(this.#place, cause));
    }
  }

  /** Appends up to the next change of owner, at least one. */
  #take(): WaitingAppend[] {
    let count = 0;
    let bytes = 0;
    for (const { request, weight } of this.#waiting) {
      bytes += weight;
      if ('owner' in request || count === maxBatchAppends || (count > 0 && bytes > maxBatchBytes)) break;
      count++;
    }
    return this.#waiting.splice(0, count) as WaitingAppend[];
  }

  async #write(batch: readonly WaitingAppend[]): Promise<void> {
    let outcomes: readonly Outcome[];
    try {
      outcomes = await this.#writer.write(batch.map(({ request }) => request.change));
    } catch (cause) {
      const fault = cause instanceof RangeError ? cause : faultOf(this.#place, cause);
      outcomes = batch.map(() => fault);
    }
    const left = batch.filter((waiting, at) => !this.#answered(waiting, outcomes[at]!));
    this.#waiting.unshift(...left);
  }

  #answered(waiting: WaitingAppend, outcome: Outcome): boolean {
    if (outcome === 'again' && ++waiting.attempts < maxAttempts) return false;
    this.#bytes -= waiting.weight;
    if (outcome === 'again') waiting.fail(storeError('STORE_OVERLOADED', this.#place, new Error(`${maxAttempts} times another instance was first`)));
    else if (outcome instanceof Error) waiting.fail(outcome);
    else waiting.answer(outcome);
    return true;
  }
}

function weightOf(request: Request): number {
  if ('owner' in request) return overheadBytes;
  const { segment, aux, asides, index } = request.change;
  let weight = overheadBytes + (segment?.byteLength ?? 0) + (aux?.byteLength ?? 0);
  for (const { name, bytes } of asides ?? []) weight += name.length + (bytes?.byteLength ?? 0);
  for (const field in index) for (const value of index[field]!) weight += field.length + value.length;
  return weight;
}
