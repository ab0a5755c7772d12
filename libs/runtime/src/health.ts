/** Whether this process lives, and whether it may be given work: each part reports for itself, the answer names what is missing. */

export type Cause = { readonly part: string; readonly cause: string };
export type HealthReport = { readonly ok: boolean; readonly causes: readonly Cause[] };

export type Part = {
  ready(): void;
  /** `cause` is shown to whoever asks: no personal data in it. */
  notReady(cause: string): void;
};

/** Answers why something is stuck, or null when it moves. Called at every question; must not wait. */
export type Probe = () => string | null;

export type Health = {
  /** A part that work needs; not ready until it says so. A second part of the same name throws. */
  part(name: string): Part;
  /** A probe of readiness that is asked anew each time, e.g. free space. */
  readyWhen(name: string, probe: Probe): void;
  /** A probe of liveness: its failure means that only a restart helps. */
  aliveWhen(name: string, probe: Probe): void;
  /** Not ready from now on, whatever the parts say. */
  stopping(): void;
  readiness(): HealthReport;
  liveness(): HealthReport;
  /** Called after each report of a part that changes `readiness().ok`; the answer ends it. */
  onChange(listener: (ready: boolean) => void): () => void;
};

/** Answers of `/health/live` and `/health/ready`, and of grpc.health.v1. */
export function createHealth(): Health {
  const notReady = new Map<string, string>();
  const names = new Set<string>();
  const probes = { ready: new Map<string, Probe>(), alive: new Map<string, Probe>() };
  const listeners = new Set<(ready: boolean) => void>();
  let stopped = false;
  let told = true;

  const readiness = (): HealthReport =>
    reportOf([...(stopped ? [{ part: 'process', cause: 'stopping' }] : []), ...[...notReady].map(([part, cause]) => ({ part, cause })), ...failing(probes.ready)]);
  const tell = (): void => {
    const { ok } = readiness();
    if (ok === told) return;
    told = ok;
    for (const listener of listeners) listener(ok);
  };
  const part = (name: string): Part => {
    if (names.has(name)) throw new RangeError(`two parts report their health as ${name}`);
    names.add(name);
    notReady.set(name, 'starting');
    tell();
    return {
      ready: () => { notReady.delete(name); tell(); },
      notReady: (cause) => { notReady.set(name, cause); tell(); },
    };
  };
  return {
    part, readiness,
    readyWhen: (name, probe) => void probes.ready.set(name, probe),
    aliveWhen: (name, probe) => void probes.alive.set(name, probe),
    stopping: () => { stopped = true; tell(); },
    liveness: () => reportOf(failing(probes.alive)),
    onChange: (listener) => { listeners.add(listener); return () => void listeners.delete(listener); },
  };
}

function reportOf(causes: readonly Cause[]): HealthReport {
  return { ok: causes.length === 0, causes };
}

function failing(probes: ReadonlyMap<string, Probe>): readonly Cause[] {
  return [...probes].flatMap(([part, probe]) => {
    const cause = probe();
    return cause === null ? [] : [{ part, cause }];
  });
}
