/** Death chain: civil status, then side by side the deletion of the residence, funeral support, and the end of the monthly allowance: what is paid to a dead person stops by itself. */
import { dossier as pb, intake, social } from '@lienthong/contract';
import { citizen, shown } from './people.ts';
import type { Person } from './people.ts';
import { reportOf } from './report.ts';
import type { JourneyReport } from './report.ts';
import { fileOf, paidTo } from './social-allowance.ts';
import type { Walk } from './walk.ts';

const counter = 'counter-20410-202507', home = '20410@2025-07-01', keeper = 'social-20410-202507';
const amount = 1_080_000;
/** The branches and their limits (NĐ 301/2026/NĐ-CP điều 10): none waits for another, only for the registrar. */
const branches = ['residence', 'health-agency', 'allowance-stop'] as const;

export async function deathChain(walk: Walk): Promise<JourneyReport> {
  const deceased = citizen(walk.unique, 'Lê Văn Tám'), relative = citizen(walk.unique, 'Lê Thị Chín');
  await seedFile(walk, deceased);
  const answer = await walk.submit(counter, '2026-10-05T08:20:00+07:00', {
    procedure: '2.002913', case: 'beneficiary', applicant: relative.party, contact: pb.Contact.fromPartial({ phone: '0905987654' }), areas: intake.Areas.fromPartial({ residence: home, subject: home }),
    subject: intake.Subject.fromPartial({ beneficiary: deceased.number }), declaration: { deceasedIdentityNumber: deceased.number, deceasedName: deceased.name, deathDate: '2026-10-02' }, documents: shown('application-form', 'death-notice'),
  });
  const fromRegister = answer.receipt!.documents.some((one) => one.document === 'beneficiary-file' && one.origin?.$case === 'evidence');
  if (fromRegister) walk.tell('Hồ sơ hưởng trợ cấp lấy từ cơ sở dữ liệu bảo trợ xã hội, người dân không phải nộp', counter);
  const planned = branches.every((name) => answer.receipt!.legs.some((one) => one.name === name));
  await walk.moveClock(3);
  await walk.complete('civil-status');
  await walk.returnResult(counter);
  // None is done yet, and each is in work.
  const sideBySide = await walk.until('all branches in work', (dossier) => branches.every((name) => walk.leg(name, dossier)?.state === pb.LegState.WORKING));
  await walk.moveClock(20);
  await Promise.all(branches.map((name) => walk.complete(name)));
  await walk.until('all legs done', (dossier) => dossier.legs.every((leg) => leg.state === pb.LegState.DONE));
  // Closing waits for the register: by then the support has ended.
  await walk.returnResult(counter);
  const closed = await walk.closed();
  const stopped = await hasStopped(walk, deceased);
  return reportOf(walk, fromRegister && planned && sideBySide && stopped && closed.status!.state === pb.DossierState.RETURNED, 'khai tử, cư trú, mai táng; trợ cấp của người đã mất dừng từ tháng 11/2026');
}

/** A file of the books before the hub, in the records of rehearsals. */
async function seedFile(walk: Walk, person: Person): Promise<void> {
  const value = person.party.party?.$case === 'citizen' ? person.party.party.value : undefined;
  const request = social.SeedBeneficiaryRequest.fromPartial({
    requestId: walk.unique.request('seed'), rehearsal: true,
    beneficiary: { beneficiary: walk.unique.request('BTXH'), ...(value === undefined ? {} : { person: value }), kind: social.BenefitKind.MONTHLY_ALLOWANCE, group: 'disability-severe', amount, area: home, state: social.BeneficiaryState.ACTIVE, startMonth: '2025-01', decisionNumber: `QĐ ${walk.unique.run}` },
  });
  await walk.call(() => walk.hub.social.seedBeneficiary(request, { office: keeper, officer: 'cb-bao-tro' }));
}

/** The month of death is paid, the next one is not. */
async function hasStopped(walk: Walk, deceased: Person): Promise<boolean> {
  const file = await fileOf(walk, deceased, keeper);
  if (file?.state !== social.BeneficiaryState.STOPPED) return false;
  const paid = await Promise.all(['2026-10', '2026-11'].map((month) => paidTo(walk, file, home, keeper, month)));
  walk.tell(`Danh sách chi trả tháng 10/2026: ${paid[0] ?? 0} đồng; tháng 11/2026: ${paid[1] ?? 0} đồng`, keeper);
  return file.endMonth === '2026-10' && paid[0] === amount && paid[1] === undefined;
}
