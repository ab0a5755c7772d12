/** `node services/postal/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createPostal } from './service.ts';

await runService({ name: 'postal', version: ownPackage.version, create: (ports) => createPostal(ports) });
