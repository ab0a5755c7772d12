/** How this process reaches Kafka. */
import { readFileSync } from 'node:fs';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { Kafka, logLevel } from 'kafkajs';
import type { KafkaConfig, RetryOptions } from 'kafkajs';
import { boundFetches } from './bounded-fetches.ts';
import { clientLogger } from './bus-log.ts';
import type { BusLog } from './bus-log.ts';
import { awaitShares } from './group-sharing.ts';
import { clientWaits } from './limits.ts';
import { quietIdleTimers } from './request-timer.ts';
import { socketsUntil } from './sockets.ts';
import { registerZstd } from './zstd-codec.ts';

export type KafkaConnection = {
  /** `host:port` of some nodes; the others are found through them. */
  readonly brokers: readonly string[];
  /** How this process calls itself to the brokers. */
  readonly clientId: string;
  readonly ssl?: NonNullable<KafkaConfig['ssl']>;
  readonly sasl?: NonNullable<KafkaConfig['sasl']>;
  readonly log: BusLog;
  /** Of tests: where this process may be made to die. */
  readonly crashPoint?: CrashPoint | undefined;
};

/** `file`: PEM of the authority that signed the brokers' certificates; empty: connections are not encrypted. */
export function sslOf(file: string): Pick<KafkaConnection, 'ssl'> {
  return file === '' ? {} : { ssl: { ca: [readFileSync(file)] } };
}

/** All five are always given: the library has other defaults under test than in production. */
export function retrying(retries: number): Required<Omit<RetryOptions, 'restartOnFailure'>> {
  const { maxRetryMs, firstRetryMs, retryFactor, retryMultiplier } = clientWaits;
  return { maxRetryTime: maxRetryMs, initialRetryTime: firstRetryMs, factor: retryFactor, multiplier: retryMultiplier, retries };
}

let told = false;

/**
 * A client of its own connections. Once `isOver`, it finds no broker and gets no connection: by that even endless retries end, which the library cannot break off itself.
 */
export function kafkaClient(connection: KafkaConnection, retries: number, isOver: () => boolean = () => false): Kafka {
  registerZstd();
  const changed = [...(quietIdleTimers() ? [] : ['idle connections cost more than they need']), ...(awaitShares(clientWaits.shareWithinMs) ? [] : ['a group may share its topic out late after a crash']),
    ...(boundFetches() ? [] : ['a batch of very many records ends whoever reads it'])];
  if (changed.length > 0 && !told) {
    told = true;
    connection.log.warn({ changed }, 'kafkajs has changed inside');
  }
  return new Kafka({
    brokers: () => (isOver() ? [] : [...connection.brokers]), socketFactory: socketsUntil(isOver), clientId: connection.clientId, ...(connection.ssl === undefined ? {} : { ssl: connection.ssl }), ...(connection.sasl === undefined ? {} : { sasl: connection.sasl }),
    connectionTimeout: clientWaits.connectionTimeoutMs, requestTimeout: clientWaits.requestTimeoutMs, retry: retrying(retries),
    logLevel: logLevel.WARN, logCreator: clientLogger(connection.log),
  });
}
