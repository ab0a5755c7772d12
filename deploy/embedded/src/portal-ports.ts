/** The portal asks intake as any caller without an office would, and hands on to payments what its platform says. */
import { intake, payments, postal } from '@lienthong/contract';
import type { ServiceModule } from '@lienthong/dossier-service';
import type { Call, Handlers } from '@lienthong/kernel';
import type { ReceiptCheck } from '@lienthong/payments';
import { payPort } from '@lienthong/portal';
import type { PortalPorts, PostCaller, PostPort } from '@lienthong/portal';
import type { createHealth, Logger } from '@lienthong/runtime';

/** Bound of one page, in milliseconds. */
const pageMs = 10_000;

const handlersIn = <D>(modules: readonly ServiceModule[], name: string, definition: D): Handlers<D> => modules.find((one) => one.name === name)!.rpcs.find((one) => one.definition === (definition as unknown))!.handlers as unknown as Handlers<D>;
const callOf = (method: string, peer: string): Call => ({ caller: { office: '', officer: '', service: '', peer }, method: `/lienthong.${method}`, signal: AbortSignal.timeout(pageMs) });

/** Intake's word on the secret of a receipt, for whoever starts a payment with it. */
export function receiptCheckOf(modules: readonly ServiceModule[]): ReceiptCheck {
  return async ({ code, secret }, peer) => { await handlersIn(modules, 'intake', intake.IntakeService).trackDossier({ code, proof: { $case: 'secret', value: secret } }, callOf('intake.v1.Intake/TrackDossier', peer)); };
}

/** `postKeys`: of the post offices that may use the postman's page; null: there is none. */
export function portalPorts(modules: readonly ServiceModule[], health: ReturnType<typeof createHealth>, log: Logger, postKeys: ReadonlyMap<string, string> | null, config: Parameters<typeof payPort>[0]): PortalPorts {
  const handlersOf = <D>(name: string, definition: D): Handlers<D> => handlersIn(modules, name, definition), call = callOf;
  const handlers = handlersOf('intake', intake.IntakeService), money = handlersOf('payments', payments.PaymentsService);
  return {
    track: (request, peer) => handlers.trackDossier(request, call('intake.v1.Intake/TrackDossier', peer)),
    checkResult: (request, peer) => handlers.checkResult(request, call('intake.v1.Intake/CheckResult', peer)),
    form: (request, peer) => handlers.getForm(request, call('intake.v1.Intake/GetForm', peer)),
    confirm: (request, peer) => money.confirmPayment(request, call('payments.v1.Payments/ConfirmPayment', peer)),
    pay: payPort(config, (request, peer) => money.startOwnPayment(request, call('payments.v1.Payments/StartOwnPayment', peer))),
    post: postKeys === null ? null : postPort(handlersOf('postal', postal.PostalService), postKeys),
    live: () => health.liveness().ok,
    ready: () => { const report = health.readiness(); return { ready: report.ok, parts: report.causes }; },
    failed: (error, id) => { log.error({ err: error, id }, 'page failed'); },
  };
}

function postPort(post: Handlers<typeof postal.PostalService>, keys: ReadonlyMap<string, string>): PostPort {
  const call = (method: string, { office, officer, peer }: PostCaller): Call => ({ caller: { office, officer, service: '', peer }, method: `/lienthong.postal.v1.Postal/${method}`, signal: AbortSignal.timeout(pageMs) });
  return {
    keys,
    list: (request, by) => post.listConsignments(request, call('ListConsignments', by)), scan: (request, by) => post.scanConsignment(request, call('ScanConsignment', by)),
    deliver: (request, by) => post.deliverConsignment(request, call('DeliverConsignment', by)), fail: (request, by) => post.failConsignment(request, call('FailConsignment', by)),
  };
}
