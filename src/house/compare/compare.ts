import { Type, type Static } from 'typebox'
import { closed, operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import type { Kind } from '../kind.ts'
import { recordId } from '../record/fields.ts'
import { LinkedName, linkedNames } from '../record/linked-names.ts'
import { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'

export const mostCompared = 4

const Row = Type.Object({
  field: Type.String(),
  same: Type.Boolean({ description: 'All of them say just the same' }),
})

export const Compared = Type.Object({
  kind: Type.String(),
  records: Type.Array(Kept, { description: 'In the order asked for' }),
  rows: Type.Array(Row, { description: 'The fields that any of them has, in the order of the kind' }),
  linked: Type.Array(LinkedName, { description: 'The records that these link to' }),
})
export type Compared = Static<typeof Compared>

/** What heads each column, and what is not about the thing itself. */
const left: ReadonlySet<string> = new Set(['title', 'originalLanguage'])

export const compare = operation({
  name: 'records.compare',
  summary: 'Put up to four records of one kind beside one another, field by field',
  http: 'GET /compare',
  input: Type.Object(
    {
      id: Type.Array(Type.String({ pattern: recordId }), {
        minItems: 1,
        maxItems: mostCompared,
        uniqueItems: true,
        description: 'Identifiers of the records',
      }),
    },
    closed,
  ),
  output: Compared,
  allow: () => true,
  run: async ({ db, services }, { id: ids }): Promise<Compared> => {
    const store = records(db)
    const found = await store.findMany(ids)
    const all = ids.map((id) => {
      const record = found.get(id)
      if (!record || !services.kinds.has(record.kind)) throw new Problem('recordNotFound', { id })
      if (record.status === 'withdrawn')
        throw new Problem('withdrawn', { id, reason: record.note ?? '', at: record.changedAt })
      const { digest: _, ...kept } = record
      return kept
    })
    const names = [...new Set(all.map(({ kind }) => kind))]
    if (names.length > 1) throw new Problem('kindsDiffer', { kinds: names.join(', ') })
    const kind = services.kinds.get(names[0]!)!
    const linked = await linkedNames(
      db,
      kind,
      all.map(({ body }) => body),
    )
    return { kind: kind.name, records: all, rows: rowsOf(kind, all), linked }
  },
})

function rowsOf(kind: Kind, all: readonly Kept[]): Compared['rows'] {
  return Object.keys(kind.body.properties)
    .filter((name) => !left.has(name) && all.some(({ body }) => body[name] !== undefined))
    .map((field) => ({ field, same: new Set(all.map(({ body }) => inOrder(body[field]))).size === 1 }))
}

/** Lists have no order of their own: the same countries in another order are the same countries. */
const inOrder = (value: unknown): string =>
  Array.isArray(value) ? JSON.stringify(value.map((one) => JSON.stringify(one)).sort()) : (JSON.stringify(value) ?? '')
