import type { Procedure } from '@lienthong/law';
import type { National } from './builder.ts';
import { birthChain, birthRegistration } from './civil-status.ts';
import { certificateExchange, landTransfer, mortgages } from './land.ts';

export function allProcedures(national: National): Procedure[] {
  return [...landTransfer(national), ...certificateExchange(national), ...mortgages(national), ...birthRegistration(national), ...birthChain(national)];
}
