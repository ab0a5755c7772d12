/** The post with the services that send by it, in memory. */
import { agency, postal } from '@lienthong/contract';
import { createDeskService } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import type { Aside } from '@lienthong/kernel';
import type { Reference } from '@lienthong/law';
import { copiesEqual, memoryHub, plainIntake, receivePlainly } from '@lienthong/testkit';
import type { MemoryHub, PlainDossier, PlainSubmission } from '@lienthong/testkit';
import { expect } from 'vitest';
import { createPostal } from '../src/index.ts';

export const hoiAn = '20410@2025-07-01', traMy = '20900@2025-07-01';
export const delivery = { address: 'Thôn 2, xã Trà My', receiver: 'Hồ Thị Sáu', phone: '0905000111' };

type Pulls = (by: string) => readonly Aside[] | void;

/** `pulls`: stands before every pull of particulars from intake; it may refuse, or give what it answers in their place. `reference`: absent, the released places. */
export function postalHub(pulls: Pulls = () => {}, reference?: Reference): Promise<MemoryHub> {
  return memoryHub({
    services: ['intake', 'postal', 'general-agency'], ...(reference === undefined ? {} : { reference }),
    compose: (portsOf) => [guarded(plainIntake(portsOf('intake')), pulls), createPostal(portsOf('postal')), createDeskService(portsOf('general-agency'), { name: 'general-agency', register: null })],
  });
}

function guarded(module: ServiceModule, pulls: Pulls): ServiceModule {
  const { peerService } = module.participant;
  const pullAsides: typeof peerService.pullAsides = async (...asked) => pulls(asked[0]) ?? peerService.pullAsides(...asked);
  const participant = new Proxy(module.participant, {
    get(target, name) {
      const value: unknown = name === 'peerService' ? { ...peerService, pullAsides } : Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) as unknown : value;
    },
  });
  return { ...module, participant };
}

let requests = 0;
export const nextRequest = (): string => `post-${++requests}`;
export const postOffice = (hub: MemoryHub, area = hoiAn): string => hub.environment.reference.competentOffice('post-office', area, '2026-06-01')!.id;

export type Sent = PlainDossier & { readonly consignment: string; readonly number: string };

/** A birth certificate that was ordered by post: received, registered. */
export async function ordered(hub: MemoryHub, given: Partial<PlainSubmission> = {}): Promise<PlainDossier> {
  const dossier = await receivePlainly(hub, { procedure: '1.001193', case: 'ordinary', area: hoiAn, returnByPost: true, particulars: { applicant: { citizen: { fullName: 'Hồ Thị Sáu' } }, delivery }, ...given });
  const office = hub.environment.reference.competentOffice('civil-status', given.area ?? hoiAn, '2026-06-01')!.id;
  await hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.create({
    requestId: nextRequest(), code: dossier.code, leg: 'registration', verdict: agency.Verdict.DONE, round: 1, results: [{ result: 'KQ.G15.000031', number: `01/${dossier.code}`, digest: '' }],
  }), office);
  return dossier;
}

/** The consignment of a dossier as the post has it; undefined: not here yet. */
export function consignmentOf(hub: MemoryHub, { folder }: PlainDossier): Promise<{ readonly consignment: string; readonly number: string } | undefined> {
  const post = hub.modules.find((one) => one.name === 'postal')!.participant;
  return post.view(folder, (view) => [...view.state.dossier.consignments.values()][0]).then((one) => (one === undefined ? undefined : { consignment: one.id, number: one.number }));
}

/** On its way: ordered, accepted by itself. */
export async function sent(hub: MemoryHub, given: Partial<PlainSubmission> = {}): Promise<Sent> {
  const dossier = await ordered(hub, given);
  await expect.poll(async () => (await consignmentOf(hub, dossier))?.number ?? '', { interval: 2, timeout: 5_000 }).not.toBe('');
  await copiesEqual(hub, dossier.folder);
  return { ...dossier, ...(await consignmentOf(hub, dossier))! };
}

export function scan(hub: MemoryHub, number: string, state: postal.ScanState, place = 'Hội An', office = postOffice(hub)): Promise<postal.ScanConsignmentResponse> {
  return hub.call('postal', 'scanConsignment', postal.ScanConsignmentRequest.create({ requestId: nextRequest(), number, state, place }), office);
}

export function list(hub: MemoryHub, more: Partial<postal.ListConsignmentsRequest> = {}, office = postOffice(hub)): Promise<postal.ListConsignmentsResponse> {
  return hub.call('postal', 'listConsignments', postal.ListConsignmentsRequest.create(more), office);
}
