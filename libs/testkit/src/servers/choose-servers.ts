/** Where the real servers of a test come from: one decision for all kinds of servers, and the reason when there are none. */
import type { ProvidedContext } from 'vitest';

/** `LIENTHONG_TEST_SERVERS`, as `inject('servers')` gives it. */
export type ServersSetting = ProvidedContext['servers'];

export type ServersChoice = 'docker' | 'local' | { readonly skipped: string };

/** Each answers why it cannot be had, in words that say what to install, or undefined when it can. Asked only when the setting allows it. */
export type ServersAvailable = { docker(): string | undefined; local(): string | undefined };

/** `auto` takes Docker where it runs and local servers otherwise. `what` names the servers in the reason: "Kafka". */
export function chooseServers(setting: ServersSetting, what: string, available: ServersAvailable): ServersChoice {
  if (setting === 'none') return { skipped: `no ${what}: LIENTHONG_TEST_SERVERS=none` };
  const noDocker = setting === 'local' ? 'LIENTHONG_TEST_SERVERS=local' : available.docker();
  if (noDocker === undefined) return 'docker';
  const noLocal = setting === 'docker' ? 'LIENTHONG_TEST_SERVERS=docker' : available.local();
  if (noLocal === undefined) return 'local';
  return { skipped: `no ${what}: in Docker: ${noDocker}; local: ${noLocal}` };
}
