/** `node services/payments/src/main.ts`: this service as a process of its own. */
import { feeReceiptPdf } from '@lienthong/forms-pdf';
import { openGateways, remoteReceiptCheck } from '@lienthong/service-process';
import { runService } from '@lienthong/service-process/run-service';
import ownPackage from '../package.json' with { type: 'json' };
import { createPayments } from './service.ts';

await runService({
  name: 'payments', version: ownPackage.version,
  create(ports, config) {
    const receipts = remoteReceiptCheck(config.peers.get('intake') ?? '');
    const module = createPayments(ports, { receiptPdf: feeReceiptPdf, moneyBack: null, ...openGateways(config, () => ports.world.now()), receiptCheck: receipts.check });
    return { ...module, async stop() { await module.stop(); receipts.close(); } };
  },
});
