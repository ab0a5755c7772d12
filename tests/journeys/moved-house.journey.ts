/** Who moves before the result comes tells a counter: the post goes to the new door, and nothing that is under way changes its address under the postman's feet. */
import { dossier as pb, intake, postal } from '@lienthong/contract';
import { citizen, hubClient, shown, uniqueData, Walk } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HubProcess } from '../chaos/hub-process.ts';

const counter = 'counter-20410-202507', area = '20410@2025-07-01', post = { office: 'post-503-202501', officer: 'bt-01' }, journeyMs = 240_000;
let place: HubProcess, hub: HubClient;
beforeAll(async () => {
  place = await HubProcess.place();
  await place.start({});
  hub = hubClient(place.address);
}, journeyMs);
afterAll(async () => { hub.close(); await place.gone(); });

test('the address of a result is put right before it is sent, and when it came back', async () => {
  const walk = new Walk('moved', hub, uniqueData(), () => {}), request = (): string => walk.unique.request('moved'), clerk = { office: counter, officer: 'cb-01' };
  const correct = (address: string): Promise<unknown> => hub.intake.correctParticulars(intake.CorrectParticularsRequest.fromPartial({ requestId: request(), code: walk.code, reason: 'chuyển nhà', delivery: { address, receiverName: 'Hồ Văn Bảy', phone: '0905000333' } }), clerk);
  const accepted = (nth: number): Promise<pb.ConsignmentView> => walk.until('the post to accept', ({ status }) => { const one = status!.consignments[nth]; return one !== undefined && one.number !== '' ? one : undefined; });
  const doorOf = async ({ number }: pb.ConsignmentView): Promise<unknown> => {
    const { consignments } = await hub.postal.listConsignments(postal.ListConsignmentsRequest.fromPartial({ code: walk.code }), post);
    return consignments.filter((one) => one.consignment!.number === number).map((one) => [one.receiverAddress, one.receiverName, one.receiverPhone])[0];
  };

  await walk.submit(counter, '2026-10-05T08:30:00+07:00', {
    procedure: '1.001193', case: 'ordinary', applicant: citizen(walk.unique, 'Hồ Thị Sáu').party, areas: intake.Areas.fromPartial({ residence: area }), documents: shown('application-form', 'birth-notice'),
    returnTo: intake.ReturnTo.fromPartial({ way: pb.ReturnWay.POST, deliveryAddress: '3 Lê Lợi' }),
  });
  await correct('4 Trần Phú');
  await walk.complete('registration');
  const first = await accepted(0);
  expect(await doorOf(first)).toEqual(['4 Trần Phú', 'Hồ Văn Bảy', '0905000333']);
  await expect(correct('5 Phan Chu Trinh')).rejects.toMatchObject({ reason: 'FIELD_INVALID', metadata: { field: 'delivery', problem: expect.stringContaining(first.number) } });
  await hub.postal.scanConsignment(postal.ScanConsignmentRequest.fromPartial({ requestId: request(), number: first.number, state: postal.ScanState.COLLECTED, place: 'Hội An' }), post);
  await hub.postal.failConsignment(postal.FailConsignmentRequest.fromPartial({ requestId: request(), number: first.number, kind: postal.FailureKind.RETURNED, place: 'Hội An', reason: postal.FailureReason.ADDRESS }), post);
  await walk.until('the result to be back', ({ status }) => status!.consignments[0]!.state === pb.ConsignmentState.RETURNED);
  await correct('5 Phan Chu Trinh');
  await hub.intake.sendResult(intake.SendResultRequest.fromPartial({ requestId: request(), code: walk.code }), clerk);
  expect(await doorOf(await accepted(1))).toEqual(['5 Phan Chu Trinh', 'Hồ Văn Bảy', '0905000333']);
}, journeyMs);
