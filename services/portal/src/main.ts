/** `node services/portal/src/main.ts`: the pages as a process of their own. They hold no truth: everything is asked of intake, and what the payment platform says is passed on. */
import { readFile } from 'node:fs/promises';
import { intake, payments, postal } from '@lienthong/contract';
import { grpcClient, hubErrorOf } from '@lienthong/rpc-grpc';
import { createHealth } from '@lienthong/runtime';
import type { Lifecycle } from '@lienthong/runtime';
import { PortTaken, runProcess } from '@lienthong/service-process';
import { payPort } from './pay-route.ts';
import { parsePostKeys } from './post-keys.ts';
import type { PostCaller, PostPort } from './post-routes.ts';
import { createPortal } from './server.ts';

/** Bound of one page, in milliseconds. */
const pageMs = 10_000;

function postPort(keys: ReadonlyMap<string, string>, address: string, lifecycle: Lifecycle, failed: (error: unknown, service: string) => never): PostPort {
  const post = grpcClient(postal.PostalService, address);
  lifecycle.onStop('close-stores', 'postal', () => post.close());
  const by = ({ office, officer, peer }: PostCaller): { office: string; officer: string; askedFor: string; deadlineMs: number } => ({ office, officer, askedFor: peer, deadlineMs: pageMs });
  const told = (error: unknown): never => failed(error, 'postal');
  return {
    keys,
    list: (request, caller) => post.listConsignments(request, by(caller)).catch(told), scan: (request, caller) => post.scanConsignment(request, by(caller)).catch(told),
    deliver: (request, caller) => post.deliverConsignment(request, by(caller)).catch(told), fail: (request, caller) => post.failConsignment(request, by(caller)).catch(told),
  };
}

await runProcess('portal', async ({ config, log, lifecycle }) => {
  const health = createHealth(), part = health.part('portal');
  const asked = grpcClient(intake.IntakeService, config.peers.get('intake') ?? '');
  const money = grpcClient(payments.PaymentsService, config.peers.get('payments') ?? '');
  const failed = (error: unknown, service = 'intake'): never => { throw hubErrorOf(error, service, pageMs); };
  const post = config.postKeysFile === '' ? null : postPort(parsePostKeys(await readFile(config.postKeysFile, 'utf8')), config.peers.get('postal') ?? '', lifecycle, failed);
  const portal = createPortal({
    track: (request, peer) => asked.trackDossier(request, { askedFor: peer, deadlineMs: pageMs }).catch((error: unknown) => failed(error)),
    checkResult: (request, peer) => asked.checkResult(request, { askedFor: peer, deadlineMs: pageMs }).catch((error: unknown) => failed(error)),
    form: async function* (request, peer) { try { yield* asked.getForm(request, { askedFor: peer, deadlineMs: pageMs }); } catch (error) { failed(error); } },
    confirm: (request, peer) => money.confirmPayment(request, { askedFor: peer, deadlineMs: pageMs }).catch((error: unknown) => failed(error, 'payments')),
    pay: payPort(config, (request, peer) => money.startOwnPayment(request, { askedFor: peer, deadlineMs: pageMs }).catch((error: unknown) => failed(error, 'payments'))),
    post,
    live: () => health.liveness().ok,
    ready: () => { const report = health.readiness(); return { ready: report.ok, parts: report.causes }; },
    failed: (error, id) => { log.error({ err: error, id }, 'page failed'); },
  }, config);
  lifecycle.onStop('stop-accepting', 'http', () => portal.stop());
  lifecycle.onStop('stop-accepting', 'health', () => health.stopping());
  lifecycle.onStop('close-stores', 'intake', () => asked.close());
  lifecycle.onStop('close-stores', 'payments', () => money.close());
  const port = await portal.listen(config.httpPort, config.grpcHost).catch((error: unknown) => { throw new PortTaken('LIENTHONG_HTTP_PORT', config.httpPort, error); });
  part.ready();
  return { address: `http://${config.grpcHost}:${port}` };
});
