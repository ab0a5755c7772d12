/** Sandboxes for integrators: the outside of the hub as a process of its own, with faults by script. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseScript, plainScript, startSandbox } from '@lienthong/payment-gateway';
import type { SandboxScript } from '@lienthong/payment-gateway';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { carrierUsage, runCarrier } from './sandbox-carrier.ts';

const highestPort = 65_535;
/** Where the pages of a hub on this machine take confirmations. */
const ownConfirmUrl = 'http://127.0.0.1:8080/api/v1/payments/confirm';

export const sandboxCommand: Command = {
  name: 'sandbox', usage: 'gateway --secret-file FILE [--script FILE] [--port P] [--partner CODE] [--confirm URL | --no-confirm] [--page] [--return URL] | ' + carrierUsage,
  purpose: { vi: 'Nền tảng thanh toán thử và bưu chính thử: cùng hợp đồng với bên thật, lỗi theo kịch bản và hạt giống; --page: người nộp tự trả lời trên trang của lệnh; chạy đến khi dừng.', en: 'A payment platform and a carrier to try with: the contracts of the real ones, faults by script and seed; --page: the payer answers on the page of an order; each runs until it is stopped.' },
  async run(args) {
    const [what, ...rest] = args;
    if (what === 'carrier') return runCarrier(rest);
    if (what !== 'gateway') throw new UsageError('có / there are: gateway, carrier');
    const { values } = parseArgs({ args: rest, options: { script: { type: 'string' }, port: { type: 'string' }, partner: { type: 'string' }, 'secret-file': { type: 'string' }, confirm: { type: 'string' }, 'no-confirm': { type: 'boolean' }, page: { type: 'boolean' }, return: { type: 'string' } } });
    if (values['secret-file'] === undefined) throw new UsageError('--secret-file: cùng tệp với LIENTHONG_GATEWAY_SECRET_FILE / the file of LIENTHONG_GATEWAY_SECRET_FILE');
    const port = Number(values.port ?? '8099');
    if (!Number.isInteger(port) || port < 0 || port > highestPort) throw new UsageError(`--port 0–${highestPort}`);
    const returnUrl = values.return ?? '';
    if (returnUrl !== '' && !/^https?:$/.test(URL.parse(returnUrl)?.protocol ?? '')) throw new UsageError('--return http(s)://…/{code}');
    const server = await startSandbox({
      script: scriptIn(values.script), port, partner: values.partner ?? 'LIENTHONG', secret: readFileSync(values['secret-file'], 'utf8').trim(), confirmUrl: values['no-confirm'] === true ? '' : values.confirm ?? ownConfirmUrl, tell: print, payer: values.page === true ? 'page' : 'script', returnUrl,
    });
    print(`nền tảng thanh toán thử / sandbox gateway: http://127.0.0.1:${server.port}`);
    await new Promise<void>((resolve) => { process.once('SIGINT', resolve); process.once('SIGTERM', resolve); });
    await server.stop();
    return 0;
  },
};

function scriptIn(file: string | undefined): SandboxScript {
  if (file === undefined) return plainScript;
  try { return parseScript(readFileSync(file, 'utf8')); } catch (error) { throw new UsageError(`--script ${file}: ${error instanceof Error ? error.message : String(error)}`); }
}
