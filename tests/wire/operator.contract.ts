/** What whoever runs the hub may look at and try again: a service's copy of a folder, byte for byte as its authors signed it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { operator } from '@lienthong/contract';
import { hubClient, uniqueData } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { keysProof } from '@lienthong/keys';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitBirth } from '../chaos/birth.ts';
import { equalCopies } from '../chaos/equal-copies.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

let place: HubOfTest, hub: HubClient, code: string;
beforeAll(async () => {
  place = await hubOfTest();
  hub = hubClient(place.address);
  ({ code } = (await submitBirth(hub, uniqueData())).answer);
  await equalCopies(hub, code);
});
afterAll(async () => { hub.close(); await place.stop(); });

async function hashesAt(service: string, name: { readonly code?: string; readonly folder?: string }): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { entries } of hub.operator.getFolder(operator.GetFolderRequest.fromPartial({ service, ...name }))) for (const { entry } of entries) found.push(createHash('sha256').update(entry).digest('hex'));
  return found;
}

test('two services show the same entries, by code and by id', async () => {
  const { folder } = await hub.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code }));
  const [one, other] = [await hashesAt('intake', { code }), await hashesAt('general-agency', { folder })];
  expect(one.length).toBeGreaterThan(1);
  expect([...other].sort()).toEqual([...one].sort());
});

describe('a backup with the signing keys', () => {
  const keysIn = async (request: Partial<operator.GetBackupRequest>): Promise<boolean> => {
    const pieces: Uint8Array[] = [];
    for await (const { chunk } of hub.operator.getBackup(operator.GetBackupRequest.fromPartial(request))) pieces.push(chunk);
    return Buffer.concat(pieces).includes('BEGIN PRIVATE KEY');
  };
  test.each([['nothing', Buffer.alloc(0)], ['a guess', Buffer.alloc(32)]])('is not for whoever reaches the port and shows %s of them', async (_what, keysProof) => {
    await expect(keysIn({ withKeys: true, keysProof })).rejects.toMatchObject({ reason: 'CALLER_NOT_ALLOWED', field: 'keys_proof' });
  });
  test('is for whoever may read them; without keys a backup asks for nothing', async () => {
    expect([await keysIn({ withKeys: true, keysProof: keysProof(join(place.directory, 'keys')) }), await keysIn({})]).toEqual([true, false]);
  });
});

test('trying again what is in order changes nothing', async () => {
  const before = await hashesAt('intake', { code });
  expect((await hub.operator.releaseFolder(operator.ReleaseFolderRequest.fromPartial({ requestId: 'release-1', service: 'intake', code }))).problem).toBe('');
  await equalCopies(hub, code);
  expect(await hashesAt('intake', { code })).toEqual(before);
});

test.each([
  ['a service that is not there', { service: 'weather', code: 'x' }, 'UNKNOWN_SERVICE', 'service'],
  ['a code that is not there', { service: 'intake', code: 'H47-000000-0000' }, 'UNKNOWN_DOSSIER', 'code'],
  ['a record that is no dossier', { service: 'intake', folder: '0'.repeat(64) }, 'UNKNOWN_DOSSIER', 'folder'],
  ['a folder that is not there', { service: 'intake', folder: 'f'.repeat(64) }, 'UNKNOWN_DOSSIER', 'folder'],
])('%s is told with its reason and field', async (_what, name, reason, field) => {
  await expect(hashesAt(name.service, name)).rejects.toMatchObject({ reason, field });
});

test('a first incarnation succeeds nobody and waits for nobody', async () => {
  const { services } = await hub.operator.getStatus({});
  expect(services.length).toBeGreaterThan(5);
  for (const { waitsFor, succession } of services) expect({ waitsFor, succession }).toMatchObject({ waitsFor: [], succession: { predecessors: [], beginTime: undefined, forces: [], goesOnWithout: [], voided: [] } });
});

const order = (more: Partial<operator.ForceSuccessionRequest>): operator.ForceSuccessionRequest => operator.ForceSuccessionRequest.fromPartial({ requestId: 'force-1', service: 'land', without: ['postal'], ...more });
test.each([
  ['when nothing is waited for', order({}), 'FORCE_NOTHING', ''],
  ['without a name', order({ without: [] }), 'FIELD_MISSING', 'without'],
  ['with too many names', order({ without: Array.from({ length: 65 }, (_, n) => `s${n}`) }), 'FIELD_INVALID', 'without'],
  ['with a reason that is too long', order({ reason: 'x'.repeat(501) }), 'FIELD_INVALID', 'reason'],
  ['without a request id', order({ requestId: '' }), 'REQUEST_ID_MISSING', 'request_id'],
  ['at a service that is not there', order({ service: 'weather' }), 'UNKNOWN_SERVICE', 'service'],
])('nobody is forced past anybody %s', async (_what, request, reason, field) => {
  await expect(hub.operator.forceSuccession(request)).rejects.toMatchObject({ reason, field });
});
