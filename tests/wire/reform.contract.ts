/** A reform as it is typed beside a running hub: what is refused, what is published, and what the hub then answers. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { business, dossier as pbDossier, land, reference as pb, social } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { applyReformFile } from '../../libs/operator/src/reform/apply.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const program = fileURLToPath(new URL('../../libs/operator/src/main.ts', import.meta.url));
/** The hub looks every two seconds; a busy machine takes its time. */
const takenMs = 60_000;
const testMs = 180_000;
const FROM = '2027-01-01';

let hub: HubOfTest, folder: string;
beforeAll(async () => { hub = await hubOfTest(); folder = await mkdtemp(join(tmpdir(), 'lienthong-reform-')); });
afterAll(async () => { await hub.stop(); await rm(folder, { recursive: true, force: true }); });

type Answer = { readonly code: number | null; readonly out: string; readonly error: string };

async function reform(verb: string, text: string | Uint8Array, address = hub.address, ...more: readonly string[]): Promise<Answer> {
  const file = join(folder, 'reform.json');
  await writeFile(file, text);
  const child = spawn(process.execPath, [program, 'reform', verb, '--file', file, '--json', '--address', address, ...more], { env: { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: hub.directory }, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', error: '' };
  child.stdout.on('data', (more) => { told.out += String(more); });
  child.stderr.on('data', (more) => { told.error += String(more); });
  return new Promise((resolve) => { child.once('close', (code) => { resolve({ code, ...told }); }); });
}

/** One change a line, from the third on. */
const fileOf = (...changes: readonly string[]): string => `{"reform": "thu", "from": "${FROM}", "source": {"act": "NQ thử", "status": "read"},\n"areas": [\n${changes.join(',\n')}]}`;
const merge = '{"merge": ["20197", "20200"], "into": {"code": "20197", "name": {"vi": "Phường Gộp", "en": "Merged Ward"}}}';

/** The name of the unit that bore the code last. */
async function areaOf(code: string): Promise<string | undefined> {
  const client = grpcClient(pb.ReferenceService, hub.address);
  try { return (await client.findArea(pb.FindAreaRequest.fromPartial({ code, date: FROM }))).areas.sort((a, b) => (a.area < b.area ? -1 : 1)).at(-1)?.name?.vi; } finally { client.close(); }
}

test.each([
  ['a successor that does not exist', fileOf(merge).replace(/\]\}$/, '],\n"offices": [{"close": ["police-20410-202507"], "into": "police-0"}]}'), '4 offices[0].into: successor police-0 does not exist on 2027-01-01'],
  ['two successors without a rule', fileOf(merge, '{"split": "20194", "into": [{"code": "20194", "name": {"vi": "A", "en": "A"}}, {"code": "20198", "name": {"vi": "B", "en": "B"}}]}'), '4 areas[1].into: two successors without a rule'],
  ['a unit that does not exist', fileOf(merge, '{"rename": "99999", "name": {"vi": "A", "en": "A"}}'), '4 areas[1].rename: area 99999 does not exist on 2026-12-31'],
  ['no JSON', '{"reform":\n "thu",\n]', ':3 : no JSON from "]" on'],
  ['a field that stands twice', fileOf(merge).replace('"areas": [', '"areas": [],\n"areas": ['), ':3 areas: areas stands twice in one record'],
  ['a name of 5,000 characters', fileOf(merge).replace('"thu"', `"${'x'.repeat(5_000)}"`), ':1 reform: reform has 5000 characters'],
])('%s is refused with file, line and remedy', async (_what, text, said) => {
  const { code, error, out } = await reform('plan', text);
  expect([code, (JSON.parse(out) as { findings: unknown[] }).findings.length > 0, error.includes(said), error.includes(' → ')]).toEqual([1, true, true, true]);
}, testMs);

test('a file in another encoding is told as that, and one whose letters and signs stand apart is read like any other', async () => {
  const sameName = await reform('plan', fileOf('{"rename": "20197", "name": {"vi": "Phường Liên Chiểu", "en": "Liên Chiểu Ward"}}').normalize('NFD'));
  expect([sameName.code, sameName.error]).toEqual([1, expect.stringContaining('areas[0].name: 20197@2025-07-01 bears this name already')]);
  const { code, error } = await reform('plan', Buffer.from(`\uFEFF${fileOf(merge)}`, 'utf16le'));
  expect([code, error]).toEqual([1, expect.stringContaining(':1 : the file is not UTF-8 → save it as UTF-8')]);
}, testMs);

test('a slip in the target publishes nothing; a running hub that does not take what is published is no success', async () => {
  const { code, error } = await reform('apply', fileOf(merge), hub.address, '--target', 'clutser');
  expect([code, error.includes('--target: cluster'), existsSync(join(hub.directory, 'reference', 'reforms.json'))]).toEqual([2, true, false]);
  // Its data are elsewhere.
  vi.stubEnv('LIENTHONG_DATA_DIR', folder);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const file = join(folder, 'elsewhere.json');
    await writeFile(file, fileOf(merge));
    expect(await applyReformFile({ file, json: false, wait: true, address: hub.address, target: undefined }, 1_000)).toBe(1);
    expect(printed.mock.calls.map(([text]) => String(text)).join('')).toContain(`a hub runs and has not taken it: see its log, and whether this is its folder: ${join(folder, 'reference')}`);
  } finally {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  }
}, testMs);

test('the plan lists what would clash in each register where communes become one, and writes nothing', async () => {
  const client = hubClient(hub.address), citizen = (identityKind: pbDossier.IdentityKind, identityNumber: string): pbDossier.Citizen => pbDossier.Citizen.fromPartial({ fullName: 'Đinh Văn Hòa', birthDate: '1950-02-03', identityKind, identityNumber });
  const places = [['20197@2025-07-01', 'social-20197-202507', 'business-20197-202507', citizen(pbDossier.IdentityKind.PERSONAL_NUMBER, '049150004444')], ['20200@2025-07-01', 'social-20200-202507', 'business-20200-202507', citizen(pbDossier.IdentityKind.OLD_CARD, '201604444')]] as const;
  try {
    for (const [n, [area, socialOffice, registrar, person]] of places.entries()) {
      const requestId = `seed-${n}`, as = (office: string): { office: string; officer: string } => ({ office, officer: 'cb-1' });
      await client.land.seedParcel(land.SeedParcelRequest.fromPartial({ requestId, parcel: { parcel: `P-${n}`, area, mapSheet: '12', number: '345', sizeDm2: 100, rights: [{ kind: land.RightKind.USE, holder: { party: { $case: 'citizen', value: person } }, shareMillionths: 1_000_000, certificateNumber: `AA 0000000${n}` }] } } as land.SeedParcelRequest), as('land-490-202501'));
      await client.social.seedBeneficiary(social.SeedBeneficiaryRequest.fromPartial({ requestId, beneficiary: { beneficiary: `BT-${n}`, person, kind: social.BenefitKind.MONTHLY_ALLOWANCE, group: 'elderly-80', amount: 500_000, area, state: social.BeneficiaryState.ACTIVE, startMonth: '2024-03', decisionNumber: `QĐ ${n}` } }), as(socialOffice));
      await client.business.seedBusiness(business.SeedBusinessRequest.fromPartial({ requestId, business: { business: `HKD-${n}`, taxCode: `400012345${n}`, name: 'Hoa Mai', owner: person, area, address: 'x', lines: [{ code: '4711', name: 'Tạp hóa' }], state: business.BusinessState.ACTIVE, certificateNumber: `33A800${n}`, registerDate: `2019-05-0${n + 1}` } }), as(registrar));
    }
    for (let round = 0; round < 2; round++) {
      const { out, code } = await reform('plan', fileOf(merge)), into = `20197@${FROM}`;
      expect([code, JSON.parse(out)]).toMatchObject([0, { clashes: [{ area: into, name: 'Hoa Mai', businesses: ['HKD-0', 'HKD-1'] }], parcelClashes: [{ area: into, mapSheet: '12', number: '345', parcels: ['P-0', 'P-1'] }], beneficiaryClashes: [{ area: into, beneficiaries: ['BT-0', 'BT-1'], paid: ['BT-0'] }] }]);
    }
  } finally {
    client.close();
  }
}, testMs);

test('published once: the hub answers by it, again it changes nothing, and it is not written over', async () => {
  const planned = await reform('plan', fileOf(merge)), plan = JSON.parse(planned.out) as { published: boolean; areas: { area: string; to: string[] }[]; noSuccessor: string[] };
  expect([planned.code, plan.published, plan.areas.map((one) => one.area), plan.noSuccessor]).toEqual([0, false, ['20197@2025-07-01', '20200@2025-07-01'], []]);
  expect(await areaOf('20197')).toBe('Phường Liên Chiểu');
  const applied = await reform('apply', fileOf(merge));
  expect([applied.code, JSON.parse(applied.out)]).toMatchObject([0, { published: 'now', taken: true, remaining: null }]);
  expect(await areaOf('20197')).toBe('Phường Gộp');
  // As it comes from another editor: fields in another order, lines of Windows.
  const { areas, ...head } = JSON.parse(fileOf(merge)) as Record<string, unknown>;
  const again = await reform('apply', `\uFEFF${JSON.stringify({ areas, ...head }, null, 1).replaceAll('\n', '\r\n').normalize('NFD')}`);
  expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { published: 'before', taken: true }]);
  const other = await reform('apply', fileOf('{"rename": "20194", "name": {"vi": "A", "en": "A"}}'));
  expect([other.code, other.error.includes('reform thu is published with another content')]).toEqual([1, true]);
}, testMs);

test('a published file that is damaged by hand leaves the last good state; without a hub the reform waits for one', async () => {
  await writeFile(join(hub.directory, 'reference', 'reforms.json'), '{"reforms": [{"reform": "x"}]}');
  await new Promise((resolve) => { setTimeout(resolve, 5_000); });
  expect(await areaOf('20197')).toBe('Phường Gộp');
  await writeFile(join(hub.directory, 'reference', 'reforms.json'), '{"reforms": []}');
  await vi.waitFor(async () => expect(await areaOf('20197')).toBe('Phường Liên Chiểu'), { timeout: takenMs, interval: 500 });
  const alone = await reform('apply', fileOf(merge), '127.0.0.1:1');
  expect([alone.code, JSON.parse(alone.out)]).toMatchObject([0, { published: 'now', taken: false, remaining: null }]);
  await vi.waitFor(async () => expect(await areaOf('20197')).toBe('Phường Gộp'), { timeout: takenMs, interval: 500 });
}, testMs);
