import type { World } from '@lienthong/kernel';

/** `bytes` that nobody can guess, as lowercase hex. */
export function randomHex(world: Pick<World, 'randomBytes'>, bytes: number): string {
  return Array.from(world.randomBytes(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
