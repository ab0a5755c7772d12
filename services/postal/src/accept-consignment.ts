/** A post office accepts by hand: with a number of its own, or where the acceptance by itself has failed. */
import { postal } from '@lienthong/contract';
import { actingFor, claimOnce, commandDossier, contextOf, folderOf, markRequest, onSide, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { RequestMark } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Aside, Call } from '@lienthong/kernel';
import { decideConsignmentCommand, isRefused, refuse } from '@lienthong/law';
import type { By, Dossier, FolderId } from '@lienthong/law';
import type { Accepting } from './accept-effect.ts';
import { isGivenOut, lettersOf, strangeTo } from './consignment-numbers.ts';
import { pulledDelivery } from './delivery-part.ts';

const numbers = /^[A-Za-z0-9-]{1,64}$/;

type Asked = { readonly request: postal.AcceptConsignmentRequest; readonly mark: RequestMark; readonly by: By; readonly folder: FolderId };

export async function acceptConsignment(accepting: Accepting, request: postal.AcceptConsignmentRequest, call: Call): Promise<postal.AcceptConsignmentResponse> {
  const { host } = accepting;
  const mark = markRequest(request.requestId, postal.AcceptConsignmentRequest.encode(request).finish(), host.world);
  const asked: Asked = { request, mark, by: actingFor(call, request.office), folder: await folderOf(host, request.code) };
  checkNumber(request.number);
  const prepared = await prepare(accepting, asked);
  const receipt = await commandDossier(host, asked.folder, request.code, mark, (dossier, context) => ({
    outcome: decideConsignmentCommand({ kind: 'accept', number: prepared.number, consignment: request.consignment, by: asked.by, request: mark.mark }, dossier, context), asides: prepared.asides,
  }));
  return { receipt, number: await readDossier(host, request.code, (dossier) => numberOfRequest(dossier, mark)) };
}

/** Of the entry that the request wrote, so that a repeat is answered identically. */
function numberOfRequest(dossier: Dossier, mark: RequestMark): string {
  const entry = dossier.entries.find((one) => one.kind === 'consignment-accepted' && one.body.request === mark.mark);
  return entry === undefined ? '' : (entry.body as { readonly number: string }).number;
}

function checkNumber(number: string): void {
  if (number === '') return;
  if (!numbers.test(number)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'number', problem: 'A–Z 0–9 -, 1–64' }, 'number'));
  if (isGivenOut(number)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'number', problem: 'dải số do hệ thống cấp' }, 'number'));
}

type Prepared = { readonly number: string; readonly asides: readonly Aside[] };

/** Whatever the law would refuse costs no number. */
async function prepare({ host, peers, numbers: series }: Accepting, { request, mark, by, folder }: Asked): Promise<Prepared> {
  const read = await readDossier(host, request.code, (dossier) => {
    if (dossier.entries.some((entry) => entry.body.request?.startsWith(`${mark.id}#`) === true)) return null;
    const outcome = decideConsignmentCommand({ kind: 'accept', number: 'x', consignment: request.consignment, by, request: mark.mark }, dossier, contextOf(host));
    if (isRefused(outcome)) throw errorOfRefusal(outcome.refusal);
    const side = sideOfDossier(dossier), strange = request.number === '' ? null : strangeTo(side, request.number);
    if (strange !== null) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'number', problem: strange }, 'number'));
    return { side, letters: lettersOf(dossier), pull: pulledDelivery(host, peers, dossier, dossier.consignments.get(request.consignment)!) };
  });
  if (read === null) return { number: '', asides: [] };
  const asides = await read.pull;
  if (request.number === '') return { number: await series.take(read.letters, { folder, item: request.consignment }), asides };
  const owner = `${folder} ${request.consignment}`;
  if ((await claimOnce(host, onSide(read.side, 'consignment-number'), request.number.toUpperCase(), owner)) !== owner) throw new HubError('NUMBER_USED', { number: request.number }, { field: 'number' });
  return { number: request.number, asides };
}
