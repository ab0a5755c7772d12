/** Small buffers are cut from a pool, and the least of them keeps all of it in memory. */

/** In bytes; Node's own is 65,536. */
const poolBytes = 8_192;

/** For the whole thread; once, before work begins. */
export function useSmallPools(): void {
  Buffer.poolSize = poolBytes;
}
