/** Who shows that a thing changed hands: a code that only the other side has, or a name under a signature. */
import { actingFor, commitTo, contextOf, doorSecret, folderOf, handoverCode, LoadedFields, readDossier, servicePepper } from '@lienthong/dossier-service';
import type { GuessLimit, HandoverEnd, Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Aside, Call } from '@lienthong/kernel';
import { addressOf, answersFor, refuse } from '@lienthong/law';
import type { Commitment, Consignment, Dossier, HandoverProof } from '@lienthong/law';
import type { postal } from '@lienthong/contract';
import type { Found } from './consignment-index.ts';

export const maxSignerCharacters = 200;
/** Names of the parts that hold who took a thing, and who gave it. */
export const receiverPart = 'receiver', giverPart = 'giver';

export type Proving = { readonly host: Host; readonly limit: GuessLimit };
/** `signed`: under what is on the slip; `name`: '' for the addressee or the sender. */
export type Shown = { readonly end: HandoverEnd; readonly code: string; readonly signed: boolean };

/** Undefined: nothing was shown. Throws HANDOVER_CODE_WRONG, TOO_MANY_TRIES. */
export async function proofOf({ host, limit }: Proving, { folder, consignment }: Found, { end, code, signed }: Shown): Promise<HandoverProof | undefined> {
  if (code === '') return signed ? 'signature' : undefined;
  const proof = await limit.attempt<HandoverProof>({ thing: `consignment:${folder}/${consignment}` }, async () => (await codeOf(host, folder, consignment, end) === code.trim() ? 'code' : undefined));
  if (proof !== undefined) return proof;
  const number = await host.participant.view(folder, ({ state: { dossier } }) => dossier.consignments.get(consignment)?.number) ?? '';
  throw errorOfRefusal(refuse('HANDOVER_CODE_WRONG', { number }, 'handover_code'));
}

const isDoor = ({ plan }: Consignment, end: HandoverEnd): boolean => (end === 'given' ? plan.from : plan.to) === 'home';

/** Undefined: at a door whose address is not here any more. */
async function codeOf(host: Host, folder: string, id: string, end: HandoverEnd): Promise<string | undefined> {
  const found = await host.participant.view(folder, ({ state: { dossier } }) => { const one = dossier.consignments.get(id); return one === undefined ? undefined : { door: isDoor(one, end), address: addressOf(dossier, one) }; });
  if (found === undefined) return undefined;
  const secret = found.door ? await doorSecret(host, folder, found.address) : await servicePepper(host);
  return secret === undefined ? undefined : handoverCode(host.world, secret, id, end);
}

/** For the office at either end; whoever else asks is told nothing. */
export async function getHandoverCode(host: Host, request: postal.GetHandoverCodeRequest, call: Call): Promise<postal.GetHandoverCodeResponse> {
  const { office } = actingFor(call, request.office), folder = await folderOf(host, request.code);
  const found = await readDossier(host, request.code, (dossier) => endOf(host, dossier, request.consignment, office));
  if ('refusal' in found) throw errorOfRefusal(found.refusal);
  return { handoverCode: await codeOf(host, folder, request.consignment, found.end) ?? '' };
}

function endOf(host: Host, dossier: Dossier, id: string, office: string): { readonly end: HandoverEnd } | { readonly refusal: ReturnType<typeof refuse> } {
  const one = dossier.consignments.get(id), { reference } = contextOf(host);
  if (one === undefined) return { refusal: refuse('UNKNOWN_ITEM', { item: id }, 'consignment') };
  if (answersFor(office, one.plan.from, dossier, contextOf(host))) return { end: 'given' };
  if (answersFor(office, one.plan.to, dossier, contextOf(host))) return { end: 'taken' };
  const name = (place: string): string => reference.office(place)?.name.vi ?? place;
  return { refusal: refuse('NOT_THE_ADDRESSEE', { number: one.number, addressee: name(one.plan.to), office: name(office) }, 'office') };
}

/** The name under a signature stands beside the entry; null: nobody but the addressee or the sender. */
export function signer(host: Host, part: string, name: string, field: string): { readonly commitment: Commitment; readonly aside: Aside } | null {
  return new LoadedFields('').text(name, field, maxSignerCharacters).trim() === '' ? null : commitTo(part, { name: name.trim() }, host.world);
}
