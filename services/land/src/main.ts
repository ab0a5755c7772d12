/** `node services/land/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createLand } from './service.ts';

await runService({ name: 'land', version: ownPackage.version, create: (ports) => createLand(ports) });
