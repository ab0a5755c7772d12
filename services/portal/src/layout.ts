/** The frame of every page: works by keyboard, prints on paper, loads nothing from elsewhere. */
import { html } from './html.ts';
import type { Html } from './html.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export const style = `
:root{--ink:#14202b;--soft:#51616f;--line:#d5dde3;--accent:#9b1c1c;--ground:#f6f8f9;--link:#7d1616}
*{box-sizing:border-box}body{margin:0;font:17px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground)}a{color:var(--link)}
header{background:var(--accent);color:#fff}header div,main{max-width:52rem;margin:0 auto;padding:.9rem 1.1rem}header div{display:flex;justify-content:space-between;align-items:center;gap:1rem}
header a,header button{color:#fff;font:inherit}header a.home{text-decoration:none;font-weight:700}header form{margin:0}header button{margin:0;padding:0;border:0;background:none;font-weight:400;text-decoration:underline}
main{padding-bottom:3rem}h1{font-size:1.5rem;line-height:1.3;margin:.6rem 0 .2rem}h2{font-size:1.1rem;margin:1.6rem 0 .5rem}p{margin:.5rem 0}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.4rem;background:#fff;color:#000;padding:.3rem .6rem}
.card{background:#fff;border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.1rem;margin:.6rem 0}.state{font-size:1.35rem;font-weight:700;margin:0}.soft{color:var(--soft)}.warn{border-left:.35rem solid var(--accent)}.late{color:var(--accent);font-weight:700}
label{display:block;font-weight:600;margin:.8rem 0 .2rem}form.card label:first-child{margin-top:0}form.card .soft{margin-top:.3rem;font-size:.92rem}input,select{width:100%;font:inherit;padding:.55rem .7rem;border:1px solid #71818f;border-radius:.4rem;background:#fff}label.check{font-weight:400}input[type=checkbox]{width:auto;transform:scale(1.3);margin-right:.4rem}ul.plain{list-style:none;padding:0}
button,.button{display:inline-block;margin:1rem 1rem 0 0;font:inherit;font-weight:600;padding:.55rem 1.3rem;border:0;border-radius:.4rem;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none}
:focus-visible{outline:3px solid #1a6fb0;outline-offset:2px}header :focus-visible{outline-color:#fff}
table{width:100%;border-collapse:collapse;background:#fff}th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}th{font-size:.85rem;color:var(--soft)}td:first-child{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.6rem 0 0}dt{color:var(--soft)}dd{margin:0}ul{margin:.3rem 0;padding-left:1.2rem}
@media (max-width:34rem){h1{font-size:1.2rem}dl{grid-template-columns:1fr;gap:0}dt{margin-top:.4rem}table,tbody,tr,td{display:block}thead{position:absolute;left:-99rem}tr{padding:.5rem .7rem;border-bottom:1px solid var(--line)}td{border:0;padding:0}td:nth-child(2){font-weight:600}td:first-child,td:nth-child(3){color:var(--soft);font-size:.9rem}}
@media print{@page{margin:15mm}header,.skip,.noprint{display:none}body{background:#fff;font-size:11px}main{max-width:none;padding:0}h1{font-size:1.35rem}.card{border:0;border-left:.2rem solid #000;border-radius:0;padding:0 0 0 .6rem}tr,.card{break-inside:avoid}h2{break-after:avoid;margin-top:1rem}.late,a{color:#000}}`;

/** Where the other language is: at an address, or by the same proof once more, which stands in no address. */
export type Here = string | { readonly code: string; readonly last4: string };

function languageSwitch(language: Language, here: Here): Html {
  const other = language === 'vi' ? 'en' : 'vi';
  const name = words[language].english;
  if (typeof here === 'string') return html`<a href="${here}${here.includes('?') ? '&' : '?'}lang=${other}" hreflang="${other}" lang="${other}">${name}</a>`;
  return html`<form method="post" action="/track?lang=${other}"><input type="hidden" name="code" value="${here.code}"><input type="hidden" name="last4" value="${here.last4}"><button lang="${other}">${name}</button></form>`;
}

export function page(language: Language, title: string, here: Here, body: Html): string {
  const t = words[language];
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/style.css"></head>
<body><a class="skip" href="#main">${t.skip}</a><header><div><a class="home" href="/${language === 'en' ? '?lang=en' : ''}">${t.hub}</a>${languageSwitch(language, here)}</div></header>
<main id="main">${body}</main></body></html>`.text;
}
