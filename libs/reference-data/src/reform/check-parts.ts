/** The parts of a split area: each once, and nothing placed in two of them, for nobody could say where it lies. */
import { plainPlaceName } from '@lienthong/law';
import { repeated } from '../validate/shape.ts';
import type { NewPart } from './reform.ts';
import type { ReformDraft } from './reform-draft.ts';

/** `field`: of the split. */
export function checkParts(draft: ReformDraft, into: readonly NewPart[], field: string): void {
  for (const [n, code] of repeated(into.map((one) => one.code))) draft.report(`${field}.into[${n}].code`, `part ${code} is named twice`, 'name each part once');
  checkParcels(draft, into, field);
  checkAddresses(draft, into, field);
}

type Named = { readonly part: number; readonly text: string };
const namedIn = (into: readonly NewPart[], what: 'parcels' | 'addresses'): Named[] => into.flatMap((one, part) => (one[what] ?? []).map((text) => ({ part, text })));

/** A beginning of ids takes in all longer ones: `20296-12` also `20296-12-7`. */
function checkParcels(draft: ReformDraft, into: readonly NewPart[], field: string): void {
  const placed = new Map<string, number>(), named = namedIn(into, 'parcels');
  for (const { part, text } of named) if (!placed.has(text)) placed.set(text, part);
  for (const { part, text } of named) {
    const wider = beginningsOf(text).find((one) => (placed.get(one) ?? part) !== part);
    if (wider !== undefined) draft.report(`${field}.into[${part}].parcels`, wider === text ? `${text} lies in two parts` : `${text} lies in ${wider} of another part, too`, 'name it in the part in which it lies');
  }
}

/** Of `a-b-c`: itself, `a-b`, `a`. */
function beginningsOf(parcel: string): string[] {
  const words = parcel.split('-');
  return words.map((_, n) => words.slice(0, words.length - n).join('-'));
}

/** By what they are looked for: a part of an address between commas, whatever its capitals and blanks. */
function checkAddresses(draft: ReformDraft, into: readonly NewPart[], field: string): void {
  const placed = new Map<string, number>();
  for (const { part, text } of namedIn(into, 'addresses')) {
    const name = plainPlaceName(text);
    if (/[,;]/.test(text)) draft.report(`${field}.into[${part}].addresses`, `${text} is more than one name`, 'write one hamlet or street, without commas: an address is looked through name by name');
    if ((placed.get(name) ?? part) !== part) draft.report(`${field}.into[${part}].addresses`, `${text} lies in two parts`, 'name it in the part in which it lies');
    placed.set(name, part);
  }
}
