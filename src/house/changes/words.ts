/** What changed between two texts, word by word. */
import { diffWordsWithSpace } from 'diff'
import { Type, type Static } from 'typebox'

export const Part = Type.Object({ text: Type.String(), change: Type.Enum(['same', 'added', 'removed']) })
export type Part = Static<typeof Part>

/** Texts that have less than this in common are told apart as wholes, which is quicker, and easier to read. */
const mostEdits = 1_500

/** Both texts in one row of parts: without the added ones it is the first, without the removed ones the second. */
export function wordsBetween(before: string, after: string, language: string): Part[] {
  const intlSegmenter = new Intl.Segmenter(language, { granularity: 'word' })
  const found = diffWordsWithSpace(before, after, { intlSegmenter, maxEditLength: mostEdits }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  return found
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => ({ text: value, change: added ? 'added' : removed ? 'removed' : 'same' }))
}
