/** Whether a paper that somebody has in hand counts: corrected, lost and issued again, revoked, or as it was issued. Says nothing of the person. */
import { intake } from '@lienthong/contract';
import { checkDigest, officeText, readDossier, resultDigestField, resultStanding } from '@lienthong/dossier-service';
import type { GuessLimit, Host } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { everIssued, followedResults, refuse, resultName } from '@lienthong/law';
import type { Dossier, Followed } from '@lienthong/law';

/** Dossiers whose results may bear the same file. */
export const maxSameFile = 10;

/** By the file of each result that was ever issued in a dossier, also one that counts no more. */
export function resultFileIndex(dossier: Dossier): Readonly<Record<string, readonly string[]>> {
  const digests = new Set(everIssued(dossier).flatMap(({ result: { digest } }) => (digest === undefined ? [] : [digest])));
  return digests.size === 0 ? {} : { [resultDigestField]: [...digests] };
}

type Found = { readonly one: Followed; readonly answer: intake.CheckResultResponse };

export async function checkResult(host: Host, limit: GuessLimit, request: intake.CheckResultRequest, call: Call): Promise<intake.CheckResultResponse> {
  const digest = request.digest.trim().toLowerCase(), code = request.code.trim().toUpperCase(), number = request.number.trim();
  if (digest !== '') checkDigest(digest, 'digest');
  for (const [field, value] of [['code', code], ['number', number]] as const) if (digest === '' && value === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
  const best = await limit.attempt({ thing: `result:${digest === '' ? code : digest}`, peer: call.caller.peer }, async () => {
    const found = digest === '' ? await inDossier(host, code, ({ result }) => result.number === number) : await byFile(host, digest);
    return found.findLast(({ one }) => one.standing === 'stands') ?? found.at(-1);
  });
  if (best === undefined) throw new HubError('RESULT_NOT_FOUND', {});
  return best.answer;
}

async function byFile(host: Host, digest: string): Promise<Found[]> {
  const folders = await host.participant.find(resultDigestField, digest, maxSameFile);
  const found = await Promise.all(folders.map((folder) => host.participant.view(folder, ({ state: { dossier } }) => foundIn(host, dossier, ({ result }) => result.digest === digest))));
  return found.flatMap((one) => one ?? []);
}

/** A code that nobody gave and a number that it does not have look the same. */
async function inDossier(host: Host, code: string, fits: (one: Followed) => boolean): Promise<Found[]> {
  try {
    return await readDossier(host, code, (dossier) => foundIn(host, dossier, fits));
  } catch (error) {
    if (error instanceof HubError && error.code === 'UNKNOWN_DOSSIER') return [];
    throw error;
  }
}

function foundIn({ environment }: Host, dossier: Dossier, fits: (one: Followed) => boolean): Found[] {
  const { root } = dossier;
  if (root === null) return [];
  return followedResults(dossier).filter(fits).map((one) => ({ one, answer: {
    result: one.result.code, name: resultName(dossier, one.result.code), number: one.result.number, office: one.office, officeName: officeText(environment, one.office), issueTime: new Date(one.at),
    ...resultStanding(one), sinceTime: new Date(one.since), ground: one.ground, rehearsal: root.body.rehearsal,
  } }));
}
