/** In whose hands the things of a consignment are: always exactly one. */
import type { OfficeId } from './types.ts';
import type { Consignment } from './dossier.ts';

/** `post` with an empty office: the post, by entries that do not name the office. `lost`: the office that had it last answers for it. */
export type Hand = { readonly kind: 'sender' | 'receiver'; readonly place: OfficeId | 'home' } | { readonly kind: 'post' | 'lost'; readonly office: OfficeId };

export function handOf({ plan, scans }: Pick<Consignment, 'plan' | 'scans'>): Hand {
  const last = scans.at(-1);
  if (last === undefined || scans.every((one) => one.state === 'failed')) return { kind: 'sender', place: plan.from };
  switch (last.state) {
    case 'cancelled': case 'returned': return { kind: 'sender', place: plan.from };
    case 'delivered': return { kind: 'receiver', place: plan.to };
    case 'lost': return { kind: 'lost', office: scans.findLast((one) => one.state !== 'lost')?.office ?? last.office };
    default: return { kind: 'post', office: last.office };
  }
}

/** Somebody of the post has it or had it: an attempt to collect takes nothing along. */
export function isCollected({ scans }: Pick<Consignment, 'scans'>): boolean {
  return scans.some((one) => one.state !== 'failed');
}

/** The post office whose postman has it on the round; null: no postman has it. No other office can see it meanwhile. */
export function postmanOf({ scans }: Pick<Consignment, 'scans'>): OfficeId | null {
  const last = scans.at(-1);
  return last?.state === 'out-for-delivery' && last.office !== '' ? last.office : null;
}
