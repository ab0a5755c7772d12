/** `node services/payments/src/main.ts`: this service as a process of its own. */
import { feeReceiptPdf } from '@lienthong/forms-pdf';
import { openGateway } from '@lienthong/service-process';
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createPayments } from './service.ts';

await runService({ name: 'payments', version: ownPackage.version, create: (ports, config) => createPayments(ports, { receiptPdf: feeReceiptPdf, moneyBack: null, gateway: openGateway(config, () => ports.world.now()) }) });
