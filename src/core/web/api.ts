/** Every operation as an address below /api, answering JSON. */
import { isReading, type AnyOperation, type Method, type Perform } from '../operation.ts'
import type { Answer } from './answer.ts'
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
): Answer => ({
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
    const [method, path] = op.http.split(' ') as [Method, string]
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
      })
    })
  }
}
