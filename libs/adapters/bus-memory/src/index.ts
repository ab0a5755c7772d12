export { memoryBus } from './memory-bus.ts';
export type { Carry, MemoryBus, MemoryBusOptions } from './memory-bus.ts';
