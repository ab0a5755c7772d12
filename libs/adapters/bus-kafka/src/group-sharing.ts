/**
 * kafkajs 2.2.4 waits for a member's share of a group no longer than for any other answer. When the member that shares out has died between joining and sharing,
 * the broker answers only after its session: a wait that ends before leaves one more dead member behind, and the next try meets that one. The same request is
 * found only by its path inside the library.
 */
import { createRequire } from 'node:module';

type Arguments = Record<string, unknown>;
type Versions = (version: { readonly version: number }) => (given: Arguments) => Arguments;
type SyncGroup = { protocol?: Versions & { readonly [patched]?: true } };
const patched = Symbol('waits longer than a session');

function syncGroup(): SyncGroup | undefined {
  try {
    const found = createRequire(import.meta.url)('kafkajs/src/protocol/requests/syncGroup') as SyncGroup | undefined;
    return typeof found?.protocol === 'function' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Once per process; `withinMs`: longest wait for a share. False: the library has changed, and works as it does by itself. */
export function awaitShares(withinMs: number): boolean {
  const requests = syncGroup();
  if (requests === undefined) return false;
  const before = requests.protocol!;
  if (before[patched]) return true;
  const patient: Versions = (version) => (given) => ({ ...before(version)(given), requestTimeout: withinMs });
  requests.protocol = Object.assign(patient, { [patched]: true } as const);
  return true;
}
