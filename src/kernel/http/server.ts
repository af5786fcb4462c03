/** HTTP: Fastify behind a shelf of answers that are still true. Knows nothing of pages or records. */
import Fastify, { type FastifyInstance } from 'fastify'
import { answering, type Handler } from './answering.ts'
import type { Takes } from './asked-names.ts'
import { bodyLimit, readBodies } from './bodies.ts'
import { headersAt } from './headers.ts'
import { refuseUnreadable, serverFor } from './listening.ts'
import { refusalsOf, type RefusalOptions } from './refusals.ts'
import { nobody, withoutLanguage, type Who } from './request.ts'
import { responseCache } from './response.ts'
import { routeTable } from './route-table.ts'
import type { Answered, Sending } from './send.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    takesFiles?: boolean
    forPrograms?: boolean
  }
}

export { nobody, type HttpRequest, type Session, type Who } from './request.ts'

export type WebOptions = RefusalOptions & {
  /** Where files lie that come with forms, until they are looked at; none are taken where absent. */
  uploadFolder?: string
  /** The proxies whose word on where a request comes from is taken; none where empty. */
  trustedProxies?: string
  /** Asked where a request brings the session's cookie or a key. */
  identify?: Identify
  /** Whether a request comes with the cookie of a session: its answers are for one person. */
  isPersonal?: (cookies: string | undefined) => boolean
  /** Hears of each answer, kept ones too, before it leaves; it must be quick. */
  answered?: Answered
}

export type Identify = (told: {
  cookies: string | undefined
  authorization: string | undefined
}) => Promise<Who | undefined>

/**
 * `takes`: what may stand behind the question mark; nothing where it is not said. `isFile`: whether anything else is refused,
 * rather than told on the page; where it is not said, whether the address ends as the name of a file does.
 *
 * `forPrograms`: no page of ours asks it, so cookies are not looked at, programs on other sites may ask it, and what stands in
 * `Authorization` is the handler’s own affair and no key of an account.
 */
export type RouteOptions = { takes?: Takes; isFile?: boolean; takesFiles?: boolean; forPrograms?: boolean }

export type Web = {
  route: (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, handler: Handler, options?: RouteOptions) => void
  /** Forget answers made before something changed. */
  forget: () => void
  fastify: FastifyInstance
}

/** Answers nothing until routes are added; `fastify` is made to listen by who calls. */
export function buildWeb(options: WebOptions): Web {
  const { publicUrl, trustedProxies, identify, isPersonal = () => false } = options
  const sending: Sending = { cache: responseCache(), usual: headersAt(publicUrl), answered: options.answered }
  const routes = routeTable()
  const answers = answering({ publicUrl, isPersonal }, sending)
  const refusals = refusalsOf(options, sending, routes)
  const fastify = Fastify({
    bodyLimit,
    ...(trustedProxies && { trustProxy: trustedProxies.split(',').map((one) => one.trim()) }),
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    serverFactory: (handle) => serverFor(handle, answers.kept),
    rewriteUrl: (raw) => withoutLanguage(raw.url ?? '/').address,
    frameworkErrors: refusals.unrouted,
    clientErrorHandler: refuseUnreadable,
  })
  readBodies(fastify, options.uploadFolder)
  fastify.decorateRequest('who')
  fastify.addHook('onRequest', async (raw) => {
    const { cookie: cookies, authorization } = raw.headers
    raw.who = nobody
    if (raw.routeOptions.config.forPrograms) return
    if (authorization !== undefined || isPersonal(cookies))
      raw.who = (await identify?.({ cookies, authorization })) ?? nobody
  })
  fastify.setNotFoundHandler(refusals.notFound)
  fastify.setErrorHandler(refusals.failed)
  return {
    fastify,
    forget: answers.forget,
    route: (method, path, handler, { takes, isFile, takesFiles = false, forPrograms = false } = {}) => {
      routes.add({ method, path, forPrograms })
      // Where something is changed, a form says what is wanted, and its address is ours.
      const asked = { takes: takes ?? (method === 'GET' ? {} : ('anything' as const)), isFile }
      fastify.route({
        method: method === 'GET' ? ['GET', 'HEAD'] : method,
        url: path,
        exposeHeadRoute: false,
        config: { takesFiles, forPrograms },
        handler: answers.by(handler, asked),
      })
    },
  }
}
