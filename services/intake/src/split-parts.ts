/** Of a split area: intake, which gathered parcel and address, finds in which part a dossier lies, where the decision says what lies where. What it does not find, an officer is asked. */
import { particularsNamed } from '@lienthong/dossier-service';
import type { FolderState, Host, LawEnvironment } from '@lienthong/dossier-service';
import type { Duty, DutyContext, Effect, Rules } from '@lienthong/kernel';
import { ended, holderOf, instantAt, namedParts, partByFacts, partsToSeek, stamped } from '@lienthong/law';
import type { Bodies, Dossier, Draft, Instant, PartyPart, PlaceFacts, SubjectPart } from '@lienthong/law';

const effectName = 'seek-part';
/** Parts of the particulars that tell where a dossier lies. */
const telling = ['subject', 'applicant'] as const;

/** The rules of dossiers with the search for the part. */
export function withParts(base: Rules<FolderState>, environment: LawEnvironment): Rules<FolderState> {
  return {
    ...base,
    duties: (state, context) => [...base.duties(state, context), ...(state.record === null ? owed(state.dossier, context, environment) : [])],
    wakeAt: (state, context) => earlier(base.wakeAt(state, context), state.record === null ? nextSplit(state.dossier, context, environment) : null),
  };
}

function owed(dossier: Dossier, context: DutyContext, { reference }: LawEnvironment): Duty[] {
  if (!holds(dossier, context)) return [];
  return partsToSeek(dossier, { reference, now: context.now }).map((area) => ({ key: `part:${dossier.root!.id}:${area}`, kind: 'part-sought', perform: effectName, input: { area } }));
}

const holds = (dossier: Dossier, context: DutyContext): boolean => dossier.root !== null && dossier.root.closed === null && context.isMine(holderOf(dossier, dossier.root));

/** The midnight with which an area ends that has open legs and is to be split. A rehearsal is woken by its own clock. */
function nextSplit(dossier: Dossier, context: DutyContext, { reference }: LawEnvironment): Instant | null {
  if (!holds(dossier, context) || dossier.root!.clock !== null) return null;
  let earliest: Instant | null = null;
  for (const leg of dossier.legs.values()) {
    const area = ended(leg, dossier) ? undefined : reference.area(leg.area);
    if (area?.parts === undefined || area.validTo === null) continue;
    const at = instantAt(area.validTo, 24 * 60);
    if (at > context.now) earliest = earlier(earliest, at);
  }
  return earliest;
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null ? a : Math.min(a, b));

/** `kept` is asked late, for effects are made before the participant. */
export function partEffects(kept: () => Host): Readonly<Record<string, Effect<FolderState>>> {
  return {
    [effectName]: {
      async run({ view, folder, input }) {
        const host = kept(), { dossier } = view.state, { root } = dossier, { area: id } = input as { readonly area: string };
        const area = host.environment.reference.area(id);
        if (root === null || area === undefined || root.partsSought.has(id)) return { drafts: [] };
        const found = partByFacts(area, factsOf(await particularsNamed(host, folder, namedParts(root, telling)), id, dossier));
        const body: Bodies['part-sought'] = found === null ? { of: id, basis: 'nothing' } : { of: id, ...found };
        const draft: Draft = { item: root.id, kind: 'part-sought', body };
        return { drafts: stamped(dossier, [draft]) };
      },
    },
  };
}

/** The parcel tells where the thing lies, the address where the applicant lives. */
function factsOf(particulars: Readonly<Record<string, unknown>>, area: string, { root }: Dossier): PlaceFacts {
  const subject = (particulars['subject'] ?? {}) as SubjectPart, { subject: place = area, residence = area } = root!.body.areas;
  return { parcel: place === area ? subject.parcel ?? '' : '', addresses: residence === area ? addressesOf(particulars['applicant'] as PartyPart | undefined) : [] };
}

function addressesOf({ citizen, organisation, foreigner, newborn }: PartyPart = {}): string[] {
  return [citizen, organisation, foreigner, newborn?.mother, newborn?.father].flatMap((one) => (typeof one?.['address'] === 'string' && one['address'] !== '' ? [one['address']] : []));
}
