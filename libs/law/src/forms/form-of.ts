/** A form of a dossier: of the edition for its day, filled from its folder and from what stands beside it. The same entries give the same form, whenever it is asked for. */
import type { LawContext } from '../context.ts';
import type { Dossier } from '../dossier.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { localDate } from '../time/index.ts';
import { controlSlip } from './control-slip.ts';
import type { FormContent } from './form-content.ts';
import { text } from './form-words.ts';
import { editionOn } from './form.ts';
import type { Form, FormEdition, FormFacts, FormKind } from './form.ts';
import { apologyForm, refusalForm, stopForm, supplementForm } from './letter-forms.ts';
import { receiptForm } from './receipt-form.ts';
import { bookExtract } from './tracking-book.ts';

type Context = Pick<LawContext, 'reference' | 'work'>;
type Fill = (dossier: Dossier, facts: FormFacts, context: Context) => FormContent | null;

const fills: Readonly<Record<FormKind, Fill>> = { 'receipt': receiptForm, 'supplement': supplementForm, 'refusal': refusalForm, 'apology': apologyForm, 'stop': stopForm, 'control-slip': controlSlip, 'tracking-book': bookExtract };

/** FORM_NOT_IN_EDITION: no act knew such a form on the day of receipt. FORM_NOT_ISSUED: nothing in this dossier has called for it. */
export function formOf(kind: FormKind, dossier: Dossier, editions: readonly FormEdition[], facts: FormFacts, context: Context): Form | { readonly refusal: Refusal } {
  const root = dossier.root!, on = localDate(root.receivedAt), edition = editionOn(editions, kind, on);
  if (edition === undefined) return { refusal: refuse('FORM_NOT_IN_EDITION', { form: kind, date: on }, 'form') };
  const content = fills[kind](dossier, facts, context);
  if (content === null) return { refusal: refuse('FORM_NOT_ISSUED', { form: edition.number, title: edition.title.vi, code: root.body.code }, 'form') };
  return { edition, code: root.body.code, codeLabel: text('Mã hồ sơ', 'Dossier code'), rehearsal: root.body.rehearsal, track: { code: root.body.code, secret: facts.secret }, ...content };
}
