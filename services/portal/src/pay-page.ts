/** Before the payer leaves these pages for those of the platform: what for, how much, and where to. */
import type { payments } from '@lienthong/contract';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { page } from './layout.ts';
import { shownDong, words } from './words.ts';
import type { Language } from './words.ts';

export type OwnProof = { readonly code: string; readonly secret: string };

const trackPath = ({ code, secret }: OwnProof, language: Language): string => `/track/${encodeURIComponent(code)}?s=${encodeURIComponent(secret)}${language === 'en' ? '&lang=en' : ''}`;

/** A button for one charge; where it leads is no address that could be kept. */
export function payButton(language: Language, { code, secret }: OwnProof, charge: string, name: string): Html {
  const t = words[language];
  return html`<form class="noprint" method="post" action="/pay${language === 'en' ? '?lang=en' : ''}"><input type="hidden" name="code" value="${code}"><input type="hidden" name="secret" value="${secret}"><input type="hidden" name="charge" value="${charge}"><button aria-label="${t.payOnline}: ${name}">${t.payOnline}</button></form>`;
}

/** The link is followed by whoever pays, by hand or by Enter: pages that lead away by themselves are a trap for readers of screens. */
export function payPage(language: Language, proof: OwnProof, { url, amount, reference, name }: payments.StartOwnPaymentResponse): string {
  const t = words[language], title = language === 'en' && name?.en ? name.en : name?.vi ?? '';
  return page(language, t.payTitle, trackPath(proof, 'vi'), html`<h1>${t.payTitle}</h1><section class="card"><dl><dt>${t.payFor}</dt><dd>${title}</dd><dt>${t.code}</dt><dd>${proof.code}</dd><dt>${t.amount}</dt><dd><strong>${shownDong(amount)}</strong></dd><dt>${t.payReference}</dt><dd>${reference}</dd></dl></section>
<p>${t.payLeave} ${new URL(url).host}.</p><p><a class="button" href="${url}" rel="noreferrer" autofocus>${t.payGo}</a><a href="${trackPath(proof, language)}">${t.payBack}</a></p>`);
}

/** Why it could not be begun, in plain words. */
export function payRefusedPage(language: Language, proof: OwnProof, problem: string): string {
  const t = words[language];
  return page(language, t.payTitle, trackPath(proof, 'vi'), html`<h1>${t.payTitle}</h1><p class="card warn" role="alert">${problem}</p><p><a class="button" href="${trackPath(proof, language)}" autofocus>${t.payBack}</a></p>`);
}
