/** Suggested translations, as they are answered. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { people } from '#accounts/store.ts'
import { records } from '#records/store.ts'
import type { Suggested } from './store.ts'
import { suggestionStates } from './tables.ts'

const maybeNull = <Of extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Integer>>(of: Of) =>
  Type.Union([of, Type.Null()])

export const SuggestionLine = Type.Object({
  id: Type.String(),
  recordId: Type.String(),
  kind: Type.String(),
  title: Type.Record(Type.String(), Type.String(), { description: 'Of the record; empty where it was withdrawn' }),
  originalLanguage: Type.String(),
  language: Type.String(),
  state: Type.Enum([...suggestionStates]),
  at: Type.String(),
  by: Type.Object({ id: Type.String(), name: Type.String() }),
  fields: Type.Array(Type.String(), { description: 'The places of the texts' }),
  machine: Type.Boolean(),
  judgedBy: Type.String({ description: 'Name of who accepted or declined it' }),
  judgedAt: maybeNull(Type.String()),
  reason: Type.String({ description: 'Why it was declined' }),
  revision: maybeNull(Type.Integer({ description: 'The version of the record that it became' })),
})
export type SuggestionLine = Static<typeof SuggestionLine>

export async function linesOf({ db }: Pick<Context, 'db'>, all: readonly Suggested[]): Promise<SuggestionLine[]> {
  const found = await records(db).findMany([...new Set(all.map(({ recordId }) => recordId))])
  const names = await people(db).byIds([...new Set(all.flatMap(({ byId, judgedBy }) => [byId, judgedBy ?? byId]))])
  const nameOf = (id: string | null) => (id && names.get(id)?.name) || ''
  return all.map(({ texts, byId, judgedBy, ofRevision: _, ...one }) => {
    const record = found.get(one.recordId)
    const isShown = record?.status === 'published'
    return {
      ...one,
      title: isShown ? record.body.title : {},
      originalLanguage: isShown ? record.body.originalLanguage : 'en',
      by: { id: byId, name: nameOf(byId) },
      fields: Object.keys(texts),
      judgedBy: nameOf(judgedBy),
    }
  })
}

export const lineOf = async (context: Pick<Context, 'db'>, one: Suggested): Promise<SuggestionLine> =>
  (await linesOf(context, [one]))[0]!
