/** A call as handlers know it. */
import { HubError } from '@lienthong/kernel';
import type { Call, Caller } from '@lienthong/kernel';

/** What is needed of a call of grpc-js, whatever its kind. */
export type Surface = {
  readonly cancelled: boolean;
  once(event: 'cancelled', listener: () => void): unknown;
  getDeadline(): Date | number;
};

export class GrpcCall implements Call {
  readonly caller: Caller;
  readonly method: string;
  readonly #surface: Surface;
  readonly #startedAt = Date.now();
  #controller: AbortController | undefined;

  constructor(method: string, caller: Caller, surface: Surface) {
    this.method = method;
    this.caller = caller;
    this.#surface = surface;
  }

  /** Made when first asked for: most calls are over before anybody would. Aborts also when the call has ended. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#surface.cancelled) this.abort(this.endedBy());
      else this.#surface.once('cancelled', () => this.abort(this.endedBy()));
    }
    return this.#controller.signal;
  }

  abort(reason: HubError): void {
    (this.#controller ??= new AbortController()).abort(reason);
  }

  /** What a handler threw because its signal was aborted, as what aborted it. */
  explained(thrown: unknown): unknown {
    const signal = this.#controller?.signal;
    return signal?.aborted === true && thrown instanceof Error && thrown.name === 'AbortError' ? signal.reason : thrown;
  }

  /** Why a call ended that the handler did not end. */
  endedBy(): HubError {
    const deadline = Number(this.#surface.getDeadline());
    return deadline <= Date.now() ? new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(deadline - this.#startedAt) }) : new HubError('CANCELLED');
  }
}
