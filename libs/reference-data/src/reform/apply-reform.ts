/** The data after a reform, or all that is wrong with it, told by the line of the reform. Pure. */
import { buildReference } from '../build-reference.ts';
import type { ReferenceData } from '../data-files.ts';
import { checkAreas } from '../validate/check-areas.ts';
import { checkCompetence } from '../validate/check-competence.ts';
import { checkOffices } from '../validate/check-offices.ts';
import { reporter } from '../validate/finding.ts';
import type { Finding } from '../validate/finding.ts';
import { checkAnnounced, checkBegunAreas } from './check-reform.ts';
import { changeAreas } from './reform-areas.ts';
import { REFORM_FILE, ReformDraft } from './reform-draft.ts';
import { changeOffices } from './reform-offices.ts';
import { reformShape } from './reform.ts';
import type { Reform } from './reform.ts';

export type Reformed = { readonly data: ReferenceData } | { readonly findings: readonly Finding[] };

/** `data`: sound, see `validate`. `reform`: as read from a file; its form is judged here. */
export function applyReform(data: ReferenceData, reform: Reform): Reformed {
  const form: Finding[] = [];
  reformShape(reform, '', reporter(form, REFORM_FILE, (reform as Partial<Reform> | null)?.reform ?? ''));
  if (form.length > 0) return { findings: form };
  const draft = new ReformDraft(data, reform);
  checkAnnounced(draft, data);
  if (draft.findings.length === 0) changeAreas(draft);
  if (draft.findings.length === 0) checkBegunAreas(draft);
  if (draft.findings.length === 0) changeOffices(draft);
  if (draft.findings.length > 0) return { findings: draft.findings };
  const after: ReferenceData = { ...data, areas: [...draft.areas.values()], offices: [...draft.offices.values()] };
  const findings = checked(after, draft);
  return findings.length > 0 ? { findings } : { data: after };
}

/** What was sound before and is not any more is the reform's doing: it is shown where the reform made or ended the record. */
function checked(after: ReferenceData, draft: ReformDraft): Finding[] {
  const facts = [...checkAreas(after.areas), ...checkOffices(after)];
  const findings = facts.length > 0 ? facts : checkCompetence(after, buildReference(after, ''), draft.from);
  return findings.map((one) => ({ ...one, file: REFORM_FILE, record: draft.reform.reform, field: placeOf(one, draft), problem: `${one.record} ${one.field}: ${one.problem}` }));
}

/** Of a role that nobody bears any more: where the area was changed for which it is missing, or the office that bore it. Of two offices that cannot both be: the one that the reform made. */
function placeOf({ record, problem }: Finding, draft: ReformDraft): string {
  const own = draft.origins.get(record) ?? draft.origins.get(problem.slice(0, problem.indexOf(' '))), [area = ''] = /\d+@\d{4}-\d{2}-\d{2}(?=[,) ])/.exec(problem) ?? [];
  const bearer = [...draft.offices.values()].find((one) => one.validTo === draft.eve && one.serves.includes(area) && one.roles.some((role) => problem.includes(`role ${role} `)));
  return own ?? draft.origins.get(area) ?? draft.origins.get(bearer?.id ?? '') ?? '';
}

const namedTwice = ({ reform }: Reform): Reformed => ({ findings: [{ file: REFORM_FILE, record: reform, field: 'reform', problem: `reform ${reform} is published twice`, remedy: 'remove one of them, or give it a name of its own' }] });

/** One after the other; what is wrong is told with the place of its reform in the list. */
export function applyReforms(data: ReferenceData, reforms: readonly Reform[]): Reformed {
  let now = data;
  for (const [n, reform] of reforms.entries()) {
    const next = reforms.slice(0, n).some((one) => one?.reform === reform?.reform) ? namedTwice(reform) : applyReform(now, reform);
    if ('findings' in next) return { findings: next.findings.map((one) => ({ ...one, field: one.field === '' ? `reforms[${n}]` : `reforms[${n}].${one.field}` })) };
    now = next.data;
  }
  return { data: now };
}
