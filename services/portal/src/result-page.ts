/** Whether a paper that somebody has in hand counts. */
import { dossier as pb } from '@lienthong/contract';
import type { intake } from '@lienthong/contract';
import { html } from './html.ts';
import { page } from './layout.ts';
import { shownTime, words } from './words.ts';
import type { Language } from './words.ts';

export const resultPath = '/result';

/** `answer` absent: nothing was asked yet, or there is no such paper (`problem`). */
export type ResultPage = { readonly language: Language; readonly code: string; readonly number: string; readonly digest: string; readonly answer?: intake.CheckResultResponse; readonly problem?: string };

export function resultPage({ language, code, number, digest, answer, problem = '' }: ResultPage): string {
  const t = words[language], say = (text: pb.LocalizedText | undefined): string => (text === undefined ? '' : language === 'en' && text.en !== '' ? text.en : text.vi);
  return page(language, t.resultTitle, resultPath, html`<h1>${t.resultTitle}</h1><p>${t.resultLead}</p>
${problem === '' ? '' : html`<p class="card warn" role="alert">${problem}</p>`}${answer === undefined ? '' : html`<section class="card${answer.standing === pb.ResultStanding.STANDS ? '' : html` warn`}" role="status"><p class="state">${say(answer.standingText)}</p>${answer.rehearsal ? html`<p>${t.rehearsal}</p>` : ''}<dl><dt>${t.result}</dt><dd>${say(answer.name) || answer.result}</dd>
<dt>${t.paperNumber}</dt><dd>${answer.number}</dd><dt>${t.issuedBy}</dt><dd>${say(answer.officeName)}</dd><dt>${t.issuedAt}</dt><dd>${shownTime(answer.issueTime)}</dd>
${answer.standing === pb.ResultStanding.STANDS ? '' : html`<dt>${t.standingSince}</dt><dd>${shownTime(answer.sinceTime)}</dd>${answer.ground === '' ? '' : html`<dt>${t.ground}</dt><dd>${answer.ground}</dd>`}`}</dl></section>`}
<form class="card" method="post" action="${resultPath}${language === 'en' ? '?lang=en' : ''}"><label for="code">${t.code}</label><input id="code" name="code" value="${code}" maxlength="64" autocomplete="off" autocapitalize="characters" spellcheck="false">
<label for="number">${t.paperNumber}</label><input id="number" name="number" value="${number}" maxlength="100" autocomplete="off" spellcheck="false">
<label for="digest">${t.orFile}</label><input id="digest" name="digest" value="${digest}" maxlength="64" autocomplete="off" spellcheck="false" aria-describedby="file"><div id="file" class="soft">${t.fileHint}</div><button>${t.check}</button></form><p><a href="/${language === 'en' ? '?lang=en' : ''}">${t.another}</a></p>`);
}
