/** A look-up that crosses processes asks exactly what was asked here, and takes the answer from what the register signed. */
import { evidence as contract } from '@lienthong/contract';
import type { EvidenceQuery } from '@lienthong/dossier-service';
import type { AnyRpcService, RpcService } from '@lienthong/kernel';
import { grpcServer } from '@lienthong/rpc-grpc';
import type { GrpcServer } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remoteEvidence } from '../src/remote-evidence.ts';
import type { RemoteEvidence } from '../src/remote-evidence.ts';

const register = 'general-agency', author = `${register}~${'1'.repeat(16)}`;
const query: EvidenceQuery = {
  side: 'real', service: register, fact: 'construction-permit', subject: 'result', id: 'H17.125.02-261123-0001/12/GPXD', person: '049190001234', dossier: '', purpose: 'tiếp nhận hồ sơ', ground: '309/2026/NĐ-CP', from: 'intake',
  by: { office: 'counter-20410-202507', officer: 'cb-04' }, procedure: '1.013231', procedureDate: '2025-07-01', folder: 'ab'.repeat(32),
};
let server: GrpcServer, asking: RemoteEvidence, asked: contract.FindEvidenceRequest[] = [], signature = new Uint8Array([1]);

/** Signs what the register found: the fact stands in the statement alone, so nothing else can be what was read. */
const answers: RpcService<Pick<typeof contract.EvidenceService, 'findEvidence'>> = {
  definition: { findEvidence: contract.EvidenceService.findEvidence },
  handlers: {
    async findEvidence(request) {
      asked.push(request);
      const fact = contract.EvidenceFact.fromPartial({ evidence: `${register}/${'cd'.repeat(32)}/100`, service: register, office: 'committee-20410-202507', fact: request.fact, readTime: new Date(5) });
      return { facts: [], rehearsal: false, signed: { statement: contract.Statement.encode(contract.Statement.fromPartial({ service: register, facts: [fact] })).finish(), author, key: 'k', signature } };
    },
  },
};

beforeAll(async () => {
  server = grpcServer({ services: [answers as unknown as AnyRpcService], access: () => undefined, port: 0, health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} } });
  const address = `127.0.0.1:${await server.start()}`;
  const world = { hash: () => 'hash', verify: (_author: string, _hash: string, proof: { signature: Uint8Array }) => proof.signature[0] === 1 };
  asking = remoteEvidence({ addressOf: () => address, author: () => `intake~${'0'.repeat(16)}`, world, intake: 'intake', registers: [register] });
});
afterAll(async () => { asking.close(); await server.stop(); });

test('a result is looked up for the person to whom it must have been issued', async () => {
  asked = [];
  expect(await asking.lookup(query)).toEqual([{ service: register, office: 'committee-20410-202507', fact: 'construction-permit', evidenceId: `${register}/${'cd'.repeat(32)}/100`, readAt: 5, side: 'real' }]);
  expect(asked).toMatchObject([{ service: register, subjectKind: contract.SubjectKind.RESULT, subject: query.id, person: query.person, fact: query.fact, procedure: query.procedure, procedureDate: query.procedureDate, folder: query.folder, code: '', rehearsal: false }]);
});

test('what is not signed by the register is nothing', async () => {
  signature = new Uint8Array([2]);
  await expect(asking.lookup(query)).rejects.toMatchObject({ code: 'EVIDENCE_UNSIGNED' });
});
