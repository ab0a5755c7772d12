/** Citizens at counters: a dossier is submitted, until it is received. */
import { hash as digest } from 'node:crypto';
import { commitTo } from '@lienthong/dossier-service';
import { assess, received } from '@lienthong/law';
import type { AreaId, FolderId, Instant, Outcome, Submission } from '@lienthong/law';
import type { Aside } from '@lienthong/kernel';
import { contextOf } from '@lienthong/dossier-service';
import type { Asking } from './clients.ts';
import type { Life } from './life.ts';
import type { Random } from './random.ts';
import { procedureCodes } from './small-province.ts';

/** A rehearsal lives at another time, so that what takes the real one shows. */
const rehearsalAwayMs = 45 * 86_400_000;

export type NewDossier = { readonly request: string; readonly folder: FolderId; readonly asking: Asking };

export function drawSubmission(random: Random, n: number, now: Instant, beforeReform: boolean): NewDossier {
  const request = `submit-${n}`, folder = digest('sha256', `client|${request}`, 'hex');
  const rehearsal = random.percent(20) ? now + random.pick([-1, 1]) * rehearsalAwayMs : null;
  const area: AreaId = rehearsal === null && beforeReform && random.percent(70) ? 'cu@old' : 'xa';
  const counter = area === 'xa' ? 'counter' : 'counter-old';
  const submission: Submission = {
    by: { office: counter, officer: 'An' }, request, procedure: random.pick(procedureCodes), case: '', channel: random.percent(80) ? 'counter' : 'online', areas: { subject: area, counter: area },
    applicantKind: 'citizen', submittedBy: 'self', documents: [{ document: 'form', origin: { type: 'presented' } }], particulars: [],
    return: { way: random.pick(['counter', 'counter', 'post', 'online'] as const), office: counter }, rehearsal,
  };
  const code = `000.00.01.H47-260302-${String(n).padStart(4, '0')}`;
  return { request, folder, asking: async (life) => () => submit(submission, code, life) };
}

function submit(submission: Submission, code: string, life: Life): { readonly outcome: Outcome; readonly asides?: readonly Aside[] } {
  const context = contextOf(life.host);
  const { commitment, aside } = commitTo('applicant', { name: 'Nguyễn Văn Tư' }, life.host.world);
  const full: Submission = { ...submission, particulars: [commitment] };
  const assessment = assess(full, context);
  if ('refusal' in assessment) return { outcome: assessment };
  return { outcome: received(full, assessment, code, context), asides: [aside] };
}
