/** Every operation as an address below /api, answering JSON. */
import { isReading, type AnyOperation, type Method, type Perform } from '../operation.ts'
import type { HttpResponse } from './response.ts'
import { openToAll } from './headers.ts'
import { nobody, type Web } from './server.ts'

export const json = (
  value: unknown,
  {
    status = 200,
    type = 'application/json',
    keep = true,
    headers = {},
  }: { status?: number; type?: string; keep?: boolean; headers?: Record<string, string> } = {},
): HttpResponse => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...openToAll, ...headers },
  body: JSON.stringify(value),
  keep,
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

/** `lang=fr` is in which language is asked, which is known by then. */
const withoutLang = ({ lang: _, ...values }: ReturnType<typeof valuesOf>) => values

export function mountOperations(
  web: Web,
  operations: readonly AnyOperation[],
  perform: Perform,
  after: () => Promise<void>,
) {
  for (const op of operations) {
    mount(op, op.http)
    if (op.formerly && op.formerly.http !== op.http) mount(op, op.formerly.http, deprecated)
  }

  function mount(op: AnyOperation, http: AnyOperation['http'], headers: Record<string, string> = {}): void {
    const [method, path] = http.split(' ') as [Method, string]
    const isAskedInLanguages = 'languages' in ((op.input as { properties?: object }).properties ?? {})
    web.route(method, `/api${path}`, async ({ query, who, language }, parameters, body) => {
      // A program brings a key. A session's cookie counts for pages only, so that no page elsewhere can act through it.
      const actor = who.by === 'key' ? who.actor : nobody.actor
      const given = isReading(op)
        ? { ...(isAskedInLanguages && { languages: language }), ...withoutLang(valuesOf(query)), ...parameters }
        : { ...(body as object | undefined), ...parameters }
      const answer = await perform(op, actor, given)
      if (!isReading(op)) await after()
      return json(answer, {
        status: method === 'POST' && op.name.endsWith('.share') ? 201 : 200,
        keep: isReading(op) && who.by === 'nothing',
        headers,
      })
    })
  }
}

/** The day from which the addresses of version 0.1 are deprecated, in seconds since 1970 (RFC 9745 §2.1). */
const deprecatedSince = 1_795_824_000

/** Headers of a deprecated address, with the page that lists the current ones (RFC 9745 §3). */
const deprecated = { deprecation: `@${deprecatedSince}`, link: '</api>; rel="deprecation"; type="text/html"' }
