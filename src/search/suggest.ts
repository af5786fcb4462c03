/** What may be meant by the beginning of a question, as it is typed. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { FacetName } from '#records/facets.ts'
import { findStrict } from './find.ts'
import { filtersBegun, isKnownWord, topicsBegun } from './begun-names.ts'
import type { SearchInput } from './input.ts'
import { conceptsBeginning } from './knowledge.ts'
import { plainName } from '#records/vocabularies/names.ts'
import type { Lexicon } from './query/lexicon.ts'
import { stemOf } from './query/stem.ts'
import { isStopWord } from './query/stop-words.ts'

export const Suggestions = Type.Object({
  words: Type.Array(Type.String(), { description: 'The question with its last word completed' }),
  concepts: Type.Array(Type.Object({ id: Type.String(), label: Type.String(), language: Type.String() })),
  filters: Type.Array(Type.Object({ facet: Type.String(), value: Type.String() })),
  records: Type.Array(StoredRecord),
})
export type Suggestions = Static<typeof Suggestions>

const mostWords = 4
/** So many of each sort are looked at before the best of them are told: each is a question of its own. */
const mostBegun = { topics: 6, names: 3, words: 5, filters: 6, concepts: 5 }
const mostConcepts = 4
const mostFilters = 3
const mostRecords = 4
const fewestLetters = 2
/** More words of the index than are looked at: some are little words, or of no language. */
const mostRead = 16
/** The filters that people name; the others are found on the page. */
const suggested = [
  'country',
  'language',
  'type',
  'subject',
  'technology',
  'level',
  'outcome',
  'kind',
  'region',
] as const satisfies readonly FacetName[]

const questionOf = (q: string, languages: string[]): SearchInput => ({
  q,
  exact: true,
  editions: false,
  languages,
  sort: 'relevance',
  limit: 0,
  facets: [],
  facetLimit: 0,
  assist: false,
})

/** What people look for says more than how often a word is used: a practice or a solution counts as ten others. */
const worthOf = (prominence: number) => (prominence > 1 ? 10 : prominence)

type Services = Context['services']

/** Those that find something, those first that find most of what people look for. `trust`: how likely it is that the reader means it. */
async function mostMeant<One extends { trust: number }>(
  services: Services,
  all: readonly One[],
  question: (one: One) => SearchInput,
): Promise<One[]> {
  const weighed = await Promise.all(
    all.map(async (one) => {
      const { facets } = await findStrict(services, { ...question(one), facets: ['kind'], facetLimit: 50 })
      const worths = facets.kind!.map(({ value, count }) => count * worthOf(services.kinds.get(value)?.prominence ?? 1))
      return { one, worth: one.trust * worths.reduce((sum, worth) => sum + worth, 0) }
    }),
  )
  return weighed
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ one }) => one)
}

/** `isTopic`: it is found by its other names too. */
type Word = { text: string; trust: number; isTopic?: boolean }
/** What topics and records are called is what people look for; a word of another language is seldom what a reader begins. */
const trusts = { whole: 6, name: 3, known: 2, foreign: 1, unknown: 0.5 }

const capitalAlone = /^\p{Lu}(?=\p{Ll})/u
/** Within a question a topic is written small: “Laptops”, and not “AI tutors”. */
const small = (text: string): string => text.replace(capitalAlone, (letter) => letter.toLowerCase())

/** What a question may go on with: topics and names of records that begin so, and words of the index. */
async function wordsBegun(
  { search }: Services,
  lexicon: Lexicon,
  { q, last }: { q: string; last: string },
  languages: readonly string[],
): Promise<Word[]> {
  const before = q.slice(0, q.length - last.length)
  const topics = (begun: string, joined: string) =>
    topicsBegun(lexicon, begun, languages, mostBegun.topics).map(({ label: { text, language }, isWhole }) => ({
      text: joined + small(text),
      trust: isWhole ? trusts.whole : language === languages[0] ? trusts.name : trusts.foreign,
      isTopic: true,
    }))
  const whole = topics(q, '')
  if (last === '') return whole
  const [names, words] = await Promise.all([
    search.complete(last, mostBegun.names, { names: true }),
    search.complete(last, mostRead),
  ])
  const told = words
    .filter((word) => !languages.some((language) => isStopWord(word, language)))
    // A figure among letters is a sign of a name or of a slip: who means it types it.
    .filter((word) => /\p{N}/u.test(last) || !/\p{N}/u.test(word))
    .map((text) => ({ text, isKnown: isKnownWord(lexicon, text, languages) }))
    .toSorted((a, b) => Number(b.isKnown) - Number(a.isKnown))
    .slice(0, mostBegun.words)
  return distinct(
    [
      ...whole,
      ...(before.trim() === '' ? [] : topics(last, before)),
      ...names.map((text) => ({ text: before + text, trust: trusts.name })),
      ...told.map(({ text, isKnown }) => ({ text: before + text, trust: isKnown ? trusts.known : trusts.unknown })),
    ],
    languages[0] ?? 'en',
  )
}

/** Of forms of one word the first. */
function distinct(words: readonly Word[], language: string): Word[] {
  const seen = new Set<string>()
  return words.filter(({ text }) => {
    const key = plainName(text)
      .split(' ')
      .map((word) => stemOf(word, language) || word)
      .join(' ')
    return !seen.has(key) && seen.add(key)
  })
}

export async function suggestionsFor(
  { services, db }: Pick<Context, 'services' | 'db'>,
  typed: string,
  asked: string[],
): Promise<Suggestions> {
  const q = typed.trimStart().slice(0, 200)
  const last = /[\p{L}\p{M}\p{N}]+$/u.exec(q)?.[0] ?? ''
  if ([...q.trim()].length < fewestLetters) return { words: [], concepts: [], filters: [], records: [] }
  const languages = [...new Set([...asked, 'en'])]
  const { lexicon, labels } = await services.knowledge.concepts()
  const begun = await wordsBegun(services, lexicon, { q, last }, languages)
  const words = (
    await mostMeant(services, begun, ({ text, isTopic }) => ({ ...questionOf(text, asked), exact: !isTopic }))
  ).slice(0, mostWords)
  const filters = await mostMeant(
    services,
    filtersBegun(lexicon, q, languages, { facets: suggested, limit: mostBegun.filters }).map((filter) => ({
      ...filter,
      trust: 1,
    })),
    // Of seven thousand languages most begin nothing here.
    ({ facet, value }) => ({ ...questionOf('', []), [facet]: [value] }),
  )
  const concepts = await mostMeant(
    services,
    conceptsBeginning(labels, q, languages, mostBegun.concepts).map((concept) => ({ ...concept, trust: 1 })),
    ({ label, language }) => questionOf(label, [language]),
  )
  const request = words.length > 0 ? words.slice(0, 2).map(({ text }) => text) : [q]
  const found = await Promise.all(
    request.map((one) => findStrict(services, { ...questionOf(one, asked), limit: mostRecords / request.length })),
  )
  const numbers = [...new Set(found.flatMap(({ hits }) => hits.map(({ number }) => number)))]
  return {
    words: words.map(({ text }) => text),
    concepts: concepts.slice(0, mostConcepts).map(({ id, label, language }) => ({ id, label, language })),
    filters: filters.slice(0, mostFilters).map(({ facet, value }) => ({ facet, value })),
    records: (await records(db).byNumbers(numbers)).filter(({ status }) => status === 'published'),
  }
}
