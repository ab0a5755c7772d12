/** The bus over a real Kafka, as every bus. */
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { eventBusContract } from '@lienthong/testkit/contracts/event-bus-contract';
import { kafka, kafkaWorld } from './kafka-world.ts';

describeWith(kafka, 'with Kafka', (there) => {
  eventBusContract('the Kafka bus', () => kafkaWorld(there().bootstrap), { instances: true });
});
