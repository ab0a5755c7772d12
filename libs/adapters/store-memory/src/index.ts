export { memoryStore, MemoryStore } from './memory-store.ts';
export type { MemoryStoreOptions } from './memory-store.ts';
export type { MemorySnapshot } from './memory-disk.ts';
