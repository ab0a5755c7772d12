import { parseArgs } from 'node:util';
import { institutionMap, loadActs, loadForms, standingOf } from '@lienthong/reference-data';
import type { MapEntry } from '@lienthong/reference-data';
import { print, UsageError } from '../command.ts';
import { catalogueOfHub, dayOf, referenceOf } from './catalogue-of-hub.ts';

/** Which act each rule rests on, from when, and who answers for it; what is out of force; what has no basis. */
export async function printMap(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, on: { type: 'string' }, procedure: { type: 'string' }, area: { type: 'string' } } });
  const reference = referenceOf(catalogueOfHub()), acts = loadActs(), on = dayOf(values.on);
  if (values.procedure !== undefined && reference.procedure(values.procedure, on) === undefined) throw new UsageError(`không có thủ tục ${values.procedure} có hiệu lực ngày ${on} / no procedure ${values.procedure} in force on ${on}`);
  const area = values.area === undefined ? undefined : (reference.area(values.area) ?? reference.areaByCode(values.area, on));
  if (values.area !== undefined && area === undefined) throw new UsageError(`không có đơn vị ${values.area} ngày ${on} / no area ${values.area} on ${on}`);
  const entries = institutionMap(reference, acts, loadForms(), { on, ...(values.procedure === undefined ? {} : { procedure: values.procedure }), ...(area === undefined ? {} : { area: area.id }) });
  const outOfForce = entries.filter((one) => one.acts.some(({ standing }) => standing === 'ended')), withoutBasis = entries.filter((one) => one.basis === 'none' || one.basis === 'ended');
  if (values.json === true) print(JSON.stringify({ on, rules: reference.digest, area: area?.id ?? null, entries, outOfForce: outOfForce.map(keyOf), withoutBasis: withoutBasis.map(keyOf), acts: acts.map((one) => ({ ...one, standing: standingOf(one, on) })) }));
  else print(textOf(entries, outOfForce, withoutBasis));
  return 0;
}

const keyOf = ({ procedure, element, name, value, acts }: MapEntry): unknown => ({ procedure, element, name, value, ended: acts.filter((one) => one.standing === 'ended').map(({ number, replacedBy }) => ({ number, replacedBy })) });
const line = ({ procedure, element, name, value, acts, role, office, offices }: MapEntry): string => `${procedure || 'một cửa / one-stop'} ${element.padEnd(12)} ${name} ${value} – ${acts.map((one) => `${one.number}${one.standing === 'ended' ? ` (hết hiệu lực / ended ${one.validTo ?? ''} → ${one.replacedBy ?? '?'})` : ''}`).join('; ') || 'không có căn cứ / no basis'} – ${role} ${office ?? `(${offices} cơ quan / offices)`}`;

function textOf(entries: readonly MapEntry[], outOfForce: readonly MapEntry[], withoutBasis: readonly MapEntry[]): string {
  return [
    ...entries.map(line), `${entries.length} mục / rules; ${outOfForce.length} còn dẫn văn bản hết hiệu lực / cite an act out of force; ${withoutBasis.length} không có căn cứ còn hiệu lực / have no basis in force`,
  ].join('\n');
}
