/** What is refused, by Fastify or by a handler, is answered as a problem in the asker's language. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { bodyLimit } from './bodies.ts'
import { openToAll } from './headers.ts'
import { nobody, requestOf, type HttpRequest } from './request.ts'
import type { HttpResponse } from './response.ts'
import type { RouteTable } from './route-table.ts'
import { preflight, send, type Sending } from './send.ts'

export type RefusalOptions = {
  publicUrl: string
  /** Turns a problem into an answer in the asker's language. */
  respondWithProblem: (problem: Problem, request: HttpRequest) => HttpResponse
  /** Told of what nobody expected, once. */
  report: (error: unknown, request: HttpRequest) => void
}

/** What Fastify calls where no handler has answered. */
export function refusalsOf(options: RefusalOptions, sending: Sending, routes: RouteTable) {
  const { respondWithProblem, report } = options
  return {
    /** What Fastify refuses before it looks for a route. */
    unrouted: (error: unknown, raw: FastifyRequest, reply: FastifyReply): void => {
      raw.who ??= nobody
      void send(sending, raw, reply, respondWithProblem(problemOf(error), requestOf(raw, options)), false)
    },
    /** No route has this address, or none by this method. */
    notFound: (raw: FastifyRequest, reply: FastifyReply) => {
      const request = requestOf(raw, options)
      const { path } = request
      const methods = routes.methodsAt(path)
      if (methods.length && raw.method === 'OPTIONS')
        return reply
          .code(204)
          .headers({ ...sending.usual, ...openToAll, ...preflight(path, methods, routes.isForPrograms(path)) })
          .send()
      if (methods.length) {
        const allow = methods.join(', ')
        const answer = respondWithProblem(new Problem('methodNotAllowed', { allow }), request)
        return send(sending, raw, reply, { ...answer, headers: { ...answer.headers, allow } }, false)
      }
      const problem = new Problem('notFound', { what: path.slice(0, 200) })
      return send(sending, raw, reply, respondWithProblem(problem, request), false)
    },
    /** A handler threw. */
    failed: (error: unknown, raw: FastifyRequest, reply: FastifyReply) => {
      const request = requestOf(raw, options)
      const problem = problemOf(error)
      if (problem.status >= 500) report(problem.code === 'internal' ? (problem.cause ?? error) : problem, request)
      return send(sending, raw, reply, respondWithProblem(problem, request), false)
    },
  }
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
