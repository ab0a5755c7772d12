/** The postman's page on a phone: what to collect and deliver, and one consignment with what may be recorded of it. Works without scripts. */
import { dossier as pb } from '@lienthong/contract';
import type { postal } from '@lienthong/contract';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { page } from './layout.ts';
import { failureReasons, postWords } from './post-words.ts';
import { carried, consignmentStates, nameOf } from './states.ts';
import type { Postman } from './post-session.ts';
import { shownDong } from './words.ts';
import type { Language } from './words.ts';

type Parcel = postal.PostalConsignment;
const english = (language: Language): string => (language === 'en' ? '?lang=en' : '');
const pathOf = ({ consignment }: Parcel): string => `/post/${encodeURIComponent(consignment!.number)}`;
const alert = (problem: string): Html | '' => (problem === '' ? '' : html`<p class="card warn" role="alert">${problem}</p>`);
const say = (text: pb.LocalizedText | undefined, language: Language): string => (text === undefined ? '' : language === 'en' && text.en !== '' ? text.en : text.vi);

export function loginPage(language: Language, problem = '', given: Partial<Postman> = {}): string {
  const t = postWords[language];
  const field = (id: 'office' | 'officer' | 'place', label: string, more: Html | '' = ''): Html => html`<label for="${id}">${label}</label><input id="${id}" name="${id}" value="${given[id] ?? ''}" required maxlength="64" autocomplete="off" spellcheck="false"${more}>`;
  return page(language, t.title, '/post', html`<h1>${t.title}</h1>${alert(problem)}<form class="card" method="post" action="/post/login${english(language)}">
${field('office', t.office, problem === '' ? html` autofocus` : '')}${field('officer', t.officer)}${field('place', t.place, html` aria-describedby="hint"`)}<div id="hint" class="soft">${t.placeHint}</div>
<label for="key">${t.key}</label><input id="key" name="key" type="password" required maxlength="200" autocomplete="current-password"${problem === '' ? '' : html` autofocus`}><button>${t.enter}</button></form>`);
}

export type Errands = { readonly collect: readonly Parcel[]; readonly deliver: readonly Parcel[]; readonly more: boolean };

/** `problem`: what came of the last call; '' when nothing is wrong. */
export function errandsPage(language: Language, office: string, { collect, deliver, more }: Errands, { done, problem }: { readonly done: boolean; readonly problem: string }): string {
  const t = postWords[language];
  const list = (title: string, parcels: readonly Parcel[], where: (one: Parcel) => string): Html => html`<h2>${title} (${parcels.length})</h2>${parcels.length === 0 ? html`<p>${t.nothing}</p>` : html`<ul class="plain">${parcels.map((one) => html`<li class="card">
<a href="${pathOf(one)}${english(language)}">${one.consignment!.number}</a> <span class="soft">${nameOf(consignmentStates, one.consignment!.state, language)}</span><br>${where(one)}${one.consignment!.codAmount === 0 ? '' : html`<br><strong>${t.due} ${shownDong(one.consignment!.codAmount)}</strong>`}</li>`)}</ul>`}`;
  return page(language, t.title, '/post', html`<h1>${office}</h1>${alert(problem)}${done ? html`<p class="card" role="status">${t.done}</p>` : ''}
${list(t.toCollect, collect, (one) => placeFrom(one, language))}${list(t.toDeliver, deliver, (one) => placeTo(one, language))}${more ? html`<p>${t.more}</p>` : ''}
<form method="post" action="/post/logout${english(language)}"><button>${t.leave}</button></form>`);
}

const joined = (...parts: readonly string[]): string => parts.filter((one) => one !== '').join(', ');
const placeFrom = (one: Parcel, language: Language): string => (one.fromOffice === '' ? joined(one.senderName, one.senderAddress) : say(one.fromOfficeName, language) || one.fromOffice);
const placeTo = (one: Parcel, language: Language): string => (one.toOffice === '' ? joined(one.receiverName, one.receiverAddress) : say(one.toOfficeName, language) || one.toOffice);

/** `request`: what a form sends is this request, however often it is sent. */
export type ParcelPage = { readonly parcel: Parcel; readonly errand: 'collect' | 'deliver'; readonly request: string; readonly problem: string };

export function parcelPage(language: Language, { parcel, errand, request, problem }: ParcelPage): string {
  const t = postWords[language], view = parcel.consignment!, phone = parcel.senderPhone || parcel.receiverPhone;
  const row = (name: string, value: string): Html | '' => (value === '' ? '' : html`<dt>${name}</dt><dd>${value}</dd>`);
  const form = (what: string, button: string, fields: Html | ''): Html => html`<form class="card" method="post" action="${pathOf(parcel)}/${what}${english(language)}"><input type="hidden" name="request" value="${request}-${what}">${fields}<button>${button}</button></form>`;
  return page(language, view.number, pathOf(parcel), html`<h1>${view.number}</h1>${alert(problem)}
<dl><dt>${t.what}</dt><dd>${nameOf(carried, view.carries, language)}${parcel.documents.length === 0 ? '' : ` (${parcel.documents.join(', ')})`}${parcel.rehearsal ? ` – ${t.rehearsal}` : ''}</dd>
${row(t.from, placeFrom(parcel, language))}${row(t.to, placeTo(parcel, language))}${row(t.phone, phone)}<dt></dt><dd>${nameOf(consignmentStates, view.state, language)}</dd></dl>
${errand === 'collect' ? html`${form('collect', t.collect, html`${codeField(t.code, t.codeGive, view.carries === pb.Carries.PAPERS ? view.codAmount : 0, t.taken)}${named('signedBy', t.signedBy)}`)}${parcel.fromOffice === '' ? failing(t, language, form) : ''}`
    : html`${view.state === pb.ConsignmentState.OUT_FOR_DELIVERY ? '' : form('out', t.out, '')}${form('deliver', t.deliver, html`${codeField(t.code, t.codeTake, view.codAmount, t.taken)}${named('receiver', t.takenBy)}<label class="check"><input type="checkbox" name="signed" value="1"> ${t.signed}</label>`)}${view.state === pb.ConsignmentState.OUT_FOR_DELIVERY ? failing(t, language, form) : ''}${form('returned', t.returned, reasons(t.reason, 'why', language))}`}
<p><a href="/post${english(language)}">${t.back}</a></p>`);
}

type Words = (typeof postWords)['vi'];
const failing = (t: Words, language: Language, form: (what: string, button: string, fields: Html) => Html): Html => form('attempt', t.failed, reasons(t.reason, 'reason', language));

function codeField(label: string, hint: string, due: number, taken: string): Html {
  return html`<label for="code">${label}</label><input id="code" name="code" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="off" aria-describedby="codehint" autofocus><div id="codehint" class="soft">${hint}</div>
${due === 0 ? '' : html`<label class="check"><input type="checkbox" name="paid" value="${due}" required> ${taken}: <strong>${shownDong(due)}</strong></label>`}`;
}

const named = (id: string, label: string): Html => html`<label for="${id}">${label}</label><input id="${id}" name="${id}" maxlength="200" autocomplete="off">`;
const reasons = (label: string, id: string, language: Language): Html => html`<label for="${id}">${label}</label><select id="${id}" name="reason">${failureReasons.map(([reason, name]) => html`<option value="${reason}">${name[language]}</option>`)}</select>`;
