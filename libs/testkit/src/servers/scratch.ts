/** Where servers of tests keep their files: ignored by git, and what is in it may be deleted when no test runs. */
import { fileURLToPath } from 'node:url';

export const serversScratch = fileURLToPath(new URL('../../../../.tmp/servers/', import.meta.url));
