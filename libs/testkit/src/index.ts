export { memoryHub } from './memory-hub.ts';
export type { MemoryHub, MemoryHubConfig } from './memory-hub.ts';
export { testWorld } from './test-world.ts';
export type { TestWorld } from './test-world.ts';
