/** Documents that registers gave: nobody was asked for them again. */
import type { oversight } from '@lienthong/contract';
import { officeText, periodOf } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { addDays, notAskedAgain } from '@lienthong/law';
import type { Dossier } from '@lienthong/law';
import { eachDossier } from './indices.ts';

type Row = { readonly date: string; readonly procedure: string; readonly office: string; documents: number; dossiers: number };

/** Field by which dossiers are found that had a document from a register on a day: what lies outside the period is not gone through. */
const dayField = 'not-asked';

export function notAskedIndex(dossier: Dossier): Readonly<Record<string, readonly string[]>> {
  const days = dossier.root === null || dossier.root.body.rehearsal ? [] : [...new Set(notAskedAgain(dossier).map(({ date }) => date))];
  return days.length === 0 ? {} : { [dayField]: days };
}

export async function countNotAsked(host: Host, request: oversight.CountNotAskedRequest): Promise<oversight.CountNotAskedResponse> {
  periodOf(request);
  const rows = new Map<string, Row>();
  for (let day = request.fromDate; day <= request.toDate; day = addDays(day, 1)) await eachDossier(host, dayField, day, (dossier) => countDay(rows, dossier, day, request));
  const counts = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => ({ ...row, officeName: officeText(host.environment, row.office) }));
  return { counts, total: counts.reduce((sum, one) => sum + one.documents, 0), asOfTime: new Date(host.world.now()) };
}

function countDay(rows: Map<string, Row>, dossier: Dossier, day: string, request: oversight.CountNotAskedRequest): void {
  const body = dossier.root?.body;
  if (body === undefined || body.rehearsal || (request.procedure !== '' && body.procedure !== request.procedure)) return;
  const counted = new Set<Row>();
  for (const { date, office } of notAskedAgain(dossier)) {
    if (date !== day || (request.office !== '' && office !== request.office)) continue;
    const key = `${date} ${body.procedure} ${office}`, row = rows.get(key) ?? { date, procedure: body.procedure, office, documents: 0, dossiers: 0 };
    rows.set(key, row);
    row.documents++;
    if (!counted.has(row)) { counted.add(row); row.dossiers++; }
  }
}
