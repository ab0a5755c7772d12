export { memoryPeers } from './memory-peers.ts';
export type { CallHook, MemoryPeers, MemoryPeersOptions } from './memory-peers.ts';
