/** Bytes that are no message. The decoder answers with a marker, because what a decoder throws grpc-js turns into INTERNAL without a reason. */
import { HubError } from '@lienthong/kernel';
import { maxMessageBytes, maxProblemCharacters } from '../limits.ts';

/** Stands where a message should be. */
export class Undecoded {
  readonly error: HubError;
  constructor(error: HubError) { this.error = error; }
}

/** The same decoder, which never throws. */
export function orUndecoded<M>(deserialize: (bytes: Buffer) => M): (bytes: Buffer) => M | Undecoded {
  return (bytes) => {
    try {
      return deserialize(bytes);
    } catch (cause) {
      return new Undecoded(malformed(cause instanceof Error ? cause.message : String(cause), cause));
    }
  };
}

export function malformed(problem: string, cause?: unknown): HubError {
  return new HubError('MALFORMED_MESSAGE', { problem: problem.slice(0, maxProblemCharacters) }, { cause });
}

export function tooLarge(bytes: string): HubError {
  return new HubError('MESSAGE_TOO_LARGE', { bytes, limit: String(maxMessageBytes) });
}
