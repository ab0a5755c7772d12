/** The portal asks intake as any caller without an office would, and hands on to payments what its platform says. */
import { intake, payments } from '@lienthong/contract';
import type { ServiceModule } from '@lienthong/dossier-service';
import type { Call, Handlers } from '@lienthong/kernel';
import type { PortalPorts } from '@lienthong/portal';
import type { createHealth, Logger } from '@lienthong/runtime';

/** Bound of one page, in milliseconds. */
const pageMs = 10_000;

export function portalPorts(modules: readonly ServiceModule[], health: ReturnType<typeof createHealth>, log: Logger): PortalPorts {
  const handlersOf = <D>(name: string, definition: D): Handlers<D> => modules.find((one) => one.name === name)!.rpcs.find((one) => one.definition === (definition as unknown))!.handlers as unknown as Handlers<D>;
  const handlers = handlersOf('intake', intake.IntakeService), money = handlersOf('payments', payments.PaymentsService);
  const call = (method: string, peer: string): Call => ({ caller: { office: '', officer: '', service: '', peer }, method: `/lienthong.${method}`, signal: AbortSignal.timeout(pageMs) });
  return {
    track: (request, peer) => handlers.trackDossier(request, call('intake.v1.Intake/TrackDossier', peer)),
    checkResult: (request, peer) => handlers.checkResult(request, call('intake.v1.Intake/CheckResult', peer)),
    form: (request, peer) => handlers.getForm(request, call('intake.v1.Intake/GetForm', peer)),
    confirm: (request, peer) => money.confirmPayment(request, call('payments.v1.Payments/ConfirmPayment', peer)),
    live: () => health.liveness().ok,
    ready: () => { const report = health.readiness(); return { ready: report.ok, parts: report.causes }; },
    failed: (error) => { log.error({ err: error }, 'page failed'); },
  };
}
