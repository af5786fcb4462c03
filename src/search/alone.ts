/** Where nothing was found and no single change would help: the words of the question that say most, each with what it finds alone. */
import { Type } from 'typebox'
import type { Services } from '#kernel/context.ts'
import { lowered } from '#kernel/i18n/fold.ts'
import { facetNames } from '#records/facets.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { findStrict, type FoundNumbers } from './find.ts'
import type { SearchInput } from './input.ts'
import { conceptsNamed } from './knowledge.ts'
import { bare, surfaceOf, unelided } from './query/analysis.ts'

export const Alone = Type.Object({
  word: Type.String({ description: 'One word of the question, as it was typed' }),
  total: Type.Integer({ description: 'How many would be found by it alone' }),
})

/** Only the word: what it was narrowed to may be what is in the way. */
const unfiltered = Object.fromEntries([...facetNames, 'linked', 'not', 'from', 'to'].map((name) => [name, undefined]))
const mostCounted = 10
const mostOffered = 4
/** At the ends of a word as it was typed. */
export const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu
const onlyDigits = /^\p{N}+$/u

/** The words that were looked for, each but once, as they were typed; little words find everything, and help nobody alone. */
function wordsLookedFor(q: string, looked: readonly string[]): string[] {
  const known = new Set(looked)
  const typed = q.split(/\s+/).map((word) => unelided(word.replaceAll(edges, '')))
  const found = typed.filter((word) => known.has(surfaceOf(bare(lowered(word)))))
  // Where words stand without spaces, search knows where one ends.
  const words = found.length > 0 ? found : looked
  return [...new Map(words.map((word) => [plainName(word), word])).values()]
}

type Asked = Pick<FoundNumbers, 'total' | 'totalWithout' | 'totalWithoutClause' | 'words'>

/** Those with a meaning in the thesauri first, then those that fewest records have; in the order in which they were typed. */
export async function wordsAlone(services: Services, input: SearchInput, asked: Asked) {
  const isHelped = [...Object.values(asked.totalWithout), ...asked.totalWithoutClause.map(({ total }) => total)].some(
    (total) => total > 0,
  )
  // A single word was just looked for.
  if (asked.total > 0 || isHelped || asked.words.length < 2) return []
  const words = wordsLookedFor(input.q, asked.words).filter((word) => !onlyDigits.test(word))
  const { labels } = await services.knowledge.concepts()
  const counted = await Promise.all(
    words.slice(0, mostCounted).map(async (word) => ({
      word,
      total: (await findStrict(services, { ...input, ...unfiltered, exact: false, q: word, facets: [], limit: 0 }))
        .total,
      isNamed: conceptsNamed(labels, word).length > 0,
    })),
  )
  const found = counted.filter(({ total }) => total > 0)
  const telling = found
    .toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed) || a.total - b.total)
    .slice(0, mostOffered)
  return found.filter((one) => telling.includes(one)).map(({ word, total }) => ({ word, total }))
}
