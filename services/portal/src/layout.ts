/** The frame of every page: works by keyboard, prints on paper, loads nothing from elsewhere. */
import { html } from './html.ts';
import type { Html } from './html.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export const style = `
:root{--ink:#14202b;--soft:#5a6a78;--line:#d5dde3;--accent:#9b1c1c;--ground:#f6f8f9}
*{box-sizing:border-box}body{margin:0;font:17px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground)}
header{background:var(--accent);color:#fff}header div,main,footer{max-width:52rem;margin:0 auto;padding:.9rem 1.1rem}header div{display:flex;justify-content:space-between;align-items:center;gap:1rem}
header a{color:#fff}h1{font-size:1.5rem;line-height:1.3;margin:.6rem 0 .2rem}h2{font-size:1.1rem;margin:1.6rem 0 .5rem}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.4rem;background:#fff;color:#000;padding:.3rem .6rem}
.card{background:#fff;border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.1rem;margin:.6rem 0}.state{font-size:1.35rem;font-weight:700}.soft{color:var(--soft)}.warn{border-left:.35rem solid var(--accent)}
label{display:block;font-weight:600;margin:.8rem 0 .2rem}input{width:100%;font:inherit;padding:.55rem .7rem;border:1px solid #8797a4;border-radius:.4rem}button,.button{display:inline-block;margin-top:1rem;font:inherit;font-weight:600;padding:.55rem 1.3rem;border:0;border-radius:.4rem;background:var(--accent);color:#fff;cursor:pointer;text-decoration:none}
:focus-visible{outline:3px solid #1a6fb0;outline-offset:2px}table{width:100%;border-collapse:collapse;background:#fff}th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}th{font-size:.85rem;color:var(--soft)}td:first-child{white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.6rem 0}dt{color:var(--soft)}dd{margin:0}ul{margin:.3rem 0;padding-left:1.2rem}
@media (max-width:34rem){td:first-child{white-space:normal}dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
@media print{header,footer,.noprint{display:none}body{background:#fff;font-size:12px}.card{border:0;padding:0}}`;

/** `here`: path with query of this page in the other language. */
export function page(language: Language, title: string, here: string, body: Html): string {
  const t = words[language];
  const other = language === 'vi' ? 'en' : 'vi';
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/style.css"></head>
<body><a class="skip" href="#main">${t.skip}</a><header><div><a href="/${language === 'en' ? '?lang=en' : ''}"><strong>${t.hub}</strong></a><a href="${here}${here.includes('?') ? '&' : '?'}lang=${other}" hreflang="${other}">${t.english}</a></div></header>
<main id="main">${body}</main></body></html>`.text;
}
