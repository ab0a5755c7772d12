/** `node services/intake/src/main.ts`: this service as a process of its own. */
import { intakeReceiptPdf } from '@lienthong/forms-pdf';
import { publicUrlOf } from '@lienthong/runtime';
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createIntake } from './service.ts';

await runService({
  name: 'intake', version: ownPackage.version,
  create: (ports, config) => createIntake(ports, {
    receiptPdf: (content) => intakeReceiptPdf(content, `${publicUrlOf(config, config.httpPort)}/track/${encodeURIComponent(content.receipt.code)}?s=${content.receipt.trackSecret}`),
  }),
});
