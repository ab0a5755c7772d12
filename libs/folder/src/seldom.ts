/** Maps that in most folders stay empty for life: they share one, until something is put in. A map of its own takes 200 bytes, and a folder has many. */
const nothing: ReadonlyMap<never, never> = new Map<never, never>();

export type Seldom<K, V> = ReadonlyMap<K, V>;

export function seldom<K, V>(): Seldom<K, V> {
  return nothing as unknown as Seldom<K, V>;
}

/** The map with the pair in it: the same one, or, where it was empty, a new one that takes its place. */
export function having<K, V>(map: Seldom<K, V>, key: K, value: V): Seldom<K, V> {
  return (map.size === 0 ? new Map<K, V>() : map as Map<K, V>).set(key, value);
}

/** Takes a key out, if it is there. */
export function without<K, V>(map: Seldom<K, V>, key: K): void {
  (map as Map<K, V>).delete(key);
}
