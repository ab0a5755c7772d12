/** The one door of the image: `land` runs that service, `health` asks whether the service of this container is ready, anything else is the `lienthong` command. */
import { existsSync } from 'node:fs';

const verb = process.argv[2] ?? '';
const service = new URL(`../services/${verb}/src/main.ts`, import.meta.url);

if (verb === 'health') await import('../libs/service-process/src/health-check.ts');
else if (/^[a-z][a-z-]*$/.test(verb) && existsSync(service)) await import(service.href);
else await import('../libs/operator/src/main.ts');
