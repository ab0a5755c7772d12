/** The bus inside one process, as every bus. */
import { eventBusContract } from '@lienthong/testkit/contracts/event-bus-contract';
import { memoryBus } from '../src/index.ts';

eventBusContract('the memory bus', async () => {
  const bus = memoryBus({ concurrency: 1, retryMs: 5 });
  return {
    bus, another: () => bus,
    dieWithABatch: (service) => new Promise((given) => { void bus.subscribe(service, (batch) => { given(batch.map(({ mark }) => mark)); return new Promise(() => {}); }); }),
    dispose: async () => {},
  };
}, { instances: false });
