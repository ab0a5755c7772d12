/** What the law needs to know besides entries: who asks, when, and the dated reference data. All values. */
import type { AuthorId, Instant, ItemId, OfficeId, Reference, ServiceName, Draft } from './types.ts';
import { localDate } from './time/index.ts';
import type { WorkingTime } from './time/index.ts';
import { clockOf, holderOf } from './dossier.ts';
import type { Dossier } from './dossier.ts';

export type LawContext = {
  /** The service that asks, and its incarnation. */
  readonly service: ServiceName; readonly author: AuthorId;
  /** Real time; `clockOf` gives the dossier's own. */
  readonly now: Instant;
  readonly authorOf: (service: ServiceName) => AuthorId;
  readonly isMine: (author: AuthorId) => boolean;
  readonly reference: Reference; readonly work: WorkingTime;
  /** Which service keeps the dossier item, takes money, carries post; and who keeps a copy without holding anything. */
  readonly hosts: Hosts;
};
export type Hosts = { readonly intake: ServiceName; readonly money: ServiceName; readonly post: ServiceName; readonly observers: readonly ServiceName[] };

/** What a service owes. `key` is stable: derived from the entry that caused it. */
export type Duty = {
  readonly key: string; readonly kind: string;
  /** The entries that fulfil it, when state alone decides them. */
  readonly drafts?: readonly Draft[];
  /** Particulars that must be durable here before `drafts` are written. */
  readonly needs?: { readonly from: AuthorId; readonly names: readonly string[]; readonly as: ItemId };
  /** Name of an effect of the service, run under a claim; its outcome is written as entries. */
  readonly perform?: string; readonly input?: unknown;
};

export function mine(dossier: Dossier, context: LawContext, item: { readonly holder: AuthorId }): boolean {
  return context.isMine(holderOf(dossier, item));
}

/** Services by incarnation: the same few are asked for again and again, and one text for each name is compared at once. */
const names = new Map<AuthorId, ServiceName>();
const maxNames = 1_000;

export function serviceOf(author: AuthorId): ServiceName {
  let name = names.get(author);
  if (name === undefined) {
    name = author.slice(0, author.lastIndexOf('~'));
    if (names.size < maxNames) names.set(author, name);
  }
  return name;
}

/** As `serviceOf(author) === service`, without the text. */
export function isOf(author: AuthorId, service: ServiceName): boolean {
  return author.startsWith(service) && author.lastIndexOf('~') === service.length;
}

/** Name under which the value behind a commitment stands beside the entries. */
export function asideName(commitment: string): string {
  return `p:${commitment}`;
}

/** Drafts of a rehearsal carry its own time; all others take the time of writing. */
export function stamped(dossier: Dossier, drafts: readonly Draft[]): readonly Draft[] {
  const clock = dossier.root?.clock ?? null;
  return clock === null ? drafts : drafts.map((one) => (one.effectiveAt === undefined ? { ...one, effectiveAt: clock } : one));
}

export function today(dossier: Dossier, context: Pick<LawContext, 'now'>): Instant {
  return clockOf(dossier, context.now);
}

/** The offices that answer for a place: the one named, and whoever has taken over from it by the dossier's day. None for a home. */
export function officesFor(place: OfficeId | 'home', dossier: Dossier, context: Pick<LawContext, 'reference' | 'now'>): readonly OfficeId[] {
  if (place === 'home') return [];
  const heir = context.reference.officeNow(place, localDate(today(dossier, context)))?.id ?? place;
  return heir === place ? [place] : [place, heir];
}

export function answersFor(office: OfficeId, place: OfficeId | 'home', dossier: Dossier, context: Pick<LawContext, 'reference' | 'now'>): boolean {
  return officesFor(place, dossier, context).includes(office);
}

/** Display name of an office, for refusals. */
export function officeName(context: Pick<LawContext, 'reference'>, office: OfficeId): string {
  return context.reference.office(office)?.name.vi ?? office;
}
