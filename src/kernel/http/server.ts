/** HTTP: Fastify behind a shelf of answers that are still true. Knows nothing of pages or records. */
import { createServer } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import { checkEscapes, parseStrictJson, textOf } from '../input-limits.ts'
import { Problem } from '../problem.ts'
import { responseCache, type HttpResponse } from './response.ts'
import { requestOf, nobody, withoutLanguage, type HttpRequest, type Who } from './request.ts'
import { readForm } from './forms.ts'
import { limitBodyTime } from './body-timeout.ts'
import { Incoming, patience } from './uploads.ts'
import { headersAt, openToAll } from './headers.ts'
import { preflight, send, serveKept, type Answered } from './send.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    takesFiles?: boolean
    forPrograms?: boolean
  }
}

export { nobody, type HttpRequest, type Session, type Who } from './request.ts'

export type Handler = (
  request: HttpRequest,
  parameters: Record<string, string>,
  body: unknown,
) => Promise<HttpResponse> | HttpResponse

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
  respondWithProblem: (problem: Problem, request: HttpRequest) => HttpResponse
  /** Hears of each answer, kept ones too, before it leaves; it must be quick. */
  answered?: Answered
  /** Told of what nobody expected, once. */
  report: (error: unknown, request: HttpRequest) => void
}

export type Identify = (told: {
  cookies: string | undefined
  authorization: string | undefined
}) => Promise<Who | undefined>

const bodyLimit = 1024 * 1024
const longestAddress = 8_000

/**
 * `forPrograms`: no page of ours asks it, so cookies are not looked at, programs on other sites may ask it, and what stands in
 * `Authorization` is the handler’s own affair and no key of an account.
 */
type RouteOptions = { takesFiles?: boolean; forPrograms?: boolean }

export type Web = {
  route: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, handler: Handler, options?: RouteOptions) => void
  /** Forget answers made before something changed. */
  forget: () => void
  fastify: FastifyInstance
}

export function buildWeb(options: WebOptions): Web {
  const cache = responseCache()
  const usual = headersAt(options.publicUrl)
  const { answered } = options
  let generation = 0
  const routes: { method: string; path: string; forPrograms: boolean }[] = []
  const methodsAt = (path: string) => [
    ...new Set(
      routes
        .filter((one) => patternOf(one.path).test(path))
        .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : method)),
    ),
  ]
  const isForPrograms = (path: string) => routes.some((one) => one.forPrograms && patternOf(one.path).test(path))
  const isPersonal = options.isPersonal ?? (() => false)
  const fastify = Fastify({
    bodyLimit,
    ...(options.trustedProxies && { trustProxy: options.trustedProxies.split(',').map((one) => one.trim()) }),
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    serverFactory: (handle) =>
      createServer(
        {
          maxHeaderSize: 16 * 1024,
          headersTimeout: 20_000,
          requestTimeout: patience.wholeMs,
          keepAliveTimeout: 65_000,
        },
        (raw, response) => {
          limitBodyTime(raw, response)
          if (isPersonal(raw.headers.cookie) || !serveKept(cache, raw, response, answered)) handle(raw, response)
        },
      ),
    rewriteUrl: (raw) => withoutLanguage(raw.url ?? '/').address,
    frameworkErrors: (error, raw, reply) => {
      raw.who ??= nobody
      void send(
        { cache, usual, answered },
        raw,
        reply,
        options.respondWithProblem(problemOf(error), requestOf(raw, options)),
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
    { parseAs: 'buffer' },
    ({ method }, body, done) => {
      // Many clients name the type on every request, those without a body too.
      if (method === 'DELETE' && body.length === 0) return done(null, undefined)
      try {
        done(null, parseStrictJson(body as Buffer))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, readForm(textOf(body as Buffer)))
    } catch (error) {
      done(error as Error)
    }
  })
  fastify.addContentTypeParser('multipart/form-data', (raw, body, done) => {
    const { uploadFolder } = options
    if (uploadFolder === undefined || !raw.routeOptions.config.takesFiles) done(new Problem('unsupportedMediaType'))
    else done(null, new Incoming(body, uploadFolder))
  })
  fastify.decorateRequest('who')
  fastify.addHook('onRequest', async (raw) => {
    const { cookie: cookies, authorization } = raw.headers
    raw.who = nobody
    if (raw.routeOptions.config.forPrograms) return
    if (authorization !== undefined || isPersonal(cookies))
      raw.who = (await options.identify?.({ cookies, authorization })) ?? nobody
  })
  fastify.setNotFoundHandler((raw, reply) => {
    const request = requestOf(raw, options)
    const allow = methodsAt(request.path)
    if (allow.length && raw.method === 'OPTIONS')
      return reply
        .code(204)
        .headers({ ...usual, ...openToAll, ...preflight(request.path, allow, isForPrograms(request.path)) })
        .send()
    if (allow.length) {
      const answer = options.respondWithProblem(new Problem('methodNotAllowed', { allow: allow.join(', ') }), request)
      return send(
        { cache, usual, answered },
        raw,
        reply,
        { ...answer, headers: { ...answer.headers, allow: allow.join(', ') } },
        false,
      )
    }
    return send(
      { cache, usual, answered },
      raw,
      reply,
      options.respondWithProblem(new Problem('notFound', { what: request.path.slice(0, 200) }), request),
      false,
    )
  })
  fastify.setErrorHandler((error, raw, reply) => {
    const request = requestOf(raw, options)
    const problem = problemOf(error)
    if (problem.status >= 500) options.report(problem.code === 'internal' ? (problem.cause ?? error) : problem, request)
    return send({ cache, usual, answered }, raw, reply, options.respondWithProblem(problem, request), false)
  })
  return {
    fastify,
    forget: () => {
      generation++
      cache.clear()
    },
    route: (method, path, handler, { takesFiles = false, forPrograms = false } = {}) => {
      routes.push({ method, path, forPrograms })
      fastify.route({
        method: method === 'GET' ? ['GET', 'HEAD'] : method,
        url: path,
        exposeHeadRoute: false,
        config: { takesFiles, forPrograms },
        handler: async (raw, reply) => {
          const request = requestOf(raw, options)
          if (request.address.length > longestAddress) throw new Problem('addressTooLong', { limit: longestAddress })
          checkEscapes(request.address)
          const parameters = raw.params as Record<string, string>
          // Nothing is called so, and PostgreSQL takes no such text.
          if (Object.values(parameters).some((one) => one.includes('\0'))) throw new Problem('notFound', { what: '' })
          const begun = generation
          const answer = await handler(request, parameters, raw.body)
          // An answer begun before a change must not be kept after it, nor one that is for one person.
          const keep = answer.keep && begun === generation && raw.who.by === 'nothing'
          return send({ cache, usual, answered }, raw, reply, answer, keep && !isPersonal(raw.headers.cookie))
        },
      })
    },
  }
}

const patterns = new Map<string, RegExp>()

/**
 * Which addresses a route answers: a part of the path may be anything, or one of the words that stand behind its name. Only
 * what no route answers is looked up so; the paths are those of the routes, so that there is an end of them.
 */
function patternOf(path: string): RegExp {
  const before = patterns.get(path)
  if (before) return before
  const made = new RegExp(
    `^${path.replaceAll('.', '\\.').replaceAll(/:\w+(\([^)]*\))?/g, (_, words?: string) => words ?? '[^/]+')}/?$`,
  )
  patterns.set(path, made)
  return made
}

/** Fastify's own refusals in our words; anything else that is no Problem is ours to answer for. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('tooLarge', { limit: bodyLimit })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('unsupportedMediaType')
  if (statusCode && statusCode >= 400 && statusCode < 500) return new Problem('badRequest', {}, { cause: error })
  return new Problem('internal', {}, { cause: error })
}
