/** Whether a dossier that was received under older rules may go on under those of today. */
import type { Transition } from './reference-types.ts';
import type { LocalDate } from './types.ts';
import { isInForce } from './jurisdiction.ts';

/** The provision in force on a day: one that names the procedure goes before one for all. Undefined: the law says nothing, and the rules of the receipt hold. */
export function transitionOn(procedure: string, on: LocalDate, transitions: readonly Transition[]): Transition | undefined {
  const inForce = transitions.filter((one) => isInForce(one, on));
  return inForce.find((one) => one.procedures?.includes(procedure) === true) ?? inForce.find((one) => one.procedures === undefined);
}
