/** Communes become one while an original lies between two of their offices: whoever has taken over gives it, takes it, or takes it back. */
import { postal } from '@lienthong/contract';
import { askPlainly, copiesEqual, mergedCommunes, mergedFrom, receivePlainly } from '@lienthong/testkit';
import { expect, test } from 'vitest';
import { consignmentOf, hoiAn, list, nextRequest, postalHub } from './postal-hub.ts';

test('the counter that took over has the code, finds what goes out, and cancels it', async () => {
  const hub = await postalHub(() => {}, mergedFrom('2026-12-01', 'all'));
  try {
    hub.world.clock = Date.parse('2026-11-30T08:00:00+07:00');
    const dossier = await receivePlainly(hub, { procedure: '1.001193', case: 'ordinary', area: mergedCommunes.first, particulars: { applicant: { citizen: { fullName: 'Hồ Thị Sáu' } } } });
    const officeOf = (role: string, area: string, on: string): string => hub.environment.reference.competentOffice(role, area, on)!.id;
    await askPlainly(hub, dossier, { kind: 'send-originals', to: officeOf('civil-status', mergedCommunes.first, '2026-11-30'), documents: ['birth-notice'] });
    await expect.poll(async () => (await consignmentOf(hub, dossier))?.number ?? '', { interval: 2, timeout: 10_000 }).not.toBe('');
    const { consignment, number } = (await consignmentOf(hub, dossier))!;
    const codeFor = async (office: string): Promise<string> => (await hub.call<postal.GetHandoverCodeResponse>('postal', 'getHandoverCode', postal.GetHandoverCodeRequest.create({ code: dossier.code, consignment }), office)).handoverCode;
    const own = await codeFor(dossier.counter);
    hub.world.clock = Date.parse('2026-12-02T08:00:00+07:00');
    const counter = officeOf('counter', `${mergedCommunes.into}@2026-12-01`, '2026-12-02'), registrar = officeOf('civil-status', `${mergedCommunes.into}@2026-12-01`, '2026-12-02');
    const outgoing = async (): Promise<readonly string[]> => (await list(hub, { errand: postal.Errand.OUTGOING }, counter)).consignments.map((one) => one.consignment!.number);
    expect([counter === dossier.counter, await codeFor(counter), (await codeFor(registrar)).length]).toEqual([false, own, 6]);
    const cancelled = await hub.call<postal.CancelConsignmentResponse>('postal', 'cancelConsignment', postal.CancelConsignmentRequest.create({ requestId: nextRequest(), code: dossier.code, consignment }), counter);
    expect(cancelled.receipt!.entries.map((one) => one.kind)).toEqual(['consignment-ended']);
    await copiesEqual(hub, dossier.folder);
    await askPlainly(hub, dossier, { kind: 'send-originals', to: officeOf('counter', hoiAn, '2026-12-02'), documents: ['birth-notice'] });
    await expect.poll(async () => (await outgoing()).filter((one) => one !== '' && one !== number).length, { interval: 5, timeout: 10_000 }).toBe(1);
  } finally {
    await hub.stop();
  }
});
