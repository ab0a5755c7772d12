/** The Kafka that tests run against, and what its parts are called where they come from. */
export const kafkaVersion = '4.3.1';
/** What Kafka logs with; without it the nodes say nothing, and nobody knows when they are ready. */
export const log4jVersion = '2.25.3';
export const kafkaImage = `apache/kafka:${kafkaVersion}`;
/** Kafka 4 needs it. */
export const oldestJava = 17;
