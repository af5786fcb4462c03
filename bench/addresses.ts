/** Addresses that people might ask for: records, and searches with words of real titles. */
import type { StoredRecord } from '#records/record.ts'

/** The same numbers in every run. */
export function dice(seed = 42): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function shuffled<Item>(items: readonly Item[], random = dice()): Item[] {
  const all = [...items]
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[all[at], all[other]] = [all[other]!, all[at]!]
  }
  return all
}

export const titleOf = ({ body: { title, originalLanguage } }: StoredRecord): string =>
  title[originalLanguage] ?? Object.values(title)[0] ?? ''

export const recordAddresses = (records: readonly StoredRecord[]): string[] =>
  shuffled(records).map(({ id }) => `/records/${id}`)

const wordsOf = (title: string) => title.match(/\p{L}[\p{L}\p{M}]{2,}/gu) ?? []

/** Half of one word, the others of two words of one title or of a word and a filter. All different. */
export function searchAddresses(records: readonly StoredRecord[], count: number): string[] {
  const random = dice()
  const found = new Set<string>()
  for (const record of shuffled(records)) {
    if (found.size >= count) break
    const words = wordsOf(titleOf(record))
    const first = words[Math.floor(random() * words.length)]
    const second = words[Math.floor(random() * words.length)]
    if (!first || !second) continue
    const form = random()
    const query = new URLSearchParams({
      q: form >= 0.5 && form < 0.75 && first !== second ? `${first} ${second}` : first,
    })
    if (form >= 0.75) query.set(...filterOf(record, random))
    found.add(`/search?${query}`)
  }
  return [...found]
}

function filterOf({ kind, body }: StoredRecord, random: () => number): [string, string] {
  const { countries, levels } = body as unknown as Record<string, unknown>
  if (Array.isArray(countries) && typeof countries[0] === 'string') return ['country', countries[0]]
  if (Array.isArray(levels) && typeof levels[0] === 'string') return ['level', levels[0]]
  return random() < 0.5 ? ['language', body.originalLanguage.split('-')[0]!] : ['kind', kind]
}
