/** What the routes of the portal share: how a caller is spoken to, and what he hears of an error. */
import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorDomain, HubError, textOf } from '@lienthong/kernel';
import type { Language } from './words.ts';

/** HTTP status by name of a gRPC status. */
const statuses: Readonly<Record<string, number>> = { INVALID_ARGUMENT: 400, NOT_FOUND: 404, PERMISSION_DENIED: 403, RESOURCE_EXHAUSTED: 429, UNAVAILABLE: 503, FAILED_PRECONDITION: 409, DEADLINE_EXCEEDED: 504 };
export const statusOf = (error: HubError): number => statuses[error.row.status] ?? 500;

/** Where the address could not be read nobody has taken its query apart yet. */
export function languageOf(request: FastifyRequest): Language {
  const { lang } = (request.query ?? Object.fromEntries(new URLSearchParams(request.url.split('?')[1]))) as { lang?: string };
  return lang === 'en' ? 'en' : 'vi';
}

export function sendPage(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(text);
}

/** Called for what is a defect, never for a refusal; whoever asked is told nothing of it but `id`. */
export type Failed = (error: unknown, id: string) => void;

/** Refusals are answers; anything else is told to the operator and looks like a busy system. */
export function knownError(failed: Failed, error: unknown): HubError {
  if (error instanceof HubError) return error;
  const id = randomUUID().slice(0, 8);
  failed(error, id);
  return new HubError('INTERNAL', { problem: 'portal', id }, { cause: error });
}

/** Whether the hub is the cause, not what was asked. */
export const isTroubled = (known: HubError): boolean => known.retryable || statusOf(known) >= 500;

/** For programs. `more`: what a protocol wants beside. */
export function sendRefusal(reply: FastifyReply, known: HubError, language: Language, more: object = {}): FastifyReply {
  return reply.code(statusOf(known)).send({ ...more, reason: known.code, domain: errorDomain, message: textOf(known, language), field: known.field });
}

/** As `sendRefusal` where `answer` throws; else what it gives. */
export async function sendAnswer(failed: Failed, request: FastifyRequest, reply: FastifyReply, answer: () => Promise<unknown>): Promise<FastifyReply> {
  try {
    return await reply.send(await answer());
  } catch (error) {
    return sendRefusal(reply, knownError(failed, error), languageOf(request));
  }
}

/** A field of a form, a message or an address, without the spaces around it; '' where it is no text, or stands there twice. */
export function textOfField(body: Readonly<Record<string, unknown>> | null | undefined, name: string): string {
  const value = body?.[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The request id of what comes without one: the same content is the same request. */
export const requestIdOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
