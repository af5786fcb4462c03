/** Other names of a concept as branches of a clause, each with the reason why it finds. */
import { languages } from '#kernel/i18n/languages.ts'
import { withoutArticle } from './arabic-forms.ts'
import { bare, languageMark, namedFacets, valueTerm } from './analysis.ts'
import { asTyped, gramSlots, slotsIn, wordSlot } from './query.ts'
import type { Branch, Clause, Phrase, Slot, Way } from '../contract.ts'
import { folded, lowered } from '#kernel/i18n/fold.ts'
import { formOf, labelForm, labelKeys, labelReader, labelWords } from './label-key.ts'
import { fieldPrefix, type Entry, type Label, type Lexicon } from './lexicon.ts'
import { scan } from './scan.ts'
import { baseLanguage, hasStemmer } from './stem.ts'

/** What is added to one query: the ways it is explained by, for whom, the slots that are still free, and names for each word. */
export type Adding = { ways: Way[]; languages: string[]; lexicon: Lexicon; room: number; names: number }

/** How much a name counts beside what was typed. */
export const weights = {
  synonym: 0.8,
  own: 0.9,
  english: 0.8,
  foreign: 0.5,
  narrower: 0.5,
  language: 0.9,
  value: 0.9,
}
/** What is taken from a name that is not the main one. */
const otherName = 0.85
/** The words of a name apart from one another say less than the name. */
const scatteredWorth = 0.6
/** Where not all names have room, other names of our own terms come before those of a thesaurus, and after its main ones. */
const ofOwnTerm = 0.05
const mostOtherNames = 2
const mostNearby = 8
const mostValues = 3
const searched: readonly string[] = languages

const arabic = /^\p{sc=Arabic}+$/u
const latin = /^\p{sc=Latin}+$/u

/**
 * The stem of a foreign word may be another word in a language that shares its letters: “absent” of “absentismo”. In Arabic it often is another in
 * the same language: writing (كتابة) would be all books (كتاب); so the word is looked for with and without its article.
 */
const withoutBareStem = (slot: Slot): Slot => {
  const [surface] = slot.terms
  if (surface && arabic.test(surface.term)) {
    const word = withoutArticle(surface.term)
    return { ...slot, terms: [word, `ال${word}`].map((term) => ({ term, weight: 1 })) }
  }
  return { ...slot, terms: slot.terms.filter((one) => one === surface || !latin.test(one.term)) }
}

const phrasesKnown = { read: new WeakMap<Label, Phrase>(), foreign: new WeakMap<Label, Phrase>() }

/** The words of a label at their places, each in its forms. It is shared: whoever gets it must not change it. */
function phraseOf(label: Label, isRead: boolean): Phrase {
  const known = phrasesKnown[isRead ? 'read' : 'foreign']
  let phrase = known.get(label)
  if (!phrase) known.set(label, (phrase = readPhrase(label, isRead)))
  return phrase
}

function readPhrase({ text, language }: Label, isRead: boolean): Phrase {
  const bases = hasStemmer(language) ? [language] : []
  const phrase: Phrase = []
  let offset = 0
  scan(lowered(text), (kind, token) => {
    if (kind === 'han') {
      phrase.push(...gramSlots(folded(token), offset))
      offset += [...token].length
      return
    }
    const slot = wordSlot(bare(token), bases, offset)
    if (slot) phrase.push(isRead ? slot : withoutBareStem(slot))
    offset++
  })
  return phrase
}

/** The labels by language, the main ones first, no more than a few others; a plural finds what its singular finds. */
function labelsIn({ labels }: Entry, languages: string[]): Label[] {
  return languages.flatMap((language) => {
    const seen = new Set<string | undefined>()
    const all = labels
      .filter((label) => label.language === language)
      .toSorted((a, b) => Number(b.main) - Number(a.main))
      .filter((label) => {
        const [key] = labelKeys(label)
        return !seen.has(key) && seen.add(key)
      })
    const mains = all.filter(({ main }) => main)
    return all.slice(0, mains.length + mostOtherNames)
  })
}

/** Most can read what is in their own language, and many what is in English. */
const canRead = (language: string, { languages }: Adding) =>
  language === 'en' || languages.some((one) => baseLanguage(one) === language)

/** Names in the asker's languages and in English count more: few can use what is found by the others. */
function weightOf(label: Label, language: string, { languages }: Adding): number {
  const isOwn = languages.some((one) => baseLanguage(one) === label.language)
  const translation = isOwn ? weights.own : label.language === 'en' ? weights.english : weights.foreign
  return (label.language === language ? weights.synonym : translation) * (label.main ? 1 : otherName)
}

type Named = { label: Label; weight: number; kind: Way['kind']; concept: string }

/** The telling words of a label, wherever they stand: “climates may have changed” is of climate change. */
function scattered(label: Label, phrase: Phrase): Clause[] {
  const words = labelWords(label)
  if (words.length !== phrase.length || words.some(({ han }) => han)) return []
  return phrase
    .filter((_, at) => !words[at]!.little)
    .map(({ terms }, at) => ({ name: words[at]!.surface, any: [asTyped([{ offset: 0, terms }])] }))
}

function branchesFor({ label, weight, kind, concept }: Named, typed: string, adding: Adding): Branch[] {
  const phrase = phraseOf(label, canRead(label.language, adding))
  const slots = slotsIn([asTyped(phrase)])
  if (slots === 0 || slots > adding.room) return []
  adding.room -= slots
  const way = adding.ways.push({ kind, typed, words: label.text, language: label.language, concept }) - 1
  const mayScatter = !label.isIdiom && canRead(label.language, adding) && phrase.length > 1
  const all = mayScatter ? scattered(label, phrase) : []
  if (all.length < 2 || all.length > adding.room) return [{ weight, way, phrase }]
  adding.room -= all.length
  return [
    { weight, way, phrase },
    { weight: weight * scatteredWorth, way, all, isNear: true },
  ]
}

/** Names that were not typed, each but once: two languages often share a word. */
function distinct(named: Named[], typed: string, language: string): Named[] {
  const seen = new Set([formOf(labelReader(language)(typed))])
  return named.filter(({ label }) => {
    const form = labelForm(label)
    if (form === '' || seen.has(form)) return false
    seen.add(form)
    return true
  })
}

/** Our own terms are named for this field; a thesaurus gives data protection the name of what is committed against it. */
const placeWeight = ({ weight, label, concept }: Named) =>
  weight + (!label.main && concept.startsWith(fieldPrefix) ? ofOwnTerm : 0)

/** The other names of what was typed: in other languages, and in its own. */
export function branchesOf(all: Entry[], language: string, typed: string, adding: Adding): Branch[] {
  const entries = all.filter(({ isOfferOnly }) => !isOfferOnly)
  // Records bear the names of their countries in all our languages, so that those of the asker find them; in another language the name may
  // be another word: Mali in Arabic is also “financial”.
  const isPlace = all.some(({ value }) => value?.facet === 'country')
  const order = [...new Set([language, ...adding.languages.map(baseLanguage), ...searched])]
  const named = entries.flatMap((entry) =>
    labelsIn(entry, order).map((label): Named => ({
      label,
      weight: weightOf(label, language, adding),
      kind: label.language === language ? 'synonym' : 'translation',
      concept: entry.id,
    })),
  )
  const branches = distinct(named, typed, language)
    .filter(({ label, concept }) => concept.startsWith(fieldPrefix) || !isCharacter(label.text))
    .filter((one) => !isFalseFriend(one, language, adding.lexicon))
    .filter(({ label }) => !isPlace || canRead(label.language, adding))
    .sort((a, b) => placeWeight(b) - placeWeight(a))
    .slice(0, adding.names)
    .flatMap((one) => branchesFor(one, typed, adding))
  return [
    ...languageBranches(entries, language, typed, adding),
    ...valueBranches(all, language, typed, adding),
    ...branches,
  ]
}

/** One Chinese character is in words of all sorts: electricity (电) is in computers and films. */
const isCharacter = (text: string) => /^\p{sc=Han}$/u.test(text)

/** What is so comes before texts that have the word. */
const aheadOfWords: ReadonlySet<string> = new Set(['kind', 'outcome'])

/** Who names a kind, a type, a level or how something ended means what is of it, though no word of it says so. */
function valueBranches(entries: Entry[], language: string, typed: string, adding: Adding): Branch[] {
  const named = entries.filter(
    ({ value, isOfferOnly }) => namedFacets.has(value?.facet ?? '') && !(value?.facet === 'kind' && isOfferOnly),
  )
  const terms = new Map(named.map((entry) => [valueTerm(entry.value!.facet, entry.value!.value), entry]))
  return [...terms].slice(0, mostValues).map(([term, entry]) => {
    const words = labelOf(entry, language) ?? typed
    const way = adding.ways.push({ kind: 'synonym', typed, words, language, concept: entry.id }) - 1
    return {
      weight: aheadOfWords.has(entry.value!.facet) ? 1.2 : weights.value,
      way,
      phrase: [{ offset: 0, terms: [{ term, weight: 1 }] }],
    }
  })
}

const labelOf = ({ labels }: Entry, language: string) => labels.find((label) => label.language === language)?.text

/** Who names a language may mean what is written in it. */
function languageBranches(entries: Entry[], language: string, typed: string, adding: Adding): Branch[] {
  const [entry] = entries.filter(({ value }) => value?.facet === 'language')
  if (!entry) return []
  const words = labelOf(entry, language) ?? typed
  const way = adding.ways.push({ kind: 'synonym', typed, words, language, concept: entry.id }) - 1
  const term = languageMark + baseLanguage(entry.value!.value)
  return [{ weight: weights.language, way, phrase: [{ offset: 0, terms: [{ term, weight: 1 }] }] }]
}

/** A word that in English, or in the language of the question, means something else: “collège” is not a college. */
function isFalseFriend({ label, concept }: Named, language: string, lexicon: Lexicon): boolean {
  return [language, 'en'].some((other) => {
    // A name of several words is none of another language.
    if (other === label.language || label.text.includes(' ')) return false
    const words = labelReader(other)(label.text)
    const meanings = words.length === 1 ? lexicon.labelled.get(other)?.get(words[0]!.stem) : undefined
    return meanings !== undefined && !meanings.includes(concept)
  })
}

/** What is near to what was typed: narrower concepts, in its language and in English. What is broader says less than was asked. */
export function nearbyBranches(entries: Entry[], language: string, typed: string, adding: Adding): Branch[] {
  const narrower = [...new Set(entries.flatMap((entry) => entry.narrower))].slice(0, mostNearby).flatMap((id) => {
    const entry = adding.lexicon.entries.get(id)
    const labels = entry?.labels.filter((label) => label.main && [language, 'en'].includes(label.language)) ?? []
    return labels.map((label): Named => ({ label, weight: weights.narrower, kind: 'narrower', concept: id }))
  })
  return distinct(narrower, typed, language).flatMap((one) => branchesFor(one, typed, adding))
}
