/** What the adapter says to whoever runs it, and what the client library says, without its noise. */
import { logLevel } from 'kafkajs';
import type { LogEntry } from 'kafkajs';

/** Facts as fields, the sentence constant. */
export type BusLog = { error(fields: object, sentence: string): void; warn(fields: object, sentence: string): void; info(fields: object, sentence: string): void };

export const silentLog: BusLog = { error() {}, warn() {}, info() {} };

/** The library logs each failed try of what it tries again as an error: that is a warning here. What is an error, the adapter says itself. */
export function clientLogger(log: BusLog): () => (entry: LogEntry) => void {
  return () => ({ level, namespace, log: { message, groupId, broker, topic, partition, error } }) => {
    if (level > logLevel.WARN) return;
    log.warn({ namespace, message, groupId, broker, topic, partition, cause: error instanceof Error ? error.message : error }, 'kafka client');
  };
}
