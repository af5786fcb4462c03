/** HTTP: Fastify behind a shelf of answers that are still true. Knows nothing of pages or records. */
import { createServer, type IncomingMessage } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import { parseJson } from '../gate.ts'
import { Problem } from '../problem.ts'
import { answerCache, type Answer } from './answer.ts'
import { askedOf, nobody, withoutLanguage, type Asked, type Who } from './asked.ts'
import { readForm } from './forms.ts'
import { Incoming } from './uploads.ts'
import { headersAt, openToAll } from './headers.ts'
import { preflight, send, serveKept } from './sending.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    takesFiles?: boolean
  }
}

export { nobody, type Asked, type Session, type Who } from './asked.ts'

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

const bodyLimit = 1024 * 1024
const longestAddress = 8_000
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

/** Fastify's own refusals in our words; anything else that is no Problem is ours to answer for. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('tooLarge', { limit: bodyLimit })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('unsupportedMediaType')
  if (statusCode && statusCode >= 400 && statusCode < 500) return new Problem('badRequest', {}, { cause: error })
  return new Problem('internal', {}, { cause: error })
}
