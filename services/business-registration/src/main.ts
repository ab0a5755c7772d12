/** `node services/business-registration/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createBusinessRegistration } from './service.ts';

await runService({ name: 'business-registration', version: ownPackage.version, create: (ports) => createBusinessRegistration(ports) });
