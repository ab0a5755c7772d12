/** What the routes of the portal share: how a caller is spoken to, and what he hears of an error. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asHubError, errorDomain, textOf } from '@lienthong/kernel';
import type { HubError } from '@lienthong/kernel';
import type { Language } from './words.ts';

/** HTTP status by name of a gRPC status. */
const statuses: Readonly<Record<string, number>> = { INVALID_ARGUMENT: 400, NOT_FOUND: 404, PERMISSION_DENIED: 403, RESOURCE_EXHAUSTED: 429, UNAVAILABLE: 503, FAILED_PRECONDITION: 409, DEADLINE_EXCEEDED: 504 };
export const statusOf = (error: HubError): number => statuses[error.row.status] ?? 500;

export function languageOf(request: FastifyRequest): Language {
  return (request.query as { lang?: string } | undefined)?.lang === 'en' ? 'en' : 'vi';
}

export function sendPage(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(text);
}

/** Called for what is a defect, never for a refusal. */
export type Failed = (error: unknown) => void;

/** Refusals are answers; anything else is told to the operator and looks like a busy system. */
export function knownError(failed: Failed, error: unknown): HubError {
  const known = asHubError(error);
  if (known !== error) failed(error);
  return known;
}

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

/** A field of a form or a message, without the spaces around it; '' where it is no text. */
export function textOfField(body: Readonly<Record<string, unknown>> | undefined, name: string): string {
  const value = body?.[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The request id of what comes without one: the same content is the same request. */
export const requestIdOf = (content: unknown): string => createHash('sha256').update(JSON.stringify(content)).digest('hex');
