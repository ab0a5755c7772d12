/**
 * Forms are drawn in a thread of their own: each takes tens of milliseconds, for which everybody else would have to wait. The thread begins with the first form, and
 * again after it has failed; fonts and layout are loaded there alone.
 */
import { Worker } from 'node:worker_threads';
import type { Form } from '@lienthong/law';
import { HubError } from '@lienthong/kernel';
import type { Drawing, Drawn } from './drawing-thread.ts';
import type { FeeReceiptContent } from './fee-receipt.ts';
import type { FormPrint } from './form-pdf.ts';

/** Forms that wait to be drawn. */
const formsAtMost = 200;

type Job = { readonly drawing: Drawing; readonly signal: AbortSignal | undefined; readonly done: (bytes: Uint8Array) => void; readonly failed: (cause: unknown) => void };

export class DrawingDesk {
  #thread: Worker | null = null;
  #atWork: Job | null = null;
  readonly #waiting: Job[] = [];
  readonly #maxWaiting: number;

  /** `maxWaiting`: forms beyond which one more is refused with OVERLOADED. */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** What nobody waits for any more when its turn comes is not drawn. Rejects with OVERLOADED, with the reason of the signal, or with what went wrong. */
  async draw(drawing: Drawing, signal?: AbortSignal): Promise<Uint8Array> {
    if (this.#waiting.length >= this.#maxWaiting) throw new HubError('OVERLOADED', { service: 'PDF' });
    return new Promise((done, failed) => {
      this.#waiting.push({ drawing, signal, done, failed });
      this.#next();
    });
  }

  #next(): void {
    while (this.#atWork === null) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      if (job.signal?.aborted) { job.failed(job.signal.reason); continue; }
      this.#atWork = job;
      const thread = this.#running();
      // A process ends when nothing is left to be drawn.
      thread.ref();
      try { thread.postMessage(job.drawing); } catch (cause) { this.#end((one) => one.failed(cause)); }
    }
  }

  #running(): Worker {
    if (this.#thread !== null) return this.#thread;
    const thread = this.#thread = new Worker(new URL('./drawing-thread.ts', import.meta.url));
    thread.on('message', (drawn: Drawn) => this.#end((job) => { if ('bytes' in drawn) job.done(drawn.bytes); else job.failed(drawn.failed); }));
    const gone = (cause: unknown): void => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#end((job) => job.failed(cause));
    };
    thread.on('error', gone);
    thread.on('exit', (code) => gone(new Error(`the thread that draws forms ended with ${code}`)));
    return thread;
  }

  #end(tell: (job: Job) => void): void {
    const job = this.#atWork;
    this.#atWork = null;
    this.#thread?.unref();
    if (job !== null) tell(job);
    this.#next();
  }
}

const desk = new DrawingDesk(formsAtMost);

/** The same form gives the same bytes. */
export const formPdf = (form: Form, print: FormPrint, signal?: AbortSignal): Promise<Uint8Array> => desk.draw({ form, print }, signal);

/** The same content gives the same bytes. */
export const feeReceiptPdf = (feeReceipt: FeeReceiptContent, signal?: AbortSignal): Promise<Uint8Array> => desk.draw({ feeReceipt }, signal);
