/** What differs between two bodies of one kind: field by field, in texts word by word. */
import { isDeepStrictEqual } from 'node:util'
import { Type, type Static } from 'typebox'
import type { Field } from './fields.ts'
import type { Kind } from './kind.ts'
import type { Texts } from './record.ts'
import { Part, wordsBetween } from '#kernel/i18n/words-between.ts'

export const Changed = Type.Object({
  field: Type.String(),
  before: Type.Optional(Type.Unknown({ description: 'Absent where it was not told' })),
  after: Type.Optional(Type.Unknown({ description: 'Absent where it is no longer told' })),
  words: Type.Optional(
    Type.Record(Type.String(), Type.Array(Part), { description: 'Of texts, by the languages that differ' }),
  ),
})
export type Changed = Static<typeof Changed>

type Values = Readonly<Record<string, unknown>>

/** The fields that differ, in the order of the kind. */
export function changedBetween(kind: Kind, before: Values, after: Values): Changed[] {
  // A version that was kept long ago may hold fields that its kind no longer has.
  const known = Object.keys(kind.body.properties)
  const names = [...new Set([...known, ...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((field) => ({
      field,
      ...(before[field] !== undefined && { before: before[field] }),
      ...(after[field] !== undefined && { after: after[field] }),
      ...(isText(kind, field) && { words: wordsOf(before[field] as Texts, after[field] as Texts) }),
    }))
}

const isText = (kind: Kind, field: string): boolean =>
  (kind.body.properties[field] as { 'x-field'?: Field } | undefined)?.['x-field']?.type === 'text'

function wordsOf(before: Texts = {}, after: Texts = {}): Record<string, Part[]> {
  const languages = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return Object.fromEntries(
    languages
      .filter((language) => before[language] !== after[language])
      .map((language) => [language, wordsBetween(before[language] ?? '', after[language] ?? '', language)]),
  )
}
