/** `node services/intake/src/main.ts`: this service as a process of its own. */
import { join } from 'node:path';
import { formSigner } from '@lienthong/form-signatures';
import { formPdf } from '@lienthong/forms-pdf';
import { publicUrlOf } from '@lienthong/runtime';
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createIntake } from './service.ts';
import { trackUrlOf } from './track-url.ts';

await runService({
  name: 'intake', version: ownPackage.version,
  create: (ports, config) => createIntake(ports, {
    formPdf: (form, language, signal) => formPdf(form, { language, trackUrl: trackUrlOf(form.track, publicUrlOf(config, config.httpPort)) }, signal),
    signForm: formSigner(join(config.keysDir || join(config.dataDir, 'keys'), 'forms'), 'Liên thông hub').sign,
  }),
});
