/** A register that does not see what its records say of themselves. */
import type { Host, FolderState } from '@lienthong/dossier-service';
import type { View } from '@lienthong/kernel';

/** `rehearse-for-real`: a rehearsal changes real records. `apply-twice`: a record does not know which decisions it bears. `reserve-over-reserved`: nor by whom it is reserved. */
export const registerFaults = ['rehearse-for-real', 'apply-twice', 'reserve-over-reserved'] as const;
export type RegisterFault = (typeof registerFaults)[number];

export const isRegisterFault = (fault: string): fault is RegisterFault => (registerFaults as readonly string[]).includes(fault);

export function forgetfulHost(host: Host, faults: ReadonlySet<string>): Host {
  if (!faults.has('apply-twice') && !faults.has('reserve-over-reserved')) return host;
  const shown = (view: View<FolderState>): View<FolderState> => {
    const { state } = view;
    if (state.record === null) return view;
    const record = { ...state.record, ...(faults.has('apply-twice') ? { applied: [] } : {}), ...(faults.has('reserve-over-reserved') ? { reservation: null } : {}) };
    return Object.create(view, { state: { value: { ...state, record } } }) as View<FolderState>;
  };
  const participant: Host['participant'] = Object.create(host.participant, {
    view: { value: (folder: string, read: (view: View<FolderState>) => unknown) => host.participant.view(folder, (view) => read(shown(view))) },
    handle: { value: (folder: string, command: Parameters<Host['participant']['handle']>[1]) => host.participant.handle(folder, { ...command, decide: (view) => command.decide(shown(view)) }) },
    isWhole: { value: () => host.participant.isWhole() },
    asides: { value: (folder: string, names: readonly string[]) => host.participant.asides(folder, names) },
    find: { value: (field: string, value: string, limit: number, after?: string) => host.participant.find(field, value, limit, after) },
  }) as Host['participant'];
  return { ...host, participant };
}
