/** Answers of handlers: sent, and kept for whoever asks the same until something changes. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { checkEscapes } from '../input-limits.ts'
import { Problem } from '../problem.ts'
import { known, refuseLeftOut, refuseUnknownLanguage, type Takes } from './asked-names.ts'
import { requestOf, type HttpRequest } from './request.ts'
import type { HttpResponse } from './response.ts'
import { send, serveKept, type Sending } from './send.ts'

export type Handler = (
  request: HttpRequest,
  parameters: Record<string, string>,
  body: unknown,
) => Promise<HttpResponse> | HttpResponse

type Options = {
  publicUrl: string
  /** Whether a request comes with the cookie of a session: its answers are for one person. */
  isPersonal: (cookies: string | undefined) => boolean
}

const longestAddress = 8_000

const nameOfFile = /\.\w+$/

/** `isFile`: it cannot say what it does not know of its address, and so refuses it. */
type Asked = { takes: Takes; isFile?: boolean | undefined }

/** Handlers answer within limits of what is asked; `forget` is called when something has changed. */
export function answering({ publicUrl, isPersonal }: Options, sending: Sending) {
  const { cache, answered } = sending
  let generation = 0
  return {
    /** Whether what is kept was the answer. */
    kept: (raw: IncomingMessage, response: ServerResponse): boolean =>
      !isPersonal(raw.headers.cookie) && serveKept(cache, raw, response, answered),
    by:
      (handler: Handler, { takes, isFile }: Asked) =>
      async (raw: FastifyRequest, reply: FastifyReply) => {
        const whole = requestOf(raw, { publicUrl })
        const { query, leftOut } = await known(whole.query, takes)
        if (isFile ?? nameOfFile.test(whole.path)) {
          refuseUnknownLanguage(whole.query)
          refuseLeftOut(leftOut, takes)
        }
        const request = { ...whole, query, leftOut }
        if (request.address.length > longestAddress) throw new Problem('addressTooLong', { limit: longestAddress })
        checkEscapes(request.address)
        const parameters = raw.params as Record<string, string>
        // Nothing is called so, and PostgreSQL takes no such text.
        if (Object.values(parameters).some((one) => one.includes('\0'))) throw new Problem('notFound', { what: '' })
        const begun = generation
        const answer = await handler(request, parameters, raw.body)
        // An answer begun before a change must not be kept after it, nor one that is for one person.
        const keep = answer.keep && begun === generation && raw.who.by === 'nothing'
        return send(sending, raw, reply, answer, keep && !isPersonal(raw.headers.cookie))
      },
    forget: (): void => {
      generation++
      cache.clear()
    },
  }
}
