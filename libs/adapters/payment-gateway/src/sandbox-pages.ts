/** The pages of the sandbox over HTTP. Looking changes nothing; an answer is sent by a form, and leads back to the page that says what came of it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf } from './request-body.ts';
import type { PayerAnswer, SandboxBank } from './sandbox-bank.ts';
import { orderPage, styleSheet, wordPage } from './sandbox-page.ts';
import type { Language } from './sandbox-page.ts';
import type { SandboxServerSettings } from './sandbox-server.ts';

const prefix = '/pay/', stylePath = '/pay.css';
const maxFormBytes = 4 * 1024;
const headers = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" };

const addressOf = ({ url = '/' }: IncomingMessage): URL | null => URL.parse(url, 'http://sandbox');

export function isOfPages(request: IncomingMessage): boolean {
  const path = addressOf(request)?.pathname ?? '';
  return path.startsWith(prefix) || path === stylePath;
}

type Answered = { readonly status: number; readonly text: string; readonly more?: Readonly<Record<string, string>> };

export async function servePage(bank: SandboxBank, settings: SandboxServerSettings, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, text, more } = await answerTo(bank, settings, request);
  response.writeHead(status, { ...headers, 'content-type': 'text/html; charset=utf-8', ...more }).end(request.method === 'HEAD' ? undefined : text);
}

async function answerTo(bank: SandboxBank, { returnUrl = '', tell }: SandboxServerSettings, request: IncomingMessage): Promise<Answered> {
  const { pathname, searchParams } = addressOf(request)!, language: Language = searchParams.get('lang') === 'en' ? 'en' : 'vi';
  if (pathname === stylePath) return { status: 200, text: styleSheet, more: { 'content-type': 'text/css; charset=utf-8' } };
  const reference = decoded(pathname.slice(prefix.length)), order = bank.payable(reference);
  if (order === undefined) return { status: 404, text: wordPage(language, 'unknown') };
  if (request.method === 'GET' || request.method === 'HEAD') return { status: 200, text: orderPage(language, order, returnUrl.replaceAll('{code}', encodeURIComponent(order.info))) };
  const answer = request.method === 'POST' ? await answerIn(request) : null;
  if (answer === null) return { status: 400, text: wordPage(language, 'odd') };
  bank.answered(reference, answer);
  tell(`${answer === 'pay' ? 'thanh toán / paid' : 'huỷ / cancelled'} ${reference}`);
  return { status: 303, text: '', more: { location: `${prefix}${encodeURIComponent(reference)}?lang=${language}` } };
}

/** What is not encoded well is no reference of anything. */
function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch { return ''; }
}

/** Null: neither of the two. */
async function answerIn(request: IncomingMessage): Promise<PayerAnswer | null> {
  const body = await bodyOf(request, maxFormBytes).catch(() => ''), answer = new URLSearchParams(body).get('answer');
  return answer === 'pay' || answer === 'cancel' ? answer : null;
}
