/** Looking a result up: by the code of its dossier and its number, or by the digest of its file. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { intake } from '@lienthong/contract';
import { errorDomain, textOf } from '@lienthong/kernel';
import type { HubError } from '@lienthong/kernel';
import { resultPage, resultPath } from './result-page.ts';
import { words } from './words.ts';
import type { Language } from './words.ts';

export type LookUp = (request: intake.CheckResultRequest, peer: string) => Promise<intake.CheckResultResponse>;
type Query = { Querystring: { lang?: string }; Body: Partial<Record<'code' | 'number' | 'digest', unknown>> | undefined };
type Request = FastifyRequest<Query>;

/** What the routes of the portal share. `known`: the error as the caller may hear it; a defect is told to the operator. */
export type RouteTools = { known(error: unknown): HubError; language(request: FastifyRequest): Language; page(reply: FastifyReply, status: number, text: string): FastifyReply; readonly statusOf: Readonly<Record<string, number>> };

export function resultRoutes(app: FastifyInstance, lookUp: LookUp, tools: RouteTools): void {
  app.get<Query>(resultPath, (request, reply) => tools.page(reply, 200, resultPage({ language: tools.language(request), code: '', number: '', digest: '' })));
  app.post<Query>(resultPath, (request, reply) => showResult(lookUp, tools, request, reply));
  app.post<Query>('/api/v1/result', (request, reply) => sendResult(lookUp, tools, request, reply));
}

function askedFor({ body }: Request): intake.CheckResultRequest {
  const given = (name: 'code' | 'number' | 'digest'): string => { const value = body?.[name]; return typeof value === 'string' ? value.trim() : ''; };
  return { code: given('code'), number: given('number'), digest: given('digest') };
}

async function showResult(lookUp: LookUp, tools: RouteTools, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const language = tools.language(request), asked = askedFor(request);
  try {
    return tools.page(reply, 200, resultPage({ language, ...asked, answer: await lookUp(asked, request.ip) }));
  } catch (error) {
    const known = tools.known(error), t = words[language];
    const problem = known.code === 'TOO_MANY_TRIES' ? t.wait : known.code === 'RESULT_NOT_FOUND' ? t.noResult : known.row.status === 'INVALID_ARGUMENT' ? t.resultAsk : t.broken;
    return tools.page(reply, tools.statusOf[known.row.status] ?? 500, resultPage({ language, ...asked, problem }));
  }
}

async function sendResult(lookUp: LookUp, tools: RouteTools, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  try {
    return await reply.send(intake.CheckResultResponse.toJSON(await lookUp(askedFor(request), request.ip)));
  } catch (error) {
    const known = tools.known(error);
    return reply.code(tools.statusOf[known.row.status] ?? 500).send({ reason: known.code, domain: errorDomain, message: textOf(known, tools.language(request)), field: known.field });
  }
}
