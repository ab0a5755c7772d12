/**
 * A producer that serves as long as every send of it succeeds. The library tries again without end, for an idempotent producer that stops trying goes on with numbers
 * that the broker has seen, and what it sends next is silently dropped. So the end of a send is ours: it takes the producer with it.
 */
import { CompressionTypes, Partitioners } from 'kafkajs';
import type { ICustomPartitioner, Message, Producer, RecordMetadata } from 'kafkajs';
import { HubError } from '@lienthong/kernel';
import { kafkaClient, retrying } from './connection.ts';
import type { KafkaConnection } from './connection.ts';
import { clientWaits } from './limits.ts';

const allReplicas = -1;

export class RetiringProducer {
  readonly #producer: Producer;
  readonly #topic: string;
  readonly #crashPoint: KafkaConnection['crashPoint'];
  #connected: Promise<void> | undefined;
  #retired = false;
  /** To which the present send goes. */
  #partitions = new Set<number>();

  constructor(connection: KafkaConnection, topic: string) {
    this.#topic = topic;
    this.#crashPoint = connection.crashPoint;
    const retries = Number.MAX_SAFE_INTEGER;
    this.#producer = kafkaClient(connection, retries, () => this.#retired).producer({
      idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, metadataMaxAge: clientWaits.metadataMaxAgeMs, createPartitioner: this.#partitioner, retry: retrying(retries),
    });
  }

  /** Resolves when all copies in sync have every record. One send at a time. Rejects after `giveUpAfterMs` at the latest; this producer must then be retired. */
  async send(messages: readonly Message[], giveUpAfterMs: number): Promise<void> {
    if (this.#retired) throw new RangeError('a retired producer sends nothing');
    this.#partitions = new Set();
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(giveUpAfterMs) })), giveUpAfterMs); });
    try {
      assertAnswered(this.#partitions, await Promise.race([this.#sending([...messages]), givenUp]));
    } finally {
      clearTimeout(timer);
    }
  }

  /** It sends nothing more, not even what it was about to try again. Resolves when its connections are closed. */
  async retire(): Promise<void> {
    this.#retired = true;
    await this.#producer.disconnect().catch(() => {});
  }

  async #sending(messages: Message[]): Promise<readonly RecordMetadata[]> {
    await (this.#connected ??= this.#producer.connect());
    this.#crashPoint?.('kafka-unsent');
    const answers = await this.#producer.send({ topic: this.#topic, messages, acks: allReplicas, timeout: clientWaits.acknowledgeWithinMs, compression: CompressionTypes.ZSTD });
    this.#crashPoint?.('kafka-sent');
    return answers;
  }

  /** As the Java client does it, so that any client finds the partition of a key. */
  readonly #partitioner: ICustomPartitioner = () => {
    const partition = Partitioners.DefaultPartitioner();
    return (choice) => {
      if (this.#retired) throw Object.assign(new Error('this producer was retired'), { retriable: false });
      const chosen = partition(choice);
      this.#partitions.add(chosen);
      return chosen;
    };
  };
}

/**
 * When a partition moves to a broker that has already answered for others, the library takes the old answer for the new one and reports a success without having sent.
 * So every partition must have been answered for.
 */
export function assertAnswered(sent: ReadonlySet<number>, answers: readonly RecordMetadata[]): void {
  const answered = new Set(answers.filter(({ errorCode }) => errorCode === 0).map(({ partition }) => partition));
  const missing = [...sent].filter((partition) => !answered.has(partition));
  if (missing.length > 0) throw new HubError('PEER_UNREACHABLE', { service: 'Kafka', problem: `no answer for partition ${missing.join(', ')}` });
}
