/**
 * Names by which a filter is offered, and forms of names that the lexicon has. They are names for offers alone: search
 * finds by the words as they are typed, and takes none of these for a synonym.
 */
import type { FacetName } from '#records/facets.ts'
import { namesOfLanguages } from '#records/vocabularies/language-names.ts'
import typedNames from '#records/vocabularies/typed-names.json' with { type: 'json' }
import known from './filter-names.json' with { type: 'json' }
import { lexiconOnly, withEntries, type Entry, type Label, type Lexicon } from './lexicon.ts'

type NamesByCode = Record<string, Record<string, string[]>>

/** What everything is in is no choice (M49). */
const noChoice = new Set(['region:001'])

const entryOf = (facet: FacetName, value: string, labels: Label[]): Entry => ({
  id: `filter:${facet}:${value}`,
  labels,
  broader: [],
  narrower: [],
  isOfferOnly: true,
  value: { facet, value },
})

const labelsOf = (byLanguage: Record<string, string[]>): Label[] =>
  Object.entries(byLanguage).flatMap(([language, texts]) => texts.map((text) => ({ text, language, main: false })))

const entriesOf = (facet: FacetName, names: NamesByCode): Entry[] =>
  Object.entries(names).map(([value, byLanguage]) => entryOf(facet, value, labelsOf(byLanguage)))

/** What a language is called beside its names in the lexicon: in itself, by other names, and all of one without a code of two letters. */
function languageEntries(): Entry[] {
  const names = new Map<string, Set<string>>()
  for (const { name, code } of namesOfLanguages().all) {
    const language = code.split('-')[0]!
    const all = names.get(language) ?? new Set()
    names.set(language, all.add(name.replace(/\s*[(（].*$/, '')))
  }
  // In whichever language a name is, only who writes it just so means it: it is read as English is.
  return [...names].map(([code, all]) =>
    entryOf(
      'language',
      code,
      [...all].flatMap((text) =>
        formsOf(text).map((form) => ({ text: form, language: languageOf(form), main: false })),
      ),
    ),
  )
}

const languageOf = (text: string): string =>
  /^\p{sc=Han}+$/u.test(text) ? 'zh' : /\p{sc=Arabic}/u.test(text) ? 'ar' : /\p{sc=Cyrillic}/u.test(text) ? 'ru' : 'en'

/** In Arabic what is in a language is masculine or feminine; in Chinese it is spoken or written. */
function formsOf(text: string): string[] {
  if (/^\p{sc=Arabic}{4,}ية$/u.test(text)) return [text, text.slice(0, -1)]
  return /^\p{sc=Han}{2,}语$/u.test(text) ? [text, `${text.slice(0, -1)}文`] : [text]
}

let own: readonly Entry[] | undefined
const ownEntries = (): readonly Entry[] =>
  (own ??= [
    ...Object.entries(known.names as Record<string, NamesByCode>).flatMap(([facet, names]) =>
      entriesOf(facet as FacetName, names),
    ),
    ...entriesOf('subject', typedNames.names.subjects as NamesByCode),
    ...languageEntries(),
  ])

const ofFilters = lexiconOnly(({ value }) => value !== undefined && !noChoice.has(`${value.facet}:${value.value}`))
const made = new WeakMap<Lexicon, Lexicon>()

/** All names of filters: those that the lexicon has, and those for offers alone. */
export function filterLexicon(lexicon: Lexicon): Lexicon {
  let all = made.get(lexicon)
  if (!all) made.set(lexicon, (all = withEntries(ofFilters(lexicon), ownEntries())))
  return all
}

const { zhAfter, arPrefix, ...before } = known.forWhom.words
const beforeWhom: ReadonlySet<string> = new Set(Object.values(before).flat())
const afterWhom: ReadonlySet<string> = new Set(zhAfter)

/** Whether this word stands before those for whom something is: “for pupils” says who it is for, “keep pupils in school” does not. */
export const isBeforeWhom = (word: string): boolean => beforeWhom.has(word)
/** In Chinese it may stand after them. */
export const isAfterWhom = (word: string): boolean => afterWhom.has(word)
/** In Arabic it is the first letter of the word. */
export const beginsForWhom = (typed: string): boolean => arPrefix.some((prefix) => typed.startsWith(prefix))
