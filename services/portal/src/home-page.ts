/** The door: a code and what shows that the dossier is yours. */
import { html } from './html.ts';
import { page } from './layout.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

/** The first field that is still to be filled in. */
const focus = html` autofocus`;

export function homePage(language: Language, code = '', problem = ''): string {
  const t = words[language];
  return page(language, t.title, code === '' ? '/' : `/track/${encodeURIComponent(code)}`, html`<h1>${t.title}</h1><p>${t.lead}</p>
${problem === '' ? '' : html`<p class="card warn" role="alert">${problem}</p>`}
<form class="card" method="post" action="/track${language === 'en' ? '?lang=en' : ''}"><label for="code">${t.code}</label><input id="code" name="code" value="${code}" required maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="hint"${code === '' ? focus : ''}><div id="hint" class="soft">${t.codeHint}</div>
<label for="last4">${t.last4}</label><input id="last4" name="last4" required inputmode="numeric" pattern="[0-9]{4}" maxlength="4" autocomplete="off" aria-describedby="digits"${code === '' ? '' : focus}><div id="digits" class="soft">${t.last4Hint}</div><button>${t.look}</button></form><p class="soft">${t.orQr}</p><p><a href="/result${language === 'en' ? '?lang=en' : ''}">${t.checkResult}</a></p>`);
}

export function messagePage(language: Language, message: string): string {
  return page(language, message, '/', html`<h1>${message}</h1><p><a href="/">${words[language].another}</a></p>`);
}
