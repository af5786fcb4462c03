/** Every operation as an address below /api, answering JSON. */
import type { Actor } from '../context.ts'
import { isReading, type AnyOperation, type Method } from '../operation.ts'
import type { Answer } from './answer.ts'
import { openToAll } from './headers.ts'
import type { Web } from './server.ts'

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

type Perform = (op: AnyOperation, actor: Actor, raw: unknown) => Promise<unknown>

export function mountOperations(
  web: Web,
  operations: readonly AnyOperation[],
  perform: Perform,
  after: () => Promise<void>,
) {
  for (const op of operations) {
    const [method, path] = op.http.split(' ') as [Method, string]
    web.route(method, `/api${path}`, async ({ query }, parameters, body) => {
      const given = isReading(op)
        ? { ...valuesOf(query), ...parameters }
        : { ...(body as object | undefined), ...parameters }
      const answer = await perform(op, { kind: 'anyone' }, given)
      if (!isReading(op)) await after()
      return json(answer, { status: method === 'POST' && op.name.endsWith('.share') ? 201 : 200, keep: isReading(op) })
    })
  }
}
