/** What runs of words name: the labels of the lexicon that stand in a question, in the language of the label. */
import { withoutParticle } from './arabic-forms.ts'
import { fieldPrefix, ofLabelsIn, type Lexicon } from './lexicon.ts'
import { formOf, keysOf, keyWord, labelForm, labelWords, type KeyWord } from './label-key.ts'
import { withoutDiminutive } from './spanish.ts'
import { actionsOf, isActionOf, isInflected, isSameNoun } from './word-forms.ts'
import { slippedName } from './slipped-names.ts'
import type { Unit } from './query.ts'

const longestMatch = 6
const han = /^\p{sc=Han}+$/u

export const isPlain = ({ quoted, excluded }: Unit) => !quoted && !excluded

/** A run of units that a label names, in the language of the label. */
export type Match = { from: number; to: number; language: string; ids: string[]; isCalledSo: boolean }

const keyWordsKnown = new WeakMap<Unit, Map<string, KeyWord[]>>()

/** The words of a unit as labels in a language are compared; each unit is part of many runs. */
function keyWordsOf(unit: Unit, language: string): KeyWord[] {
  let known = keyWordsKnown.get(unit)
  if (!known) keyWordsKnown.set(unit, (known = new Map()))
  let words = known.get(language)
  if (!words) {
    words = unit.words.map((word) =>
      han.test(word) ? { surface: word, stem: word, little: false, han: true } : keyWord(word, language),
    )
    known.set(language, words)
  }
  return words
}

/** The words of a run; `isTelling`: no little word stands at an end. */
export function wordsOf(units: readonly Unit[], isTelling: boolean, language: string): KeyWord[] {
  const words = units.flatMap((unit) => keyWordsOf(unit, language))
  // “a distance” is no “distance”: where a little word stands at an end, it must belong to the label.
  return isTelling ? words : words.map((word) => ({ ...word, little: false }))
}

/** Those that are called exactly so: “training” is no train, though both have one stem. */
function called(ids: string[], form: string, language: string, lexicon: Lexicon): string[] {
  return ids.filter((id) =>
    lexicon.entries.get(id)!.labels.some((label) => label.language === language && labelForm(label) === form),
  )
}

/** Those with a label of one word that has the stem of this one and fits. */
function withLabel(
  ids: string[],
  { stem }: KeyWord,
  language: string,
  lexicon: Lexicon,
  fits: (surface: string) => boolean,
): string[] {
  return ids.filter((id) =>
    lexicon.entries.get(id)!.labels.some((label) => {
      if (label.language !== language) return false
      const words = labelWords(label)
      return words.length === 1 && words[0]!.stem === stem && fits(words[0]!.surface)
    }),
  )
}

/** Those with a label that is the word in another form; of a verb, those that name what it does, where there are any. */
function inflections(ids: string[], word: KeyWord, language: string, lexicon: Lexicon): string[] {
  const done = withLabel(ids, word, language, lexicon, (surface) => isActionOf(word.surface, surface))
  if (done.length > 0) return done
  return withLabel(ids, word, language, lexicon, (surface) => isInflected(surface, word.surface))
}

/** Those with a label that has the little words of the run as they are written, where they count: what is “para docentes” is no “paro docente”. */
function withLittleWords(
  ids: string[],
  key: string,
  units: readonly Unit[],
  language: string,
  lexicon: Lexicon,
): string[] {
  const words = units.flatMap((unit) => keyWordsOf(unit, language))
  const little = words.filter((word) => word.little)
  if (little.length === 0 || !keysOf(words.map((word) => ({ ...word, little: false }))).includes(key)) return ids
  return ids.filter((id) =>
    lexicon.entries.get(id)!.labels.some((label) => {
      if (label.language !== language) return false
      const own = new Set(labelWords(label).map(({ surface }) => surface))
      return little.every(({ surface }) => own.has(surface))
    }),
  )
}

const isOfField = (id: string) => id.startsWith(fieldPrefix)

/** Terms of the field that are the same noun, where only others are called so: who asks for a “maestro” means what “maestros” are. */
function alsoOfField(called: string[], ids: string[], word: KeyWord, language: string, lexicon: Lexicon): string[] {
  if (called.some(isOfField)) return []
  return withLabel(ids.filter(isOfField), word, language, lexicon, (surface) => isSameNoun(surface, word.surface))
}

/** The same match with types that are the same noun: beside the name of a language “stories” are what is of the type “story”. */
export function withTypes(match: Match, units: readonly Unit[], lexicon: Lexicon): Match {
  const { from, to, language } = match
  if (to - from > 1) return match
  const [word, ...others] = wordsOf(units.slice(from, to), true, language)
  if (!word || others.length > 0) return match
  const ids = lexicon.labelled.get(language)?.get(word.stem) ?? []
  const types = ids.filter((id) => lexicon.entries.get(id)!.value?.facet === 'type')
  const same = withLabel(types, word, language, lexicon, (surface) => isSameNoun(surface, word.surface))
  return { ...match, ids: [...new Set([...same, ...match.ids])] }
}

/** What labels of several words begin with in a language, as their keys do. */
const beginningsIn = ofLabelsIn(
  (lexicon, language): ReadonlySet<string> =>
    new Set([...(lexicon.labelled.get(language)?.keys() ?? [])].map(beginningOf)),
)

/** The first word of a key; of Chinese, which has no spaces, the first character. */
function beginningOf(key: string): string {
  const [first = ''] = key
  if (han.test(first)) return first
  const end = key.indexOf(' ')
  return end < 0 ? key : key.slice(0, end)
}

/** Whether a label of several words may begin as these units do: most runs begin none, and need not be put together. */
function mayBegin(units: readonly Unit[], isTelling: boolean, language: string, lexicon: Lexicon): boolean {
  const beginnings = beginningsIn(lexicon, language)
  for (const unit of units)
    for (const { stem, same, little } of keyWordsOf(unit, language)) {
      if (beginnings.has(beginningOf(stem)) || (same !== undefined && beginnings.has(same))) return true
      if (!isTelling || !little) return false
    }
  return false
}

/** The meanings of a run of units in the first language that has any; what else it may be elsewhere is no matter. */
function meaningsOf(
  units: readonly Unit[],
  isTelling: boolean,
  languages: string[],
  lexicon: Lexicon,
  asked: string[],
): Omit<Match, 'from' | 'to'> | null {
  for (const language of languages) {
    const labels = lexicon.labelled.get(language)
    if (units.length > 1 && !mayBegin(units, isTelling, language, lexicon)) continue
    const words = wordsOf(units, isTelling, language)
    const key = labels && keysOf(words).find((one) => labels.has(one))
    if (key === undefined) {
      const ids = asked.includes(language) ? doneIn(words, language, lexicon) : []
      if (ids.length > 0) return { language, ids, isCalledSo: false }
      continue
    }
    const ids = labels!.get(key)!
    const closest = called(ids, formOf(words), language, lexicon)
    if (closest.length > 0) {
      const isWord = words.length === 1 && asked.includes(language)
      const more = isWord ? alsoOfField(closest, ids, words[0]!, language, lexicon) : []
      return { language, ids: [...closest, ...more], isCalledSo: true }
    }
    // One stem in a language that was not asked in is chance: so “tutoral” would be tutoría.
    if (words.length > 1) {
      const fitting = withLittleWords(ids, key, units, language, lexicon)
      if (fitting.length > 0) return { language, ids: fitting, isCalledSo: false }
      continue
    }
    const inflected = asked.includes(language) ? inflections(ids, words[0]!, language, lexicon) : []
    if (inflected.length > 0) return { language, ids: inflected, isCalledSo: false }
  }
  return (
    withParticle(units, isTelling, lexicon, asked) ??
    diminutiveOf(units, lexicon, asked) ??
    slippedIn(units, isTelling, lexicon, asked)
  )
}

/** What a Spanish diminutive is of, where that is called so. */
function diminutiveOf(units: readonly Unit[], lexicon: Lexicon, asked: string[]): Omit<Match, 'from' | 'to'> | null {
  const language = 'es'
  const [word, ...others] = units.length === 1 && asked.includes(language) ? keyWordsOf(units[0]!, language) : []
  if (!word || others.length > 0) return null
  for (const base of withoutDiminutive(word.surface)) {
    const known = keyWord(base, language)
    const ids = called(lexicon.labelled.get(language)?.get(known.stem) ?? [], known.surface, language, lexicon)
    if (ids.length > 0) return { language, ids, isCalledSo: false }
  }
  return null
}

/** In Arabic “in the language of …” is one word and “the language of …” another: what is called exactly so, but for what clings to the first. */
function withParticle(
  units: readonly Unit[],
  isTelling: boolean,
  lexicon: Lexicon,
  asked: string[],
): Omit<Match, 'from' | 'to'> | null {
  const language = 'ar'
  const labels = lexicon.labelled.get(language)
  if (!labels || !asked.includes(language)) return null
  const [first, ...others] = wordsOf(units, isTelling, language)
  const bare = first && !first.little ? withoutParticle(first.surface) : undefined
  if (bare === undefined) return null
  const words = [keyWord(bare, language), ...others]
  const key = keysOf(words).find((one) => labels.has(one))
  const ids = key === undefined ? [] : called(labels.get(key)!, formOf(words), language, lexicon)
  return ids.length > 0 ? { language, ids, isCalledSo: false } : null
}

/** What names the doing of what a single verb says, where the two have not one stem. */
function doneIn([word, ...others]: KeyWord[], language: string, lexicon: Lexicon): string[] {
  if (!word || others.length > 0) return []
  for (const noun of actionsOf(word.surface, language)) {
    const done = keyWord(noun, language)
    const ids = inflections(lexicon.labelled.get(language)?.get(done.stem) ?? [], done, language, lexicon)
    if (ids.length > 0) return ids
  }
  return []
}

/** The meaning of a name of two words, one of them with a slip, in the language that was asked in. */
function slippedIn(
  units: readonly Unit[],
  isTelling: boolean,
  lexicon: Lexicon,
  [language]: string[],
): Omit<Match, 'from' | 'to'> | null {
  if (units.length < 2 || !isTelling || language === undefined) return null
  const ids = slippedName(wordsOf(units, isTelling, language), language, lexicon)
  return ids.length > 0 ? { language, ids: [...ids], isCalledSo: false } : null
}

/** Whether the last unit begins what is called just so: “that a storm leaves the schools closed” is of closed schools, and of nobody who leaves one. */
function isPartOfNext(
  units: readonly Unit[],
  end: number,
  little: Set<Unit>,
  languages: string[],
  lexicon: Lexicon,
  asked: string[],
): boolean {
  for (let to = Math.min(end - 1 + longestMatch, units.length); to > end; to--) {
    const run = units.slice(end - 1, to)
    if (!run.every(isPlain) || little.has(run[0]!) || little.has(run.at(-1)!)) continue
    if (meaningsOf(run, true, languages, lexicon, asked)?.isCalledSo) return true
  }
  return false
}

/** The longest labels among the units, from the first on. */
export function matchesIn(
  units: readonly Unit[],
  little: Set<Unit>,
  languages: string[],
  lexicon: Lexicon,
  asked: string[] = languages,
): Match[] {
  const matches: Match[] = []
  for (let from = 0; from < units.length;) {
    let to = from
    for (let end = Math.min(from + longestMatch, units.length); end > from && to === from; end--) {
      const run = units.slice(from, end)
      const isLittle = run.every((unit) => little.has(unit))
      if (!run.every(isPlain) || (isLittle && run.length === 1)) continue
      const isTelling = !little.has(run[0]!) && !little.has(run.at(-1)!)
      const found = meaningsOf(run, isTelling, languages, lexicon, asked)
      if (found && !found.isCalledSo && run.length > 1 && isPartOfNext(units, end, little, languages, lexicon, asked))
        continue
      // Little words alone may be a name: “عن بعد” is “at a distance”, as it stands and in the language of the question.
      if (!found || (isLittle && !(found.isCalledSo && asked.includes(found.language)))) continue
      matches.push({ from, to: end, ...found })
      to = end
    }
    from = Math.max(to, from + 1)
  }
  return matches
}
