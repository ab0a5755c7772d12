/** How this process reaches Kafka. */
import { Kafka, logLevel } from 'kafkajs';
import type { BrokersFunction, KafkaConfig, RetryOptions } from 'kafkajs';
import { clientLogger } from './bus-log.ts';
import type { BusLog } from './bus-log.ts';
import { clientWaits } from './limits.ts';
import { quietIdleTimers } from './request-timer.ts';
import { registerZstd } from './zstd-codec.ts';

export type KafkaConnection = {
  /** `host:port` of some nodes; the others are found through them. */
  readonly brokers: readonly string[];
  /** How this process calls itself to the brokers. */
  readonly clientId: string;
  readonly ssl?: NonNullable<KafkaConfig['ssl']>;
  readonly sasl?: NonNullable<KafkaConfig['sasl']>;
  readonly log: BusLog;
};

/** All five are always given: the library has other defaults under test than in production. */
export function retrying(retries: number): Required<Omit<RetryOptions, 'restartOnFailure'>> {
  const { maxRetryMs, firstRetryMs, retryFactor, retryMultiplier } = clientWaits;
  return { maxRetryTime: maxRetryMs, initialRetryTime: firstRetryMs, factor: retryFactor, multiplier: retryMultiplier, retries };
}

let told = false;

/** A client of its own connections. `brokers`: instead of those of the connection. */
export function kafkaClient(connection: KafkaConnection, retries: number, brokers?: BrokersFunction): Kafka {
  registerZstd();
  if (!quietIdleTimers() && !told) {
    told = true;
    connection.log.warn({}, 'kafkajs has changed inside: idle connections cost more than they need');
  }
  return new Kafka({
    brokers: brokers ?? [...connection.brokers], clientId: connection.clientId, ...(connection.ssl === undefined ? {} : { ssl: connection.ssl }), ...(connection.sasl === undefined ? {} : { sasl: connection.sasl }),
    connectionTimeout: clientWaits.connectionTimeoutMs, requestTimeout: clientWaits.requestTimeoutMs, retry: retrying(retries),
    logLevel: logLevel.WARN, logCreator: clientLogger(connection.log),
  });
}
