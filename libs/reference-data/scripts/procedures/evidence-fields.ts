/** What of a register's fact the procedures of a field need: those that change the thing itself see all of it, all others what the register gives for any document. */
import type { Procedure } from '@lienthong/law';
import { evidenceFacts } from '../../src/vocabulary.ts';

const changes: Readonly<Record<string, string>> = {
  'Đất đai': 'land', 'Đăng ký biện pháp bảo đảm': 'land', 'Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)': 'business-registration', 'Bảo trợ xã hội': 'social-protection',
};

export function withEvidenceFields(procedure: Procedure): Procedure {
  const documents = procedure.documents.map((one) => {
    const { evidence } = one;
    if (evidence === undefined || changes[procedure.field] !== evidence.service) return one;
    const fields = evidenceFacts.find((fact) => fact.service === evidence.service && fact.fact === evidence.fact)?.fields;
    return fields === undefined ? one : { ...one, evidence: { ...evidence, fields } };
  });
  return { ...procedure, documents };
}
