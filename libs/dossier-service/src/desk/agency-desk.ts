/** `AgencyDesk` of a service that has desks. */
import { agency } from '@lienthong/contract';
import type { RpcService } from '@lienthong/kernel';
import type { Host } from '../host.ts';
import type { RegisterDesk } from '../register-port.ts';
import { factCommands } from './fact-commands.ts';
import { postDesk } from './post-desk.ts';
import { readingDesk } from './reading-desk.ts';
import { resultCommands } from './result-commands.ts';
import { simpleCommands } from './simple-commands.ts';

/** `register`: the service's own register; null when its completions change none. */
export function agencyDesk(host: Host, register: RegisterDesk | null): RpcService<typeof agency.AgencyDeskService> {
  return { definition: agency.AgencyDeskService, handlers: { ...readingDesk(host, register), ...simpleCommands(host), ...postDesk(host), ...factCommands(host, register), ...resultCommands(host, register) } };
}
