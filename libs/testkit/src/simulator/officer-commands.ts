/** What officers say about legs, sensibly or not: the law answers. */
import { changePart, commitTo, contextOf } from '@lienthong/dossier-service';
import type { FolderState } from '@lienthong/dossier-service';
import { decideLegCommand, holderOf, refuse, serviceOf } from '@lienthong/law';
import type { Dossier, FolderId, Leg, LegCommand, LegPlan, OfficeId, Reference } from '@lienthong/law';
import type { View } from '@lienthong/kernel';
import type { Asking } from './clients.ts';
import type { Life } from './life.ts';
import { blockedParcel, parcels } from './parcel-register.ts';
import type { Random } from './random.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type Saying = DistributiveOmit<LegCommand, 'leg' | 'by' | 'request'>;

const ground = '1/2026/NĐ-CP', reason = 'lý do';
const offices = ['civil', 'civil-2', 'land', 'land-2', 'land-elsewhere', 'tax'] as const;

export const completion = (leg: Leg): Saying => ({ kind: 'complete', results: leg.plan.results.map((code) => ({ code, number: `${code}/01` })), opinion: 'agree' });

/** The command, decided on the copy of whoever is asked. A register is asked before, as a desk does it. */
export function onLeg(folder: FolderId, legId: string, saying: Saying, office: OfficeId, request: string, parcel: string = parcels[0]!): Asking {
  const command = (more: object = {}): LegCommand => ({ ...saying, ...more, leg: legId, by: { office, officer: 'Bình' }, request } as LegCommand);
  const decide = (life: Life, more?: object) => ({ state: { dossier } }: View<FolderState>) => ({ outcome: decideLegCommand(command(more), dossier, contextOf(life.host)) });
  if (saying.kind !== 'complete') return async (life) => decide(life);
  return async (life) => {
    const prepared = await prepare(life, folder, legId, parcel);
    if (prepared === null) return decide(life);
    if ('refusal' in prepared) return () => ({ outcome: prepared });
    const { commitment, aside } = commitTo(changePart, prepared.change, life.host.world);
    return (view) => ({ ...decide(life, { change: commitment })(view), asides: [aside] });
  };
}

async function prepare(life: Life, folder: FolderId, legId: string, parcel: string): Promise<Awaited<ReturnType<Life['registers']['desk']['prepare']>> | null> {
  const read = await life.participant.view(folder, ({ state }) => ({ dossier: state.dossier, leg: state.dossier.legs.get(legId) }));
  if (read?.leg?.plan.register === undefined) return null;
  if (read.dossier.root === null) return { refusal: refuse('UNKNOWN_DOSSIER', { code: folder }) };
  return life.registers.desk.prepare({ folder, dossier: read.dossier, leg: read.leg, action: 'transfer', particulars: {}, values: { parcel }, results: [], now: life.host.world.now() });
}

/** One of the things that officers say; most often they do their work. */
export function drawSaying(random: Random, dossier: Dossier, leg: Leg, reference: Reference): Saying {
  if (leg.status === 'complete' || leg.status === 'refused') return random.pick(afterwards)(random, dossier, leg, reference);
  const kind = random.below(100);
  if (kind < 50) return completion(leg);
  if (kind < 53) return { kind: 'refuse', reason, ground };
  if (kind < 61) return random.percent(50) ? { kind: 'decline', reason } : { kind: 'reroute', office: random.pick(offices), reason };
  return random.pick(meanwhile)(random, dossier, leg, reference);
}

type Draw = (random: Random, dossier: Dossier, leg: Leg, reference: Reference) => Saying;
const otherLeg: (random: Random, dossier: Dossier) => string = (random, dossier) => random.pick([...dossier.legs.keys()]);

const afterwards: readonly Draw[] = [
  (random) => ({ kind: 'resolve-register', outcome: random.percent(50) ? 'retry' : 'by-hand', ground, reason }),
  () => ({ kind: 'confirm' }), () => ({ kind: 'revoke', reason }), () => ({ kind: 'reopen', reason }), () => ({ kind: 'reopen', reason }),
];

const meanwhile: readonly Draw[] = [
  (random, dossier) => ({ kind: 'ask-redo', target: otherLeg(random, dossier), reason }), (random, dossier) => ({ kind: 'ask-redo', target: otherLeg(random, dossier), reason }),
  (_random, _dossier, leg) => openCharge(leg), (_random, _dossier, leg) => openCharge(leg),
  () => ({ kind: 'ask-supplement', documents: ['form'], ground, held: [] }),
  () => ({ kind: 'consult', office: 'tax', question: 'có đồng ý không?', limit: '2min', silence: 'consent' }),
  (random, _dossier, _leg, reference) => ({ kind: 'insert', plan: insertion(random, reference), reason }),
  (random, dossier) => ({ kind: 'skip', legs: [otherLeg(random, dossier)], ground }),
  () => ({ kind: 'decline', reason }), (random) => ({ kind: 'reroute', office: random.pick(offices), reason }),
  () => ({ kind: 'assign', officer: 'Chi' }), () => ({ kind: 'start-posting', span: '1min', ground, place: 'trụ sở' }),
  (_random, _dossier, leg) => ({ kind: 'extend', dueAt: (leg.extendedDueAt ?? leg.takenOver?.dueAt ?? 0) + 3_600_000, ground }),
  (random) => (random.percent(30) ? { kind: 'stop', ground } : { kind: 'assign', officer: 'Dung' }),
];

export function openCharge(leg: Leg): Saying {
  const wanted = leg.plan.charge ?? { code: 'tax', name: { vi: 'Thuế', en: 'Tax' }, kind: 'tax' as const };
  return { kind: 'open-charge', code: wanted.code, charge: wanted.kind, amount: 7_000, refundable: leg.plan.charge === undefined, ground };
}

function insertion(random: Random, reference: Reference): LegPlan {
  const role = random.pick(['land', 'tax'] as const);
  return {
    type: 'leg', name: `inserted-${random.below(100)}`, title: { vi: 'Bước thêm', en: 'Added step' }, role, service: reference.office(role)!.service, office: role, area: 'xa', after: [], limit: '1wd', decides: false, results: [], reads: ['applicant'],
    plannedDue: null, act: ground,
  };
}

export function drawParcel(random: Random): string {
  return random.percent(8) ? blockedParcel : random.pick(parcels);
}

/** Whether a leg is held by this service, as its copy has it. */
export function heldBy(service: string, dossier: Dossier, leg: Leg): boolean {
  return serviceOf(holderOf(dossier, leg)) === service;
}
