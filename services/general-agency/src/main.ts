/** `node services/general-agency/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createGeneralAgency } from './service.ts';

await runService({ name: 'general-agency', version: ownPackage.version, create: (ports) => createGeneralAgency(ports) });
