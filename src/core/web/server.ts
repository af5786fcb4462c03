/** HTTP: Fastify behind a shelf of answers that are still true. Knows nothing of pages or records. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { negotiateLanguage, type Language } from '../languages/languages.ts'
import { parseJson } from '../gate.ts'
import { Problem } from '../problem.ts'
import { answerCache, isKnown, makeReady, type Answer, type AnswerCache, type Ready } from './answer.ts'
import type { Actor } from '../context.ts'
import { fieldsIn, readForm } from './forms.ts'
import { Incoming } from './uploads.ts'
import { bodyLimit, problemOf, withoutLanguage } from './requests.ts'
import { headersAt, openToAll } from './headers.ts'

declare module 'fastify' {
  interface FastifyRequest {
    who: Who
  }
  interface FastifyContextConfig {
    takesFiles?: boolean
  }
}

export type Asked = {
  /** Path and query without the language, such as `/search?q=radio`. */
  address: string
  path: string
  query: URLSearchParams
  language: Language
  /** `/fr` when the address said so, else empty. */
  prefix: string
  /** Where this node is known: `https://…` without a slash at the end. */
  base: string
  accept: string | undefined
  method: string
  who: Who
  /** Where the request comes from, for counting tries. */
  remote: string
  userAgent: string
  /** The `Cookie` header as it came. */
  cookies: string | undefined
  headers: IncomingMessage['headers']
}

/** Who asks, and how that is known: by a cookie of this site's pages, or by a key that a program sends. */
export type Who = { actor: Actor; by: 'nothing' | 'key' } | { actor: Actor; by: 'session'; session: Session }
/** `csrf` stands in each form of the session's pages, which nobody else can know. */
export type Session = { id: string; csrf: string; name: string }
export const nobody: Who = { actor: { kind: 'anyone' }, by: 'nothing' }

export type Handler = (asked: Asked, parameters: Record<string, string>, body: unknown) => Promise<Answer> | Answer

export type WebOptions = {
  publicUrl: string
  /** Where files lie that come with forms, until they are looked at; none are taken where absent. */
  uploadFolder?: string
  /** The proxies whose word on where a request comes from is taken; none where empty. */
  trustedProxies?: string
  /** Asked where a request brings the session's cookie or a key. */
  identify?: Identify
  /** Whether a request comes with the cookie of a session: its answers are for one person. */
  isPersonal?: (cookies: string | undefined) => boolean
  /** Turns a problem into an answer in the asker's language. */
  answerProblem: (problem: Problem, asked: Asked) => Answer
  /** Told of what nobody expected, once. */
  report: (error: unknown, asked: Asked) => void
}

export type Identify = (told: {
  cookies: string | undefined
  authorization: string | undefined
}) => Promise<Who | undefined>

const longestAddress = 8_000
const longestKey = 3_000
const longestAgent = 200
const hurryMs = 30_000
/** Ten megabytes over a line of 140 kilobits a second. */
const uploadMs = 10 * 60_000

export type Web = {
  route: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    handler: Handler,
    options?: { takesFiles?: boolean },
  ) => void
  /** Forget answers made before something changed. */
  forget: () => void
  fastify: FastifyInstance
}

export function buildWeb(options: WebOptions): Web {
  const cache = answerCache()
  const usual = headersAt(options.publicUrl)
  let generation = 0
  const routes: { method: string; pattern: RegExp }[] = []
  const methodsAt = (path: string) => [
    ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
  ]
  const isPersonal = options.isPersonal ?? (() => false)
  const fastify = Fastify({
    bodyLimit,
    ...(options.trustedProxies && { trustProxy: options.trustedProxies.split(',').map((one) => one.trim()) }),
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    serverFactory: (handle) =>
      createServer(
        { maxHeaderSize: 16 * 1024, headersTimeout: 20_000, requestTimeout: uploadMs, keepAliveTimeout: 65_000 },
        (request, response) => {
          if (!isMultipart(request)) hurry(request)
          if (isPersonal(request.headers.cookie) || !serveKept(cache, request, response)) handle(request, response)
        },
      ),
    rewriteUrl: (request) => withoutLanguage(request.url ?? '/').address,
    frameworkErrors: (error, request, reply) => {
      request.who ??= nobody
      void send(
        { cache, usual },
        request,
        reply,
        options.answerProblem(problemOf(error), askedOf(request, options)),
        false,
      )
    },
    clientErrorHandler: (error, socket) => {
      if (!socket.writable) return
      const status =
        (error as { code?: string }).code === 'HPE_HEADER_OVERFLOW'
          ? '431 Request Header Fields Too Large'
          : '400 Bad Request'
      socket.end(
        `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${status.length}\r\n\r\n${status}`,
      )
    },
  })
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser(
    ['application/json', 'application/ld+json'],
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, parseJson(body as string))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, readForm(body as string))
    } catch (error) {
      done(error as Error)
    }
  })
  fastify.addContentTypeParser('multipart/form-data', (request, body, done) => {
    const { uploadFolder } = options
    if (uploadFolder === undefined || !request.routeOptions.config.takesFiles) done(new Problem('unsupportedMediaType'))
    else done(null, new Incoming(body, uploadFolder))
  })
  fastify.decorateRequest('who')
  fastify.addHook('onRequest', async (request) => {
    const { cookie: cookies, authorization } = request.headers
    request.who = nobody
    if (authorization !== undefined || isPersonal(cookies))
      request.who = (await options.identify?.({ cookies, authorization })) ?? nobody
  })
  fastify.setNotFoundHandler((request, reply) => {
    const asked = askedOf(request, options)
    const allow = methodsAt(asked.path)
    if (allow.length && request.method === 'OPTIONS')
      return reply
        .code(204)
        .headers({ ...usual, ...openToAll, ...preflight(allow) })
        .send()
    if (allow.length) {
      const answer = options.answerProblem(new Problem('methodNotAllowed', { allow: allow.join(', ') }), asked)
      return send(
        { cache, usual },
        request,
        reply,
        { ...answer, headers: { ...answer.headers, allow: allow.join(', ') } },
        false,
      )
    }
    return send(
      { cache, usual },
      request,
      reply,
      options.answerProblem(new Problem('notFound', { what: asked.path.slice(0, 200) }), asked),
      false,
    )
  })
  fastify.setErrorHandler((error, request, reply) => {
    const asked = askedOf(request, options)
    const problem = problemOf(error)
    if (problem.status >= 500) options.report(problem.cause ?? error, asked)
    return send({ cache, usual }, request, reply, options.answerProblem(problem, asked), false)
  })
  return {
    fastify,
    forget: () => {
      generation++
      cache.clear()
    },
    route: (method, path, handler, { takesFiles = false } = {}) => {
      routes.push({ method, pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}/?$`) })
      fastify.route({
        method,
        url: path,
        exposeHeadRoute: method === 'GET',
        config: { takesFiles },
        handler: async (request, reply) => {
          const asked = askedOf(request, options)
          if (asked.address.length > longestAddress) throw new Problem('addressTooLong', { limit: longestAddress })
          const begun = generation
          const answer = await handler(asked, request.params as Record<string, string>, request.body)
          // An answer begun before a change must not be kept after it, nor one that is for one person.
          const keep = answer.keep && begun === generation && request.who.by === 'nothing'
          return send({ cache, usual }, request, reply, answer, keep && !isPersonal(request.headers.cookie))
        },
      })
    },
  }
}

const isMultipart = ({ headers }: IncomingMessage) => headers['content-type']?.startsWith('multipart/') === true

/** Only files may take their time to arrive. */
function hurry(request: IncomingMessage): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return
  const timer = setTimeout(() => request.socket.destroy(), hurryMs).unref()
  for (const event of ['end', 'close']) request.once(event, () => clearTimeout(timer))
}

/** What a browser asks before a program of another site may send headers of its own (Fetch standard, CORS preflight). */
const preflight = (methods: readonly string[]) => ({
  allow: methods.join(', '),
  'access-control-allow-methods': methods.filter((method) => method === 'GET').join(', '),
  'access-control-allow-headers': 'accept, accept-language, if-none-match',
  'access-control-max-age': '86400',
})

const keyOf = ({ headers, url }: IncomingMessage) =>
  `${url}\n${headers.accept ?? ''}\n${headers['accept-language'] ?? ''}\n${headers['accept-encoding'] ?? ''}\n${headers.host ?? ''}`

/** The fast way: the same question was answered and nothing has changed since. */
function serveKept(cache: AnswerCache, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET') return false
  const ready = cache.get(keyOf(request))
  if (!ready) return false
  if (isKnown(request.headers['if-none-match'], ready.etag)) {
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

function send(
  { cache, usual }: { cache: AnswerCache; usual: Readonly<Record<string, string>> },
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  keep: boolean,
) {
  const headers = {
    ...usual,
    vary: 'Accept, Accept-Language, Accept-Encoding, Cookie',
    ...answer.headers,
    ...(request.who?.by === 'session' && { 'cache-control': 'private, no-store' }),
  }
  if (answer.cookies?.length) void reply.header('set-cookie', answer.cookies)
  const { body } = answer
  if (body instanceof Readable) return reply.code(answer.status).headers(headers).send(body)
  const ready = makeReady({ ...answer, body, headers }, request.headers['accept-encoding'])
  const key = keyOf({ ...request.raw, headers: request.headers, url: request.originalUrl } as IncomingMessage)
  if (keep && request.method === 'GET' && answer.status === 200 && key.length <= longestKey) cache.put(key, ready)
  if (answer.status === 200 && request.method !== 'POST' && isKnown(request.headers['if-none-match'], ready.etag))
    return reply.code(304).headers(withoutBody(ready)).send()
  return reply.code(ready.status).headers(ready.headers).send(ready.body)
}

const plainHost = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i

function askedOf(request: FastifyRequest, { publicUrl }: WebOptions): Asked {
  const { address, prefix, language } = withoutLanguage(request.originalUrl)
  const [path = '/', ...rest] = address.split('?')
  const { host } = request.headers
  return {
    address,
    path,
    query: fieldsIn(rest.join('?')),
    language: language ?? negotiateLanguage(request.headers['accept-language']),
    prefix,
    base: publicUrl || `http://${host && plainHost.test(host) ? host : 'localhost'}`,
    accept: request.headers.accept,
    method: request.method,
    who: request.who ?? nobody,
    remote: request.ip,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, longestAgent),
    cookies: request.headers.cookie,
    headers: request.headers,
  }
}
