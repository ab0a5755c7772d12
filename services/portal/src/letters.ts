/** Letters of a dossier that whoever has the secret of its receipt may read: each once the dossier has called for it. */
import { dossier as pb } from '@lienthong/contract';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

type Letter = 'supplement' | 'apology' | 'refusal' | 'stop';

/** In the order in which they can be written. */
function lettersOf({ state, history }: pb.DossierStatus): Letter[] {
  const told = (kind: string): boolean => history.some((line) => line.kind === kind);
  return [
    ...told('supplement-requested') ? ['supplement' as const] : [], ...told('apology-given') ? ['apology' as const] : [],
    ...state === pb.DossierState.REFUSED ? ['refusal' as const] : [], ...state === pb.DossierState.STOPPED || state === pb.DossierState.WITHDRAWN ? ['stop' as const] : [],
  ];
}

/** Links to the papers of a dossier as PDF; none without the secret. */
export function papers(status: pb.DossierStatus, language: Language, secret: string): Html | '' {
  if (secret === '') return '';
  const t = words[language], code = encodeURIComponent(status.code), proof = html`?s=${encodeURIComponent(secret)}&amp;lang=${language}`;
  const form = (name: string, label: string): Html => html`<a class="button" href="/form/${code}/${name}${proof}">${label}</a>`;
  return html`<a class="button" href="/receipt/${code}${proof}">${t.receipt}</a>${form('control-slip', t.controlSlip)}${lettersOf(status).map((one) => form(one, t.letters[one]))}`;
}
