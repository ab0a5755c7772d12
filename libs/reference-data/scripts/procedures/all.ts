/** The whole catalogue: procedures that change a register have a script of their own, all others are rows of their family. */
import type { CatalogueDecision, Procedure, ResultFact } from '@lienthong/law';
import { nationalRow } from './builder.ts';
import type { National } from './builder.ts';
import { businessChange, businessEstablish, businessSuspendOrResume, businessTerminate } from './business.ts';
import { birthChain, birthRegistration, birthWaits } from './civil-status.ts';
import { constructionPermit } from './construction.ts';
import { withEvidenceFields } from './evidence-fields.ts';
import { withFacts, withNotIssued } from './facts.ts';
import type { FactOptions } from './facts.ts';
import { certificateExchange, landTransfer, mortgages } from './land.ts';
import { decision } from './limits.ts';
import { withResultEvidence } from './result-evidence.ts';
import { proceduresOf, publishedTime } from './row.ts';
import { businessRows } from './rows/business.ts';
import { certificationRows } from './rows/certification.ts';
import { civilStatusRows } from './rows/civil-status.ts';
import { constructionRows } from './rows/construction.ts';
import { landRows } from './rows/land.ts';
import { residenceRows } from './rows/residence.ts';
import { mortgageWaits, securityRows } from './rows/security.ts';
import { toConfirmRows } from './rows/to-confirm.ts';
import { welfareRows } from './rows/welfare.ts';
import { funeralSupport, monthlyAllowance, socialPension } from './social.ts';

const makers = [
  landTransfer, certificateExchange, mortgages, birthRegistration, birthChain, businessEstablish, businessChange, businessSuspendOrResume, businessTerminate,
  monthlyAllowance, funeralSupport, socialPension, constructionPermit,
];
const rows = [...landRows, ...securityRows, ...businessRows, ...constructionRows, ...civilStatusRows, ...certificationRows, ...residenceRows, ...welfareRows, ...toConfirmRows];

export function allProcedures(national: National, resultFacts: readonly ResultFact[]): Procedure[] {
  const own = makers.flatMap((make) => make(national)).map((one) => withFacts(one, nationalRow(national, one.code), factsOfOwn(one, national)));
  return [...own, ...proceduresOf(rows, national)].map((one) => withNotIssued(one, nationalRow(national, one.code))).map(withEvidenceFields).map((one) => withResultEvidence(one, resultFacts));
}

/** Why the published time was taken otherwise, or kept although it looks like a fault. */
const REASONS: Readonly<Record<string, string>> = {
  '1.013831': 'Kept as published, door by door, since dossiers run under it: 4 for post against 18 looks like a fault of the source; the legs fit the shortest.',
  '1.012783': 'Kept as published, door by door, since dossiers run under it; the spread looks like the extension for remote communes in the wrong column.',
  '1.013225': 'Kept as published: 15 days at the counter are those of houses, 20 those of works; legs of 15 days fit both.',
  '1.001193': 'A bare "1"; the text gives the same day, the next working day after 15:00: one working day.',
  '1.001612': 'The field is empty; the text gives three working days from receipt.', '2.000720': 'A bare "1"; the text gives three working days from receipt.', '1.001570': 'A bare "1"; the text gives one working day.',
  '1.001266': 'A bare "1"; the text gives five working days from receipt.', '1.011441': 'The text gives the same working day, three at most with a reason: the leg has one, the total three.',
  '1.011443': 'The text gives the same working day, three at most with a reason: the leg has one, the total three.',
};

function factsOfOwn(procedure: Procedure, national: National): FactOptions {
  const record = nationalRow(national, procedure.code);
  const { role, locality } = procedure.legs.find((one) => one.decides)!;
  const reason = REASONS[procedure.code] ?? procedure.source.note ?? '';
  const decisions: CatalogueDecision[] = reason === '' ? [] : [decision('limit', publishedTime(record), [...new Set(Object.values(procedure.limit))].join('; '), reason)];
  return {
    accountable: { role, locality }, decisions, waits: procedure.field === 'Đăng ký biện pháp bảo đảm' ? mortgageWaits : procedure.code === '1.001193' ? birthWaits : [],
    flags: [...(record['status'] === 'read' ? [] : ['to-confirm'])],
  };
}
