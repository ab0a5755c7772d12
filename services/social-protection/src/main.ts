/** `node services/social-protection/src/main.ts`: this service as a process of its own. */
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createSocialProtection } from './service.ts';

await runService({ name: 'social-protection', version: ownPackage.version, create: (ports) => createSocialProtection(ports) });
