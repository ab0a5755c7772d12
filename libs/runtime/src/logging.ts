/** The log of a process: one JSON object a line on stderr, without personal data. stdout belongs to the command's answer. */
import { destination, pino, stdTimeFunctions } from 'pino';
import type { Bindings, Logger as PinoLogger } from 'pino';
import type { LogLevel } from './config.ts';
import { redact, redactText } from './redact.ts';

/** Log an event as `log.info({ dossier, office }, 'leg taken over')`: facts as fields, the sentence constant. */
export type Logger = PinoLogger;

export type LogOptions = {
  readonly level: LogLevel;
  /** Takes each line; absent: stderr, written before the call returns, so that the last words of a dying process are not lost. */
  readonly write?: (line: string) => void;
};

const stderrFd = 2;

/** A logger. Fields of people and numbers that look like theirs are replaced wherever they stand in a line. */
export function createLogger(options: LogOptions): Logger {
  const log = pino(
    {
      level: options.level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      serializers: { err: (error: unknown) => error },
      hooks: { logMethod: redactSentence },
    },
    options.write === undefined ? stderr() : { write: options.write },
  );
  // pino formats the fields of a child logger without asking `formatters`; children inherit this method.
  const { child } = log;
  log.child = function (this: PinoLogger, fields: Bindings) {
    return child.call(this, redactFields(fields));
  } as typeof child;
  return log;
}

function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redact(fields) as Record<string, unknown>;
}

/** What pino calls instead of its own method: the sentence and its fillings are redacted like the fields. */
function redactSentence(this: PinoLogger, args: Parameters<PinoLogger['info']>, method: (...args: Parameters<PinoLogger['info']>) => void): void {
  const clean = args.map((arg) => (typeof arg === 'string' ? redactText(arg) : arg)) as Parameters<PinoLogger['info']>;
  method.apply(this, clean);
}

function stderr(): ReturnType<typeof destination> {
  const stream = destination({ dest: stderrFd, sync: true });
  // Whoever read the log may be gone; the hub goes on without.
  stream.on('error', () => {});
  return stream;
}
