/** `node services/payments/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createPayments } from './service.ts';

await runService({ name: 'payments', version: ownPackage.version, create: (ports) => createPayments(ports) });
