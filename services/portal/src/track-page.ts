/** A dossier's way in plain words. */
import { dossier as pb } from '@lienthong/contract';
import type { evidence } from '@lienthong/contract';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { page } from './layout.ts';
import { papers } from './letters.ts';
import { payButton } from './pay-page.ts';
import { carried, chargeStates, consignmentStates, nameOf, registerName } from './states.ts';
import { shownDong, shownTime, words } from './words.ts';
import type { Language } from './words.ts';

export type TrackedPage = {
  readonly status: pb.DossierStatus; readonly language: Language;
  /** What was read in registers for the dossier; services whose register could not be asked. */
  readonly reads: readonly evidence.EvidenceRead[]; readonly readsUnavailable: readonly string[];
  /** What the reader has shown: the secret of the receipt, or four digits. */
  readonly proof: { readonly secret: string } | { readonly last4: string };
  readonly now: Date;
  /** Whether there is a payment platform for it. */
  readonly payOnline: boolean;
};

export function trackPage({ status, reads, readsUnavailable, language, proof, now, payOnline }: TrackedPage): string {
  const t = words[language], secret = 'secret' in proof ? proof.secret : '';
  const say = (text: pb.LocalizedText | undefined): string => (text === undefined ? '' : language === 'en' && text.en !== '' ? text.en : text.vi);
  const here = 'secret' in proof ? `/track/${encodeURIComponent(status.code)}?s=${encodeURIComponent(secret)}` : { code: status.code, last4: proof.last4 };
  return page(language, `${status.code} – ${say(status.stateText)}`, here, html`
<h1>${say(status.procedureName)}</h1><p class="soft">${t.code}: <strong>${status.code}</strong></p>
${status.rehearsal ? html`<p class="card warn">${t.rehearsal}</p>` : ''}
<section class="card"><p class="state">${say(status.stateText)}</p><dl><dt>${t.received}</dt><dd>${shownTime(status.receivedTime)}</dd>
${endedWithout.has(status.state) ? '' : promise(status, language, say)}</dl></section>
<h2>${t.now}</h2>${status.current.length === 0 ? html`<p>${t.nobody}</p>` : status.current.map((leg) => html`<div class="card"><strong>${say(leg.officeName)}</strong><br>${say(leg.title)}<br>
<span class="soft">${t.since} ${shownTime(leg.sinceTime)}${leg.dueTime === undefined ? '' : ` · ${t.dueAt} ${shownTime(leg.dueTime)}`}</span></div>`)}
<h2>${t.next}</h2>${status.next.length === 0 ? html`<p>${t.nothingNext}</p>` : html`<ul>${status.next.map((step) => html`<li>${say(step.text)} – ${step.office === '' ? t.applicant : say(step.officeName)}${step.dueTime === undefined ? '' : html` <span class="soft">(${t.dueAt} ${shownTime(step.dueTime)})</span>`}</li>`)}</ul>`}
${noticed(status, language, say)}${money(status, language, say, payOnline ? secret : '')}${suspended(status, language, say)}
<h2>${t.history}</h2><table><thead><tr><th scope="col">${t.time}</th><th scope="col">${t.what}</th><th scope="col">${t.office}</th></tr></thead>
<tbody>${status.history.map((line) => html`<tr><td>${shownTime(line.time)}</td><td>${say(line.text)}</td><td>${say(line.officeName)}</td></tr>`)}</tbody></table>
${readsOf(reads, readsUnavailable, language, say)}<p class="soft">${t.asOf} ${shownTime(now)}</p>
<p class="noprint">${papers(status, language, secret)}<a href="/${language === 'en' ? '?lang=en' : ''}">${t.another}</a></p>`);
}

/** Nothing is handed out any more: a date and a place would send people there for nothing. */
const endedWithout: ReadonlySet<pb.DossierState> = new Set([pb.DossierState.REFUSED, pb.DossierState.WITHDRAWN, pb.DossierState.STOPPED]);

/** When the result is due, or since when the clock stands, and where it comes to. */
function promise(status: pb.DossierStatus, language: Language, say: Say): Html {
  const t = words[language];
  const due = status.suspendedSinceTime === undefined ? html`<dt>${t.due}</dt><dd><strong>${shownTime(status.dueTime)}</strong>${status.provisional ? ` (${t.provisional})` : ''}${status.late ? html` <span class="late">${t.late}</span>` : ''}</dd>` : html`<dt>${t.suspended}</dt><dd>${shownTime(status.suspendedSinceTime)}</dd>`;
  return html`${due}${returned(status, language, say)}`;
}

type Say = (text: pb.LocalizedText | undefined) => string;

function returned(status: pb.DossierStatus, language: Language, say: Say): Html | '' {
  const t = words[language];
  if (status.returnOfficeName !== undefined) return html`<dt>${t.collectAt}</dt><dd>${say(status.returnOfficeName)}</dd>`;
  const way = status.returnWay === pb.ReturnWay.POST ? t.byPost : status.returnWay === pb.ReturnWay.ONLINE ? t.online : '';
  return way === '' ? '' : html`<dt>${t.resultBy}</dt><dd>${way}</dd>`;
}

/** What offices wrote to the applicant, in their words. */
function noticed(status: pb.DossierStatus, language: Language, say: Say): Html | '' {
  if (status.notices.length === 0) return '';
  return html`<h2>${words[language].notices}</h2>${status.notices.map((one) => html`<div class="card warn"><strong>${say(one.title)}</strong> – ${say(one.officeName)} <span class="soft">${shownTime(one.time)}</span><br>${one.text}</div>`)}`;
}

/** Which registers were read for the dossier, by whom and why. */
function readsOf(reads: readonly evidence.EvidenceRead[], unavailable: readonly string[], language: Language, say: Say): Html | '' {
  const t = words[language], register = (service: string): string => registerName(service, language);
  if (reads.length === 0 && unavailable.length === 0) return '';
  return html`<h2>${t.reads}</h2>${reads.length === 0 ? '' : html`<table><thead><tr><th scope="col">${t.time}</th><th scope="col">${t.register}</th><th scope="col">${t.readBy}</th><th scope="col">${t.why}</th></tr></thead>
<tbody>${reads.map((one) => html`<tr><td>${shownTime(one.readTime)}</td><td>${register(one.service)}</td><td>${say(one.officeName) || one.byService}</td><td>${one.purpose} <span class="soft">${one.ground}</span></td></tr>`)}</tbody></table>`}
${unavailable.length === 0 ? '' : html`<p class="soft">${t.notAsked}: ${unavailable.map(register).join(', ')}</p>`}`;
}

/** How much, where it was not all. */
const givenBack = ({ amount, refundedAmount }: pb.ChargeView): string => (refundedAmount > 0 && refundedAmount < amount ? ` ${shownDong(refundedAmount)}` : '');

/** `secret`: with which charges may be paid online; '' : they may not. */
function money(status: pb.DossierStatus, language: Language, say: Say, secret: string): Html | '' {
  const t = words[language], button = ({ charge, name, state }: pb.ChargeView): Html | '' => (secret === '' || state !== pb.ChargeState.OPEN ? '' : payButton(language, { code: status.code, secret }, charge, say(name)));
  const charges = status.charges.map((one) => html`<li>${say(one.name)}: ${shownDong(one.amount)} – ${nameOf(chargeStates, one.state, language)}${givenBack(one)}${button(one)}</li>`);
  const post = status.consignments.map((one) => html`<li>${nameOf(carried, one.carries, language)}${one.number === '' ? '' : ` ${one.number}`}: ${nameOf(consignmentStates, one.state, language)}${one.place === '' ? '' : `, ${one.place}`}${one.handoverCode === '' ? '' : html` · ${t.handover}: <strong>${one.handoverCode}</strong>`} <span class="soft">${shownTime(one.updateTime)}</span></li>`);
  const results = status.results.map((one) => html`<li>${say(one.name) || one.result}${one.number === '' ? '' : ` ${t.number} ${one.number}`}: ${one.returnTime !== undefined ? `${t.returned} ${shownTime(one.returnTime)}` : status.closed ? t.collectAtIssuer : t.ready}${one.standingText === undefined ? '' : html` – <span class="late">${say(one.standingText)} ${shownTime(one.standingSinceTime)}</span>${one.standingGround === '' ? '' : html` <span class="soft">(${one.standingGround})</span>`}`}</li>`);
  const part = (title: string, rows: readonly Html[]): Html | '' => (rows.length === 0 ? '' : html`<h2>${title}</h2><ul>${rows}</ul>`);
  return html`${part(t.charges, charges)}${part(t.post, post)}${part(t.results, results)}`;
}

function suspended(status: pb.DossierStatus, language: Language, say: Say): Html | '' {
  const t = words[language];
  if (status.suspensions.length === 0) return '';
  return html`<h2>${t.suspensions}</h2><ul>${status.suspensions.map((one) => html`<li>${say(one.text)}: ${shownTime(one.startTime)} – ${one.endTime === undefined ? t.still : shownTime(one.endTime)}</li>`)}</ul>`;
}
