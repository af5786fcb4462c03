/** Every operation as an address below /api, answering JSON. */
import { fingerprintOf, idempotencyKeyIn, type Idempotency } from '../idempotency.ts'
import { isReading, type AnyOperation, type Counted, type Method, type Perform, type Within } from '../operation.ts'
import { isLanguage, languages } from '../i18n/languages.ts'
import { Problem, violation } from '../problem.ts'
import type { Actor, Context } from '../context.ts'
import { revisionIn, type HttpResponse } from './response.ts'
import { openToAll } from './headers.ts'
import type { HttpRequest } from './request.ts'
import { nobody, type Web } from './server.ts'

export const json = (
  value: unknown,
  {
    status = 200,
    type = 'application/json',
    keep = true,
    headers = {},
    revision,
    changedAt,
  }: {
    status?: number
    type?: string
    keep?: boolean
    headers?: Record<string, string>
    revision?: number | undefined
    changedAt?: string | undefined
  } = {},
): HttpResponse => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...openToAll, ...headers },
  body: JSON.stringify(value),
  keep,
  revision,
  changedAt,
})

/** Repeated names become lists: `?country=KE&country=UG`. */
export function valuesOf(query: URLSearchParams): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = Object.create(null)
  for (const name of new Set(query.keys())) {
    const all = query.getAll(name)
    values[name] = all.length === 1 ? all[0]! : all
  }
  return { ...values }
}

/**
 * `lang=fr` is in which language is asked, which is known by then.
 * @throws Problem invalid where this site does not speak it
 */
function withoutLang({ lang, ...values }: ReturnType<typeof valuesOf>) {
  if (lang !== undefined && lang !== '' && !(typeof lang === 'string' && isLanguage(lang)))
    throw violation('lang', 'enum', { allowedValues: [...languages] })
  return values
}

type Answering = {
  perform: Perform
  /** What follows from a change is done before it is answered. */
  after: () => Promise<void>
  once: Idempotency['once']
  /** @throws Problem tooManyRequests where one client asked too often */
  expectFew: (what: Counted, request: HttpRequest) => Promise<void>
  /** When the newest change of all was, ISO 8601. */
  lastChange: () => Promise<string>
}

export function mountOperations(web: Web, operations: readonly AnyOperation[], answering: Answering) {
  for (const op of operations) {
    mount(op, op.http)
    if (op.formerly && op.formerly.http !== op.http) mount(op, op.formerly.http, deprecated)
  }

  function mount(op: AnyOperation, http: AnyOperation['http'], headers: Record<string, string> = {}): void {
    const [method, path] = http.split(' ') as [Method, string]
    web.route(method, `/api${path}`, async (request, parameters, body) => {
      // A program brings a key. A session’s cookie counts for pages only, so that no page elsewhere can act through it.
      const { who } = request
      const actor = who.by === 'key' ? who.actor : nobody.actor
      if (op.counted) await answering.expectFew(op.counted, { ...request, who: who.by === 'key' ? who : nobody })
      if (isReading(op)) {
        const answer: unknown = await answering.perform(op, actor, asked(op, request, parameters))
        return json(answer, {
          keep: who.by === 'nothing' && !op.isOfTheMoment,
          headers,
          revision: revisionOf(answer),
          changedAt: changedAtOf(answer) ?? (isList(answer) ? await answering.lastChange() : undefined),
        })
      }
      const given = { ...(body as object | undefined), ...parameters }
      const answer = await write(op, actor, given, request.headers, answering)
      const location = op.makes && { location: `/api${op.makes(answer, given)}` }
      return json(answer, {
        status: location ? 201 : 200,
        keep: false,
        headers: { ...headers, ...location },
        revision: revisionOf(answer),
      })
    })
  }
}

function asked(op: AnyOperation, { query, language }: HttpRequest, parameters: Record<string, string>): object {
  const isAskedInLanguages = 'languages' in propertiesOf(op)
  return { ...(isAskedInLanguages && { languages: language }), ...withoutLang(valuesOf(query)), ...parameters }
}

const propertiesOf = (op: AnyOperation) => (op.input as { properties?: object }).properties ?? {}

/** Whether `If-Match` can be said of it: it says which revision it changes. */
export const isConditional = (op: AnyOperation): boolean => !isReading(op) && 'revision' in propertiesOf(op)

const revisionOf = (answer: unknown): number | undefined => {
  const { revision } = (answer ?? {}) as { revision?: unknown }
  return typeof revision === 'number' ? revision : undefined
}

const changedAtOf = (answer: unknown): string | undefined => {
  const { changedAt } = (answer ?? {}) as { changedAt?: unknown }
  return typeof changedAt === 'string' ? changedAt : undefined
}
/** A list changes with any record: one may have left it. */
const isList = (answer: unknown): boolean => Array.isArray((answer as { records?: unknown } | null)?.records)

/** Does it, once for each `Idempotency-Key` of a person, and only where the revision of `If-Match` is the newest. */
async function write(
  op: AnyOperation,
  actor: Actor,
  given: { revision?: unknown },
  headers: HttpRequest['headers'],
  { perform, after, once }: Answering,
): Promise<unknown> {
  const { 'if-match': ifMatch } = headers
  const revision = isConditional(op) ? revisionIn(ifMatch) : undefined
  // What has no revision has no entity tag that could be the one named (RFC 9110 §13.1.1).
  if (ifMatch !== undefined && !isConditional(op)) throw new Problem('preconditionFailed')
  if (revision !== undefined && given.revision !== undefined && given.revision !== revision)
    throw new Problem('preconditionFailed')
  const wanted = revision === undefined ? given : { ...given, revision }
  const work = async (within: Within) => {
    const first = revision === undefined ? undefined : isNewest(op, given, revision)
    const answer: unknown = await perform(op, actor, wanted, { ...within, first }).catch((error: unknown) => {
      const isOld = revision !== undefined && error instanceof Problem && error.code === 'conflict'
      throw isOld ? new Problem('preconditionFailed', {}, { cause: error }) : error
    })
    await after()
    return answer
  }
  const key =
    op.http.startsWith('POST ') && actor.kind === 'person' ? idempotencyKeyIn(headers['idempotency-key']) : undefined
  if (key === undefined || actor.kind !== 'person') return work({})
  const fingerprint = fingerprintOf(op.name, wanted)
  return once({ accountId: actor.id, key, fingerprint }, (one) => work({ once: one }))
}

const isNewest =
  ({ changes }: AnyOperation, given: object, revision: number) =>
  async (context: Context): Promise<void> => {
    if (!changes) return
    const { id } = given as { id?: unknown }
    if (revisionOf(await changes.run(context, { id })) !== revision) throw new Problem('preconditionFailed')
  }

/** The day from which the addresses of version 0.1 are deprecated, in seconds since 1970 (RFC 9745 §2.1). */
const deprecatedSince = 1_795_824_000

/** Headers of a deprecated address, with the page that lists the current ones (RFC 9745 §3). */
const deprecated = { deprecation: `@${deprecatedSince}`, link: '</api>; rel="deprecation"; type="text/html"' }
