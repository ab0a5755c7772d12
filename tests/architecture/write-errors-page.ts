/** Writes docs/errors.md; `npm run generate` runs it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage, errorsPageFile } from './errors-page.ts';
import { root } from './source-tree.ts';

writeFileSync(join(root, errorsPageFile), errorsPage());
