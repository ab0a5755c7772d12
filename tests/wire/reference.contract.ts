/** Reference data over the wire: for everybody, as of a date, page by page. */
import { reference as pb } from '@lienthong/contract';
import { loadReference } from '@lienthong/reference-data';
import { grpcClient } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const data = loadReference();
let hub: HubOfTest;
let client: GrpcClient<typeof pb.ReferenceService>;
beforeAll(async () => {
  hub = await hubOfTest();
  client = grpcClient(pb.ReferenceService, hub.address);
});
afterAll(async () => { client.close(); await hub.stop(); });

test('a procedure as in force on a date', async () => {
  const { procedure } = await client.getProcedure({ procedure: '1.001193', date: '2026-03-02' });
  const expected = data.procedure('1.001193', '2026-03-02');
  expect(procedure).toMatchObject({ procedure: '1.001193', name: expected?.name, validFrom: expected?.validFrom, cases: [...expected?.cases ?? []] });
  expect(procedure?.legs.map(({ name, role }) => [name, role])).toEqual(expected?.legs.map(({ name, role }) => [name, role]));
  expect(procedure?.documents.map(({ document }) => document)).toEqual(expected?.documents.map(({ code }) => code));
});

test('every procedure that is in force can be shown', async () => {
  const listed: string[] = [];
  for (let pageToken = '', pages = 0; pages === 0 || pageToken !== ''; pages++) {
    const answer = await client.listProcedures({ date: '2026-03-02', field: '', pageSize: 3, pageToken });
    listed.push(...answer.procedures.map(({ procedure }) => procedure));
    pageToken = answer.nextPageToken;
  }
  expect(listed).toEqual([...new Set(data.procedures.map(({ code }) => code))].filter((code) => data.procedure(code, '2026-03-02') !== undefined).sort());
  for (const procedure of listed) expect((await client.getProcedure({ procedure, date: '2026-03-02' })).procedure?.procedure).toBe(procedure);
});

test('offices: by role for an area the one that is competent, without a role all that serve it', async () => {
  const area = data.areaByCode('20410', '2026-03-02');
  const one = await client.listOffices(pb.ListOfficesRequest.fromPartial({ role: 'civil-status', area: '20410', date: '2026-03-02' }));
  expect(one.offices.map(({ office }) => office)).toEqual([data.competentOffice('civil-status', area?.id ?? '', '2026-03-02')?.id]);
  const all = await client.listOffices(pb.ListOfficesRequest.fromPartial({ area: area?.id ?? '', date: '2026-03-02' }));
  expect(all.offices.length).toBeGreaterThan(1);
  expect(all.offices.every(({ serves }) => serves.includes(area?.id ?? ''))).toBe(true);
  const pages = await client.listOffices(pb.ListOfficesRequest.fromPartial({ service: 'land', date: '2026-03-02', pageSize: 2 }));
  expect(pages.offices).toHaveLength(2);
  const next = await client.listOffices(pb.ListOfficesRequest.fromPartial({ service: 'land', date: '2026-03-02', pageSize: 2, pageToken: pages.nextPageToken }));
  expect(next.offices[0]!.office > pages.offices[1]!.office).toBe(true);
});

test('an area that is gone leads to what it became', async () => {
  const split = data.areas.find((area) => area.successors.length > 1);
  const { areas } = await client.findArea(pb.FindAreaRequest.fromPartial({ code: split?.id ?? '', date: '2026-03-02' }));
  expect(areas).toHaveLength(1);
  expect(areas[0]).toMatchObject({ validTo: split?.validTo, successors: split?.successors });
  expect(areas[0]?.now).toEqual(data.areasNow(split?.id ?? '', '2026-03-02').map(({ id }) => id));
});

test.each([['da nang'], ['Đà Nẵng'], ['ĐÀ NẴNG']])('an area by name, with or without diacritics: %s', async (name) => {
  const { areas } = await client.findArea(pb.FindAreaRequest.fromPartial({ name, level: pb.AreaLevel.PROVINCE, inForceOnly: true, date: '2026-03-02' }));
  expect(areas.map((area) => area.name?.vi)).toEqual([expect.stringContaining('Đà Nẵng')]);
});

test.each([
  ['an unknown procedure', () => client.getProcedure({ procedure: '9.999999', date: '' }), 'UNKNOWN_PROCEDURE', 'procedure'],
  ['a date that does not exist', () => client.getProcedure({ procedure: '1.001193', date: '2026-02-30' }), 'FIELD_INVALID', 'date'],
  ['an unknown area', () => client.listOffices(pb.ListOfficesRequest.fromPartial({ area: '00000' })), 'UNKNOWN_AREA', 'area'],
  ['a page that is too large', () => client.listOffices(pb.ListOfficesRequest.fromPartial({ pageSize: 501 })), 'FIELD_INVALID', 'page_size'],
  ['neither code nor name', () => client.findArea(pb.FindAreaRequest.fromPartial({})), 'FIELD_INVALID', 'name'],
] as const)('%s', async (_what, call, reason, field) => {
  await expect(call()).rejects.toMatchObject({ reason, field, domain: 'lienthong.vn' });
});
