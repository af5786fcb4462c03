/** `/oai`: OAI-PMH 2.0 by GET and by POST, and the schema of our own format. */
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { flowControl } from './flow.ts'
import { followJournal, isBehind } from './follow.ts'
import { jsonSchema, jsonSchemaPath } from './formats.ts'
import { answerOai } from './operations.ts'

const patienceMs = 3_000
const xml = { 'content-type': 'text/xml; charset=utf-8', ...openToAll }

export function mountOai(web: Web, { ask }: PageContext, { database, perform, environment: { now } }: Mounted): void {
  const flow = flowControl(now)

  const isReady = async (): Promise<boolean> => {
    if (!database.writable) return true
    const begun = performance.now()
    while (await isBehind(database.read)) {
      if (performance.now() - begun > patienceMs) return false
      await perform(followJournal, { kind: 'system', id: 'oai' }, { anew: false })
    }
    return true
  }

  const respond = async ({ remote, base }: HttpRequest, given: URLSearchParams): Promise<HttpResponse> => {
    const entry = flow.enter(remote)
    if ('retryAfter' in entry) return later(entry.retryAfter, 'You are asking faster than this node can answer.')
    try {
      if (!(await isReady())) return later(10, 'The list of records is being made.')
      const { xml: body } = await ask(answerOai, { asked: String(given), base })
      return { status: 200, headers: { ...xml, 'cache-control': 'no-cache' }, body, keep: false }
    } finally {
      entry.done()
    }
  }

  web.route('GET', '/oai', (request) => respond(request, request.query), { takes: 'anything' })
  web.route('POST', '/oai', (request, _parameters, body) =>
    respond(request, body instanceof URLSearchParams ? body : new URLSearchParams()),
  )
  web.route('GET', jsonSchemaPath, () => ({ status: 200, headers: xml, body: jsonSchema, keep: true }))
}

const later = (seconds: number, why: string): HttpResponse => ({
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': String(seconds), 'cache-control': 'no-store' },
  body: `${why} Ask again in ${seconds} s.\n`,
  keep: false,
})
