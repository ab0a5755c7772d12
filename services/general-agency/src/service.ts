/** Offices whose procedures need nothing beyond the catalogue: civil status, residence, health insurance, tax, construction permits … */
import { createDeskService } from '@lienthong/dossier-service';
import type { IssuedFact, ServiceModule, ServicePorts } from '@lienthong/dossier-service';

/** A permit as it was issued, repaired on, adjusted, extended or issued again: NĐ 175/2024/NĐ-CP asks for `the permit issued` and not for one of them. */
const constructionPermit: IssuedFact = {
  fact: 'construction-permit', results: ['KQ.G17.000311', 'KQ.G17.000312', 'KQ.G17.000314', 'KQ.G17.000315', 'KQ.G17.000316', 'KQ.G17.000318'],
  summary: { vi: 'Giấy phép xây dựng đã cấp có trong hồ sơ của cơ quan cấp', en: 'The construction permit is with the office that issued it' },
};

export function createGeneralAgency(ports: ServicePorts): ServiceModule {
  return createDeskService(ports, { name: 'general-agency', register: null, issued: [constructionPermit] });
}
