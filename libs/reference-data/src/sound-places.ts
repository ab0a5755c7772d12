/** The areas and offices that a hub may take: the province's own or the released ones, after all published reforms; or what is wrong, with file, line and remedy. */
import type { Sessions } from '@lienthong/law';
import { buildReference } from './build-reference.ts';
import { AREAS_FILE, OFFICES_FILE } from './data-files.ts';
import type { ReferenceData } from './data-files.ts';
import { DamagedFile } from './json-file.ts';
import { closestLine, linesOfJson } from './line-of-field.ts';
import type { LocatedFinding } from './locate-findings.ts';
import { locateIn } from './locate-findings.ts';
import { REFORMS_FILE, parsePlaces } from './place-files.ts';
import type { PlaceTexts } from './place-files.ts';
import { applyReforms } from './reform/apply-reform.ts';
import { checkAreas } from './validate/check-areas.ts';
import { checkCompetence } from './validate/check-competence.ts';
import { checkOffices } from './validate/check-offices.ts';
import { checkShapes } from './validate/check-shapes.ts';
import type { Finding } from './validate/finding.ts';

export type SoundPlaces = { readonly data: ReferenceData } | { readonly findings: readonly LocatedFinding[] };

/** `sessions`: those that offices may keep; absent, the released ones. They are of the calendar and stay out of the data. */
export function soundPlaces(texts: PlaceTexts, released: ReferenceData, sessions: readonly Sessions[] = released.sessions): SoundPlaces {
  try {
    const { base, reforms } = parsePlaces(texts, { ...released, sessions });
    const own = base.areas === released.areas && base.offices === released.offices ? [] : ownFindings(base);
    if (own.length > 0) return { findings: locateIn(own, (file) => texts[file] ?? '[]') };
    const after = applyReforms(base, reforms);
    return 'data' in after ? { data: { ...after.data, sessions: released.sessions } } : { findings: inReforms(after.findings, texts[REFORMS_FILE]!) };
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    return { findings: [{ file: error.file, line: error.line, record: '', field: '', problem: error.message, remedy: 'correct the file at this line, or restore it from last-good' }] };
  }
}

/** A province's own files are judged as a release is: form, then references and dates, then competence. */
function ownFindings(base: ReferenceData): readonly Finding[] {
  const form = checkShapes({ ...base, days: [], sessions: [], procedures: [] });
  if (form.length > 0) return form;
  const facts = [...checkAreas(base.areas), ...checkOffices(base)];
  return facts.length > 0 ? facts : checkCompetence(base, buildReference(base, '')).map((one) => ([AREAS_FILE, OFFICES_FILE].includes(one.file) ? one : { ...one, file: OFFICES_FILE, record: '', field: '', problem: `${one.record} ${one.field}: ${one.problem}` }));
}

function inReforms(findings: readonly Finding[], text: string): LocatedFinding[] {
  const lines = linesOfJson(text);
  return findings.map((one) => ({ ...one, file: REFORMS_FILE, line: closestLine(lines, one.field) }));
}
