/** The portal asks intake as any caller without an office would. */
import { intake } from '@lienthong/contract';
import type { ServiceModule } from '@lienthong/dossier-service';
import type { Call, Handlers } from '@lienthong/kernel';
import type { PortalPorts } from '@lienthong/portal';
import type { createHealth, Logger } from '@lienthong/runtime';

/** Bound of one page, in milliseconds. */
const pageMs = 10_000;

export function portalPorts(modules: readonly ServiceModule[], health: ReturnType<typeof createHealth>, log: Logger): PortalPorts {
  const rpc = modules.find((one) => one.name === 'intake')!.rpcs.find((one) => one.definition === (intake.IntakeService as unknown))!;
  const handlers = rpc.handlers as unknown as Handlers<typeof intake.IntakeService>;
  const call = (method: string, peer: string): Call => ({ caller: { office: '', officer: '', service: '', peer }, method: `/lienthong.intake.v1.Intake/${method}`, signal: AbortSignal.timeout(pageMs) });
  return {
    track: (request, peer) => handlers.trackDossier(request, call('TrackDossier', peer)),
    form: (request, peer) => handlers.getForm(request, call('GetForm', peer)),
    live: () => health.liveness().ok,
    ready: () => { const report = health.readiness(); return { ready: report.ok, parts: report.causes }; },
    failed: (error) => { log.error({ err: error }, 'page failed'); },
  };
}
