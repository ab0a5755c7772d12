import type { Procedure } from '@lienthong/law';
import type { National } from './builder.ts';
import { businessChange, businessEstablish, businessSuspendOrResume, businessTerminate } from './business.ts';
import { birthChain, birthRegistration } from './civil-status.ts';
import { constructionPermit } from './construction.ts';
import { certificateExchange, landTransfer, mortgages } from './land.ts';
import { funeralSupport, monthlyAllowance, socialPension } from './social.ts';

const makers = [
  landTransfer, certificateExchange, mortgages, birthRegistration, birthChain, businessEstablish, businessChange, businessSuspendOrResume, businessTerminate,
  monthlyAllowance, funeralSupport, socialPension, constructionPermit,
];

export function allProcedures(national: National): Procedure[] {
  return makers.flatMap((make) => make(national));
}
