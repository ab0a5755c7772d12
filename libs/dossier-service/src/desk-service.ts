/** A service whose offices work on legs: its desks, and its register where it keeps one. */
import { createParticipant } from '@lienthong/kernel';
import type { AnyRpcService, Effect } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import { agencyDesk } from './desk/agency-desk.ts';
import { dossierCheck } from './dossier-check.ts';
import { evidenceSource } from './evidence.ts';
import type { EvidenceFact } from './evidence.ts';
import { evidenceOfService } from './evidence-of-service.ts';
import { evidenceService } from './evidence-rpcs.ts';
import type { Host } from './host.ts';
import { inDossierTime } from './in-dossier-time.ts';
import { issuedEvidence } from './issued-evidence.ts';
import { learnPepper, rememberedPepper } from './pepper.ts';
import { pulling } from './pull-parts.ts';
import { registerEffects } from './register-effects.ts';
import type { RegisterEffect } from './register-effects.ts';
import { registers } from './register.ts';
import type { PrepareChange, RegisterDesk } from './register-port.ts';
import type { Register, Registers } from './register.ts';
import { refusalOfProblem } from './register-rules.ts';
import type { Problem, RegisterRules } from './register-rules.ts';
import { dossierRules } from './rules.ts';
import { sideOfDossier } from './side.ts';
import type { FolderState } from './rules.ts';
import type { ServiceModule, ServicePorts } from './service-module.ts';

export type DeskService<F extends object, C extends object> = {
  readonly name: ServiceName;
  /** The rules of its register; null when its completions change none. */
  readonly register: RegisterRules<F, C> | null;
  /** What a change must know of the register beyond what the dossier says, put beside the particulars before the rules see it. `register`: the side of the dossier. */
  lookUp?(register: Register<F>, prepare: PrepareChange): Promise<PrepareChange>;
  /** Why a number that a result is to bear from now on is no number for it, beyond what the touched records say; null: nothing speaks against it. */
  numberProblem?(register: Register<F>, number: string): Promise<Problem | null>;
  /** Facts of its register that stand in for papers. */
  facts?(host: Host): readonly EvidenceFact<F>[];
  /** RPCs beyond the desk. */
  rpcs?(host: Host, registers: Registers<F>): readonly AnyRpcService[];
};

export function createDeskService<F extends object, C extends object>(ports: ServicePorts, definition: DeskService<F, C>): ServiceModule {
  let kept: Registers<F> | null = null;
  // The effects are those of the register, which needs the participant to write: they meet when the first effect runs.
  const effect = (name: RegisterEffect): Effect<FolderState> => inDossierTime({ run: (call) => kept!.effects[name].run(call) });
  const effects: Record<string, Effect<FolderState>> = definition.register === null ? {} : Object.fromEntries(registerEffects.map((name) => [name, effect(name)]));
  const participant = createParticipant({ ...ports, service: definition.name, rules: dossierRules(ports.environment), effects });
  const host: Host = { service: definition.name, participant, environment: ports.environment, world: ports.world, documents: ports.documents, evidence: ports.evidence, ...bookOf(ports), rehearsalsAllowed: ports.rehearsalsAllowed, pull: pulling(ports, () => participant.context().author) };
  if (definition.register !== null) kept = registers(host, definition.register, rememberedPepper(host));
  const own = kept === null ? [] : definition.rpcs?.(host, kept) ?? [];
  const facts = definition.facts?.(host) ?? [];
  const evidence = evidenceOfService(host, kept === null || facts.length === 0 ? null : evidenceSource(host, kept, facts), issuedEvidence(host));
  const answers = evidence === null ? [] : [evidenceService([evidence], ports.environment) as unknown as AnyRpcService];
  const desk = kept === null ? null : deskOf(kept, definition);
  return {
    name: definition.name, participant, evidence, dossierCheck: dossierCheck(host), rpcs: [agencyDesk(host, desk) as unknown as AnyRpcService, ...answers, ...own],
    async start() {
      await participant.start();
      // Nobody shall wait for it at a counter.
      if (kept !== null) await learnPepper(host, () => {});
    },
    stop: () => participant.stop(),
  };
}

/** Whom a host asks about dossiers and reads, where its process has somebody to ask. */
export function bookOf({ evidenceBook }: Pick<ServicePorts, 'evidenceBook'>): Pick<Host, 'evidenceBook'> {
  return evidenceBook === undefined ? {} : { evidenceBook };
}

function deskOf<F extends object, C extends object>(kept: Registers<F>, { lookUp, numberProblem }: DeskService<F, C>): RegisterDesk {
  const { desk } = kept;
  return {
    ...desk,
    prepare: async (change) => desk.prepare(lookUp === undefined ? change : await lookUp(kept.of(sideOfDossier(change.dossier)), change)),
    async prepareAmendment(of) {
      const prepared = await desk.prepareAmendment(of);
      if ('refusal' in prepared || !prepared.inRegister) return prepared;
      const problem = await numberProblem?.(kept.of(sideOfDossier(of.dossier)), of.numbers.to) ?? null;
      return problem === null ? prepared : { refusal: refusalOfProblem(kept.name, problem) };
    },
  };
}
