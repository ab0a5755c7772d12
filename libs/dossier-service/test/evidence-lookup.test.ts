/** Evidence among the services of one process. */
import { expect, test } from 'vitest';
import { evidenceExchange, gatherReads } from '../src/index.ts';
import type { EvidenceQuery, EvidenceSource } from '../src/index.ts';

const query = (service: string): EvidenceQuery => ({ side: 'rehearsal', service, fact: 'certificate', subject: 'parcel', id: 'p', dossier: 'HS', purpose: 'p', ground: 'g', from: 'intake', by: { office: '', officer: '' } });
const source = (service: string): EvidenceSource => ({
  service, fetch: () => { throw new RangeError('nothing is fetched'); }, reads: async () => [], sign: () => { throw new RangeError('nothing is signed'); }, find: async ({ id, side }) => [{ side, service, office: 'o', fact: 'certificate', evidenceId: `${service}/${id}`, readAt: 1, values: { holder: 'Bà Sen' }, summary: { vi: '', en: '' } }],
});

test('a look-up reaches the register that it names, and carries no personal data', async () => {
  const exchange = evidenceExchange();
  exchange.offer(source('land'));
  exchange.offer(source('social-protection'));
  expect(await exchange.lookup(query('land'))).toEqual([{ service: 'land', office: 'o', fact: 'certificate', evidenceId: 'land/p', readAt: 1, side: 'rehearsal' }]);
});

test('a register that nobody offers is an error: silence would mean that the citizen may be asked', async () => {
  await expect(evidenceExchange().lookup(query('land'))).rejects.toMatchObject({ code: 'UNKNOWN_SERVICE' });
});

test('reads of all registers come in order of time; one that is down is named and hides no other', async () => {
  const one = (service: string, at: number): { at: number; service: string; fact: string; office: string; from: string; purpose: string; ground: string } => ({ at, service, fact: 'f', office: '', from: 'intake', purpose: 'p', ground: 'g' });
  const found = await gatherReads([
    { service: 'social-protection', reads: async () => [one('social-protection', 3)] }, { service: 'land', reads: async () => { throw new RangeError('down'); } }, { service: 'business-registration', reads: async () => [one('business-registration', 1)] },
  ]);
  expect([found.reads.map(({ service }) => service), found.unavailable]).toEqual([['business-registration', 'social-protection'], ['land']]);
});
