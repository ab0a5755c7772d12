/** A dossier's way in plain words. */
import { dossier as pb } from '@lienthong/contract';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { page } from './layout.ts';
import { shownDong, shownTime, words } from './words.ts';
import type { Language } from './words.ts';

export type TrackedPage = { readonly status: pb.DossierStatus; readonly language: Language; /** Secret of the receipt; '' when another proof was given. */ readonly secret: string };

export function trackPage({ status, language, secret }: TrackedPage): string {
  const t = words[language];
  const say = (text: pb.LocalizedText | undefined): string => (text === undefined ? '' : language === 'en' && text.en !== '' ? text.en : text.vi);
  const here = `/track/${encodeURIComponent(status.code)}${secret === '' ? '' : `?s=${encodeURIComponent(secret)}`}`;
  return page(language, `${status.code} – ${say(status.stateText)}`, here, html`
<h1>${say(status.procedureName)}</h1><p class="soft">${t.code}: <strong>${status.code}</strong></p>
${status.rehearsal ? html`<p class="card warn">${t.rehearsal}</p>` : ''}
<section class="card"><p class="state">${say(status.stateText)}</p><dl><dt>${t.received}</dt><dd>${shownTime(status.receivedTime)}</dd>
${status.suspendedSinceTime === undefined ? html`<dt>${t.due}</dt><dd><strong>${shownTime(status.dueTime)}</strong>${status.provisional ? ` (${t.provisional})` : ''}</dd>` : html`<dt>${t.suspended}</dt><dd>${shownTime(status.suspendedSinceTime)}</dd>`}
${status.returnOfficeName === undefined ? '' : html`<dt>${t.results}</dt><dd>${say(status.returnOfficeName)}</dd>`}</dl></section>
<h2>${t.now}</h2>${status.current.length === 0 ? html`<p>${t.nobody}</p>` : status.current.map((leg) => html`<div class="card"><strong>${say(leg.officeName)}</strong><br>${say(leg.title)}<br>
<span class="soft">${t.since} ${shownTime(leg.sinceTime)}${leg.dueTime === undefined ? '' : ` · ${t.dueAt} ${shownTime(leg.dueTime)}`}</span></div>`)}
<h2>${t.next}</h2>${status.next.length === 0 ? html`<p>${t.nothingNext}</p>` : html`<ul>${status.next.map((step) => html`<li>${say(step.text)} – ${step.office === '' ? t.applicant : say(step.officeName)}${step.dueTime === undefined ? '' : html` <span class="soft">(${t.dueAt} ${shownTime(step.dueTime)})</span>`}</li>`)}</ul>`}
${money(status, language, say)}${suspended(status, language, say)}
<h2>${t.history}</h2><table><thead><tr><th scope="col">${t.time}</th><th scope="col">${t.what}</th><th scope="col">${t.office}</th></tr></thead>
<tbody>${status.history.map((line) => html`<tr><td>${shownTime(line.time)}</td><td>${say(line.text)}</td><td>${say(line.officeName)}</td></tr>`)}</tbody></table>
<p class="noprint">${secret === '' ? '' : html`<a class="button" href="/receipt/${encodeURIComponent(status.code)}?s=${encodeURIComponent(secret)}&amp;lang=${language}">${t.receipt}</a> `}<a href="/${language === 'en' ? '?lang=en' : ''}">${t.another}</a></p>`);
}

type Say = (text: pb.LocalizedText | undefined) => string;

function money(status: pb.DossierStatus, language: Language, say: Say): Html | '' {
  const t = words[language];
  const charges = status.charges.map((one) => html`<li>${say(one.name)}: ${shownDong(one.amount)} – ${one.state === pb.ChargeState.PAID ? t.paid : one.state === pb.ChargeState.OPEN ? t.open : t.other}</li>`);
  const post = status.consignments.map((one) => html`<li>${one.number} ${one.place} ${shownTime(one.updateTime)}</li>`);
  const results = status.results.map((one) => html`<li>${say(one.name) || one.result}: ${one.returnTime === undefined ? t.ready : `${t.returned} ${shownTime(one.returnTime)}`}</li>`);
  const part = (title: string, rows: readonly Html[]): Html | '' => (rows.length === 0 ? '' : html`<h2>${title}</h2><ul>${rows}</ul>`);
  return html`${part(t.charges, charges)}${part(t.post, post)}${part(t.results, results)}`;
}

function suspended(status: pb.DossierStatus, language: Language, say: Say): Html | '' {
  const t = words[language];
  if (status.suspensions.length === 0) return '';
  return html`<h2>${t.suspensions}</h2><ul>${status.suspensions.map((one) => html`<li>${say(one.text)}: ${shownTime(one.startTime)} – ${one.endTime === undefined ? t.still : shownTime(one.endTime)}</li>`)}</ul>`;
}
