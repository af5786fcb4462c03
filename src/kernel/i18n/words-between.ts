/** What changed between two texts, word by word. */
import { diffArrays } from 'diff'
import { Type, type Static } from 'typebox'

export const Part = Type.Object({ text: Type.String(), change: Type.Enum(['same', 'added', 'removed']) })
export type Part = Static<typeof Part>

/** Texts that have less than this in common are told apart as wholes, which is quicker, and easier to read. */
const mostEdits = 1_500

/** Both texts in one row of parts: without the added ones it is the first, without the removed ones the second. */
export function wordsBetween(before: string, after: string, language: string): Part[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' })
  const wordsOf = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
  const found = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostEdits }) ?? [
    { value: [before], removed: true, added: false },
    { value: [after], removed: false, added: true },
  ]
  return found
    .map(({ value, added, removed }): Part => ({
      text: value.join(''),
      change: added ? 'added' : removed ? 'removed' : 'same',
    }))
    .filter(({ text }) => text !== '')
}
