/** Commands on a result after it was issued: its register is asked first whether it shows the number, and would take another. */
import { agency } from '@lienthong/contract';
import type { Call, Handlers } from '@lienthong/kernel';
import { refuse, resultNamed } from '@lienthong/law';
import type { Amendment, Refusal } from '@lienthong/law';
import { refused } from '../command-call.ts';
import { checkDigest } from '../file-digest.ts';
import type { Host } from '../host.ts';
import type { RegisterDesk } from '../register-port.ts';
import { commandPrepared, readLeg } from './leg-call.ts';

type Desk = Handlers<typeof agency.AgencyDeskService>;
export type ResultDesk = Pick<Desk, 'correctResult' | 'reissueResult'>;
type AmendRequest = agency.CorrectResultRequest | agency.ReissueResultRequest;

export function resultCommands(host: Host, register: RegisterDesk | null): ResultDesk {
  return {
    correctResult: async (request, call) => ({ receipt: await amend(host, register, 'correction', request, agency.CorrectResultRequest.encode(request).finish(), call) }),
    reissueResult: async (request, call) => ({ receipt: await amend(host, register, 'reissue', request, agency.ReissueResultRequest.encode(request).finish(), call) }),
  };
}

function amend(host: Host, register: RegisterDesk | null, amendment: Amendment, request: AmendRequest, content: Uint8Array, call: Call): ReturnType<typeof commandPrepared> {
  const { result, number, newNumber, digest, ground, reason } = request;
  for (const [field, value] of [['result', result], ['number', number]] as const) if (value === '') throw refused(refuse('FIELD_MISSING', { field }, field));
  if (digest !== '') checkDigest(digest, 'digest');
  return commandPrepared(host, call, request, content, () => asked(host, register, request), (_leg, _dossier, _context, facts) => (
    'refusal' in facts ? facts : { action: { kind: 'amend-result', amendment, result, number, newNumber, digest, ground, reason, inRegister: facts.inRegister } }
  ));
}

/** What is not there is the law's to refuse; a register that shows nothing of it is not asked. */
async function asked(host: Host, register: RegisterDesk | null, { code, leg, result, number, newNumber }: AmendRequest): Promise<{ readonly inRegister: boolean } | { readonly refusal: Refusal }> {
  if (register === null || newNumber === '') return { inRegister: false };
  const read = await readLeg(host, code, leg, (one, dossier, folder) => ({ of: { folder, dossier, leg: one }, found: resultNamed(one, { result, number }) !== undefined && one.amending === null }));
  return read.found ? register.prepareAmendment({ ...read.of, numbers: { from: number, to: newNumber } }) : { inRegister: false };
}
