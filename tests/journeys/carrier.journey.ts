/** A hub and the sandbox carrier, each a process of its own, as an integrator has them: results that are carried, lost and scanned in two places; a carrier that is started again. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dossier as pb, intake, postal } from '@lienthong/contract';
import { citizen, hubClient, shown, uniqueData, Walk } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HubProcess } from '../chaos/hub-process.ts';

const counter = 'counter-20410-202507', hoiAn = '20410@2025-07-01', office = 'post-503-202501', heardMs = 60_000, journeyMs = 240_000;
/** One consignment each, by the digits of its number. */
const script = { seed: 3, stepMs: 20, delayMs: 100, rules: [{ nth: 1, fault: 'duplicate' }, { nth: 2, fault: 'lost' }, { nth: 3, fault: 'two-places' }, { nth: 4, fault: 'out-of-order' }] };

let place: HubProcess, hub: HubClient, scriptFile: string;

beforeAll(async () => {
  place = await HubProcess.place();
  scriptFile = join(place.root, 'script.json');
  await writeFile(scriptFile, JSON.stringify(script));
  await place.start();
  hub = hubClient(place.address);
}, journeyMs);
afterAll(async () => { await place.gone(); hub.close(); });

/** A birth certificate that goes home by post, accepted by it. */
async function sentHome(): Promise<Walk> {
  const walk = new Walk('carrier', hub, uniqueData(), () => {});
  await walk.submit(counter, '2026-10-05T08:30:00+07:00', {
    procedure: '1.001193', case: 'ordinary', applicant: citizen(walk.unique, 'Hồ Thị Sáu').party, areas: intake.Areas.fromPartial({ residence: hoiAn }), documents: shown('application-form', 'birth-notice'),
    returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST, receiverName: 'Hồ Thị Sáu', deliveryAddress: '3 Lê Lợi, phường Hội An' }),
  });
  await walk.complete('registration');
  await walk.until('the post to accept', (dossier) => dossier.status!.consignments.some((one) => one.number !== ''));
  return walk;
}

const carry = (): ReturnType<HubProcess['lienthong']> => place.lienthong('sandbox', 'carrier', '--script', scriptFile, '--once', '--rehearsal', '--address', place.address);
const stateOf = async (walk: Walk): Promise<pb.ConsignmentState> => (await walk.look()).status!.consignments[0]!.state;

test('what the script says becomes of each, and what does not fit waits for a person', async () => {
  const walks: Walk[] = [];
  for (let n = 0; n < script.rules.length; n++) walks.push(await sentHome());
  const { code, stdout, stderr } = await carry();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const told = stdout.trimEnd().split('\n').map((line) => line.split(' ').slice(1)).sort();
  expect(told).toEqual(walks.map((walk, n) => [walk.code, script.rules[n]!.fault]).sort());
  const { DELIVERED, LOST } = pb.ConsignmentState;
  for (const [n, state] of [DELIVERED, LOST, DELIVERED, DELIVERED].entries()) await expect.poll(() => stateOf(walks[n]!), { timeout: heardMs }).toBe(state);
  const { scans } = await hub.postal.listStrayScans(postal.ListStrayScansRequest.fromPartial({ rehearsal: true }), { office });
  expect(scans.map((one) => [one.code, one.reason]).sort()).toEqual([[walks[0]!.code, expect.stringMatching(/^(CONSIGNMENT_ENDED|CLOSED)$/)], [walks[2]!.code, 'CONSIGNMENT_ELSEWHERE']].sort());
  expect(await carry()).toMatchObject({ code: 0, stdout: '' });
}, journeyMs);

test('a script that is wrong is refused with what is wrong', async () => {
  await writeFile(scriptFile, '{"rules":[{"fault":"eaten","share":1}]}');
  expect(await carry()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('eaten') as string });
}, journeyMs);
