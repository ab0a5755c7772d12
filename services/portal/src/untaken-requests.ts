/** Requests that no route takes: a page for people, a refusal for programs. Nobody outside can make the operator see defects. */
import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { HubError } from '@lienthong/kernel';
import { messagePage } from './home-page.ts';
import { knownError, languageOf, sendPage, sendRefusal, statusOf } from './route-tools.ts';
import type { Failed } from './route-tools.ts';
import { words } from './words.ts';

/** On every answer of the portal. */
export const protectingHeaders = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" } as const;

/** What the library beneath would otherwise answer in its own words: an address that cannot be read or is too long, and what is not HTTP at all. */
export const inOurWords = {
  frameworkErrors: (error, request, reply) => { refuse(error, request, reply.headers(protectingHeaders)); },
  clientErrorHandler: (error, socket) => {
    if (socket.writable) socket.end(bareAnswer(error.code));
    else socket.destroy();
  },
} satisfies FastifyServerOptions;

/** What no route can take, too long or unreadable, is a refusal; anything else that was thrown is told to the operator. */
export function answerUntaken(app: FastifyInstance, failed: Failed): void {
  app.setNotFoundHandler((request, reply) => {
    const language = languageOf(request);
    if (isForPrograms(request)) return sendRefusal(reply, new HubError('UNKNOWN_PATH', { path: `${request.method} ${request.url}` }), language);
    return sendPage(reply, 404, messagePage(language, words[language].notFound));
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (isOfCaller(error)) return refuse(error, request, reply);
    const known = knownError(failed, error), language = languageOf(request);
    if (isForPrograms(request)) return sendRefusal(reply, known, language);
    return sendPage(reply, statusOf(known), messagePage(language, words[language].broken));
  });
}

const isOfCaller = ({ statusCode = 500 }: FastifyError): boolean => statusCode >= 400 && statusCode < 500;

/** A target may begin with the name of the server. */
const isForPrograms = ({ url }: FastifyRequest): boolean => /^(https?:\/\/[^/]*)?\/api\//i.test(url);

function refuse(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request);
  if (isForPrograms(request)) return sendRefusal(reply, new HubError('MALFORMED_MESSAGE', { problem: error.code }, { cause: error }), language);
  return sendPage(reply, error.statusCode ?? 400, messagePage(language, words[language].unreadable));
}

const statusesOfClientErrors: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Written to the socket as it is: there is no request that could be answered, so nothing tells the language. */
function bareAnswer(code: string | undefined): string {
  const status = statusesOfClientErrors[code ?? ''] ?? 400, page = messagePage('vi', words.vi.unreadable);
  const headers = { ...protectingHeaders, 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(page), connection: 'close' };
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${page}`;
}
