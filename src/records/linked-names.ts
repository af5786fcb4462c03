/** The names of the records that bodies link to, for showing links as words. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Kind } from './kind.ts'
import { fieldsOf } from './field-plan.ts'
import type { Body } from './record.ts'
import { records } from './store.ts'

export const LinkedName = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
})
export type LinkedName = Static<typeof LinkedName>

const mostLinked = 500

/** Those that are published here, up to 500. */
export async function linkedNames(db: Kysely<unknown>, kind: Kind, bodies: readonly Body[]): Promise<LinkedName[]> {
  const links = fieldsOf(kind).filter(({ field }) => field.type === 'link')
  const ids = new Set(bodies.flatMap((body) => links.flatMap(({ valuesIn }) => valuesIn(body) as string[])))
  const found = await records(db).findMany([...ids].slice(0, mostLinked))
  return [...found.values()].flatMap(({ id, kind: of, status, body }) =>
    status === 'published' ? [{ id, kind: of, title: body.title, originalLanguage: body.originalLanguage }] : [],
  )
}
