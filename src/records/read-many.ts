import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { recordId } from './fields.ts'
import type { StoredRecord } from './record.ts'
import { records } from './store.ts'

export const mostAtOnce = 100

/** What a page shows of the records that another one names; those that are not there, or no longer, are left out. */
export const readMany = operation({
  name: 'records.readMany',
  summary: 'Read several records at once, in the order asked for',
  http: 'GET /records-at-once',
  isForPages: true,
  input: Type.Object({ ids: Type.Array(Type.String({ pattern: recordId }), { maxItems: mostAtOnce }) }, closed),
  output: Type.Object({ records: Type.Array(Type.Any()) }),
  allow: () => true,
  run: async ({ db }, { ids }): Promise<{ records: StoredRecord[] }> => {
    const found = await records(db).findMany(ids)
    return {
      records: ids.flatMap((id) => {
        const record = found.get(id)
        if (record?.status !== 'published') return []
        const { digest: _, ...kept } = record
        return [kept]
      }),
    }
  },
})

/** The records that link to any of some by one relation, those first that came first. */
export const readLinking = operation({
  name: 'records.readLinking',
  summary: 'Read the records that link to any of some by one relation',
  http: 'GET /records-linking',
  isForPages: true,
  input: Type.Object(
    {
      ids: Type.Array(Type.String({ pattern: recordId }), { minItems: 1, maxItems: mostAtOnce }),
      rel: Type.String({ maxLength: 100 }),
      kind: Type.Optional(Type.String({ maxLength: 100, description: 'Of this kind alone' })),
      limit: Type.Integer({ minimum: 1, maximum: 500 }),
    },
    closed,
  ),
  output: Type.Object({ records: Type.Array(Type.Any()) }),
  allow: () => true,
  run: async ({ db }, { ids, rel, kind, limit }): Promise<{ records: StoredRecord[] }> => {
    const store = records(db)
    return { records: await store.byNumbers([...new Set(await store.linksTo(ids, rel, limit, kind))]) }
  },
})
