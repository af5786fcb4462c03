/** Names in the reader's languages that begin as something was typed: topics, and values of filters. */
import type { FacetName } from '#records/facets.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { filterLexicon } from './query/filter-names.ts'
import { fieldPrefix, type Entry, type Label, type Lexicon } from './query/lexicon.ts'

type Name = { folded: string; label: Label; entry: Entry }

const known = new WeakMap<Lexicon, Map<string, readonly Name[]>>()

/** The names of one language in the order of their letters; gathered when first asked for. */
function namesIn(lexicon: Lexicon, language: string): readonly Name[] {
  let languages = known.get(lexicon)
  if (!languages) known.set(lexicon, (languages = new Map()))
  let names = languages.get(language)
  if (!names) languages.set(language, (names = gathered(lexicon, language)))
  return names
}

/** An Arabic name is typed with its article, or without. */
const formsOf = (folded: string): string[] => (/^ال../u.test(folded) ? [folded, folded.slice(2)] : [folded])

const gathered = (lexicon: Lexicon, language: string): Name[] =>
  [...filterLexicon(lexicon).entries.values()]
    .filter(({ id, value }) => value !== undefined || id.startsWith(fieldPrefix))
    .flatMap((entry) =>
      entry.labels
        .filter((label) => label.language === language)
        .flatMap((label) => formsOf(plainName(label.text)).map((folded) => ({ folded, label, entry }))),
    )
    .sort((a, b) => (a.folded < b.folded ? -1 : a.folded > b.folded ? 1 : 0))

function firstFrom(names: readonly Name[], beginning: string): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (names[middle]!.folded < beginning) low = middle + 1
    else high = middle
  }
  return low
}

/** Those that begin so in these languages, in their order: the main names before others, the shortest first, of which most was typed. */
function begun(lexicon: Lexicon, typed: string, languages: readonly string[]): Name[] {
  const beginning = plainName(typed)
  if (beginning === '') return []
  return languages.flatMap((language) => {
    const names = namesIn(lexicon, language)
    const from = firstFrom(names, beginning)
    let to = from
    while (to < names.length && names[to]!.folded.startsWith(beginning)) to++
    return names
      .slice(from, to)
      .toSorted((a, b) => Number(b.label.main) - Number(a.label.main) || a.folded.length - b.folded.length)
  })
}

/** A topic by one of its names; `isWhole`: another name of it was typed, and none is left to type. */
type Topic = { label: Label; isWhole: boolean }

/** What topics that begin so are called. Who typed another name of one whole, such as an abbreviation, is told its main one. */
export function topicsBegun(lexicon: Lexicon, typed: string, languages: readonly string[], limit: number): Topic[] {
  const whole = plainName(typed)
  const topics = new Map<string, Topic>()
  for (const { folded, label, entry } of begun(lexicon, typed, languages)) {
    const known_ = topics.get(entry.id)
    if (entry.value || known_?.isWhole) continue
    const main = entry.labels.find((one) => one.main && one.language === label.language)
    const isWhole = folded === whole && main !== undefined
    if (isWhole) topics.set(entry.id, { label: main, isWhole })
    else if (!known_) topics.set(entry.id, { label: firstBegun(entry, label, whole), isWhole })
  }
  return [...topics.values()].toSorted((a, b) => Number(b.isWhole) - Number(a.isWhole)).slice(0, limit)
}

/** Its first name that begins so: names stand in the order in which people use them. */
const firstBegun = ({ labels }: Entry, { language, text }: Label, beginning: string): Label =>
  labels.find((one) => one.language === language && plainName(one.text).startsWith(beginning)) ??
  labels.find((one) => one.language === language && one.text === text)!

/** A country is called by its cities too: of fewer letters than this it is not meant. */
const fewestOfCity = 5

/** The values of these filters that are called so, or begin so. */
export function filtersBegun<Facet extends FacetName>(
  lexicon: Lexicon,
  typed: string,
  languages: readonly string[],
  { facets, limit }: { facets: readonly Facet[]; limit: number },
): { facet: Facet; value: string }[] {
  const found = new Map<string, { facet: Facet; value: string }>()
  const isShort = plainName(typed).length < fewestOfCity
  for (const { entry, label } of begun(lexicon, typed, languages)) {
    const facet = facets.find((one) => one === entry.value?.facet)
    if (facet === 'country' && !label.main && isShort) continue
    if (facet) found.set(`${facet}:${entry.value!.value}`, { facet, value: entry.value!.value })
    if (found.size === limit) break
  }
  return [...found.values()]
}

const wordsKnown = new WeakMap<Lexicon, Map<string, ReadonlySet<string>>>()

/** Whether some name in one of these languages has this word: a record may be in any. */
export const isKnownWord = (lexicon: Lexicon, word: string, languages: readonly string[]): boolean =>
  languages.some((language) => wordsOfNames(lexicon, language).has(word))

function wordsOfNames(lexicon: Lexicon, language: string): ReadonlySet<string> {
  let known_ = wordsKnown.get(lexicon)
  if (!known_) wordsKnown.set(lexicon, (known_ = new Map()))
  let words = known_.get(language)
  if (!words) {
    const labels = [...lexicon.entries.values()].flatMap((entry) =>
      entry.labels.filter((label) => label.language === language),
    )
    known_.set(language, (words = new Set(labels.flatMap(({ text }) => plainName(text).split(/[^\p{L}\p{M}\p{N}]+/u)))))
  }
  return words
}
