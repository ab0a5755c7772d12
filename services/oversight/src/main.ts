/** `node services/oversight/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createOversight } from './service.ts';

await runService({ name: 'oversight', version: ownPackage.version, create: (ports) => createOversight(ports) });
