/** Filters by an enum: a number that is none of its values would match nothing, and nobody would see why the list is empty. */
import { errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';

/** As the contract is generated: the values by their names. */
type Values = Readonly<Record<string, number>>;

/** Throws FIELD_INVALID for a number that is no value of the enum; "not set" is none. */
export function checkKnownValues(field: string, given: readonly number[], values: Values): void {
  const names = Object.keys(values).filter((name) => values[name]! > 0), stranger = given.find((one) => !names.some((name) => values[name] === one));
  if (stranger !== undefined) throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem: `${stranger}; ${names.join(' | ')}` }, field));
}

/** As `checkKnownValues`, of a field that holds one value; not set, it filters nothing. */
export function checkKnownValue(field: string, given: number, values: Values): void {
  checkKnownValues(field, given === 0 ? [] : [given], values);
}
