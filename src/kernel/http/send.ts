/** How answers go out: from the shelf of those that are still true, or made ready and put there. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ofParts } from './headers.ts'
import { nobody } from './request.ts'
import { isUnchanged, makeReady, type HttpResponse, type ResponseCache, type Ready } from './response.ts'

const longestKey = 3_000

/** A request with the address as it came, and the status that it was answered with. */
export type Answered = (request: Pick<IncomingMessage, 'method' | 'headers'> & { url: string }, status: number) => void

/** What all answers go out with. */
export type Sending = {
  cache: ResponseCache
  usual: Readonly<Record<string, string>>
  answered?: Answered | undefined
}

/** What a browser asks before a program of another site may send headers of its own (Fetch standard, CORS preflight). */
export const preflight = (path: string, methods: readonly string[], isForPrograms = false) => ({
  allow: methods.join(', '),
  // The API knows no cookie: a page elsewhere can do by it what its own key can. All other forms are for our pages.
  'access-control-allow-methods': methods
    .filter((method) => method === 'GET' || method === 'HEAD' || isForPrograms || isApi(path))
    .join(', '),
  'access-control-allow-headers':
    'accept, accept-language, authorization, content-type, idempotency-key, if-match, if-none-match',
  'access-control-max-age': '86400',
})

export const isApi = (path: string) => /^\/api(?:\/|$)/.test(path)

const keyOf = ({ headers, url }: IncomingMessage) =>
  `${url}\n${headers.accept ?? ''}\n${headers['accept-language'] ?? ''}\n${headers['accept-encoding'] ?? ''}\n${headers.host ?? ''}`

/** The fast way: the same question was answered and nothing has changed since. */
export function serveKept(
  cache: ResponseCache,
  request: IncomingMessage,
  response: ServerResponse,
  answered?: Answered,
): boolean {
  // Whoever brings a key is asked for it first, whatever was answered to others.
  if (request.method !== 'GET' || request.headers.authorization !== undefined) return false
  const ready = cache.get(keyOf(request))
  if (!ready) return false
  const { method, url = '', headers } = request
  answered?.({ method, url, headers }, ready.status)
  if (isUnchanged(request.headers, ready)) {
    response.writeHead(304, withoutBody(ready))
    response.end()
  } else {
    response.writeHead(ready.status, ready.headers)
    response.end(ready.body)
  }
  return true
}

const withoutBody = ({ headers }: Ready) => {
  const { 'content-length': _, 'content-encoding': __, 'content-type': ___, ...rest } = headers
  return rest
}

/** Makes an answer ready, keeps it where it may be kept, and sends it. */
export function send(
  { cache, usual, answered }: Sending,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: HttpResponse,
  keep: boolean,
) {
  const headers = {
    ...(answer.isPart ? ofParts(usual) : usual),
    vary: 'Accept, Accept-Language, Accept-Encoding, Authorization, Cookie',
    ...answer.headers,
    ...(request.who?.by === 'session' && { 'cache-control': 'private, no-store' }),
    ...(request.headers.authorization !== undefined && { 'cache-control': 'private, no-store' }),
  }
  answered?.({ method: request.method, url: request.originalUrl, headers: request.headers }, answer.status)
  if (answer.cookies?.length) void reply.header('set-cookie', answer.cookies)
  const { body } = answer
  if (body instanceof Readable) return reply.code(answer.status).headers(headers).send(body)
  const ready = makeReady({ ...answer, body, headers }, request.headers['accept-encoding'])
  const key = keyOf({ ...request.raw, headers: request.headers, url: request.originalUrl } as IncomingMessage)
  if (keep && request.method === 'GET' && answer.status === 200 && key.length <= longestKey) cache.put(key, ready)
  // A page of somebody's own says more than the record whose date it bears.
  const { 'if-modified-since': _, ...asked } = request.headers
  const conditions = (request.who ?? nobody).by === 'nothing' ? request.headers : asked
  if (answer.status === 200 && request.method !== 'POST' && isUnchanged(conditions, ready))
    return reply.code(304).headers(withoutBody(ready)).send()
  return reply.code(ready.status).headers(ready.headers).send(ready.body)
}
