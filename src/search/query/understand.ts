/** What was typed, and what else it may be called: in other languages, by other names, and nearby. */
import { languages } from '#kernel/i18n/languages.ts'
import type { Branch, Clause, ParsedQuery, Phrase, Way } from '../contract.ts'
import { keysOf, labelKeys } from './label-key.ts'
import { branchesOf, nearbyBranches, type Adding } from './label-branches.ts'
import { fieldPrefix, fullerSign, lexiconOnly, type Entry, type Lexicon } from './lexicon.ts'
import { eitherAt, isEitherWord, type Meant } from './either-or.ts'
import { asksForNumber, asksWhatWorks, withoutFrame } from './frames.ts'
import { fieldAspects } from './lexicon-lists.ts'
import { isOfTechnology, withGeneralMarked } from './general-words.ts'
import { unlessKnown } from './known-words.ts'
import { loosened } from './loosen.ts'
import { isPlain, matchesIn, withTypes, wordsOf, type Match } from './matches.ts'
import { ofKinds, preferring } from './preferring.ts'
import { parseQuery, queryOf, unitsOf, type Unit } from './query.ts'
import { surfaceOf, unelided } from './analysis.ts'
import { baseLanguage } from './stem.ts'
import { isConversational, isStopWord, littleWordLanguages } from './stop-words.ts'
import { withValuesAhead } from './values-together.ts'

const spoken: readonly string[] = languages
/** A label that this many concepts have says too little of what is meant. */
const mostMeanings = 4
/** So many slots may be added to one query, however many of its words are known. */
const mostAdded = 240
const mostLanguagesNamed = 2
/** The more words, the less each other name of one of them is needed, and the more all of them cost. */
const namesFor = (words: number) => Math.max(4, Math.min(12, Math.floor(48 / words)))
const han = /^\p{sc=Han}+$/u

export type UnderstandOptions = {
  lexicon?: Lexicon | undefined
  /** Only what was typed: no other languages, no other names, no slips of the finger. */
  exact?: boolean
  /** Languages that are chosen as a filter: words are looked for by their names in these too. */
  chosen?: readonly string[]
}

/** The asker's languages first, then those of the node. */
export const languagesFor = (languages: string[]): string[] => [...new Set([...languages.map(baseLanguage), ...spoken])]

/** Which units are little words, unless there is nothing else; `whole`: all that was typed, which shows the language. */
export function littleUnits(units: readonly Unit[], languages: string[], whole: readonly Unit[] = units): Set<Unit> {
  const words = whole.filter(isPlain).flatMap((unit) => unit.words.map(surfaceOf))
  const little = littleWordLanguages(words, languages)
  const isOf = (is: typeof isStopWord, unit: Unit) =>
    isPlain(unit) &&
    !unit.isAbbreviated &&
    // Того is a country.
    unit.isName !== 'surely' &&
    unit.words.every((word) => little.some((language) => is(surfaceOf(word), language)))
  const found = units.filter((unit) => isOf(isStopWord, unit))
  const left = units.filter((unit) => !unit.excluded && !found.includes(unit))
  if (left.length === 0) return new Set()
  const told = left.filter((unit) => !isOf(isConversational, unit) && !isShortNumber(unit))
  const isSentence = left.length >= leastOfSentence && told.length >= leastTold
  return new Set(isSentence ? units.filter((unit) => !unit.excluded && !told.includes(unit)) : found)
}

/** A question of so many words is a sentence, where at least so many of them tell what it is of. */
const leastOfSentence = 5
const leastTold = 2
/** An age, or how many: hardly anything is found by it. */
const isShortNumber = ({ typed }: Unit) => /^\p{N}{1,2}$/u.test(typed)

const entriesOf = ({ ids }: Match, lexicon: Lexicon): Entry[] =>
  ids.slice(0, mostMeanings).flatMap((id) => lexicon.entries.get(id) ?? [])

/** The clause of one word with the other names of what it means. */
function wordClause(unit: Unit, { asked, order, adding }: Expanding, found?: Match): Clause {
  const { lexicon } = adding
  const match = found ?? matchesIn([unit], new Set(), order, lexicon, asked)[0]
  if (!match) return unit.clause
  const added = branchesOf(entriesOf(match, lexicon), match.language, unit.clause.name, adding)
  // A word that has a meaning, or is a form of one in the language of the question, is no slip for another, however rare it is here.
  const { mend, ...known } = unit.clause
  const isKnown = match.isCalledSo || asked.includes(match.language)
  return { ...known, ...(mend && !isKnown && { mend }), any: [...unit.clause.any, ...added] }
}

/** The clause of a label of several words: all of them, or its other names, or all of them by their other names. */
function labelClause(run: readonly Unit[], match: Match, little: Set<Unit>, expanding: Expanding): Clause {
  const { adding } = expanding
  const { lexicon } = adding
  const typed = unelided(run.map((unit) => unit.typed).join(han.test(run[0]!.word) ? '' : ' '))
  const isMany = run.filter((unit) => !little.has(unit)).length > 1
  // “à distance” is more than “distance”: a single telling word would find too much.
  const told = isMany ? run.filter((unit) => !little.has(unit)) : run
  const plain = told.map(({ clause }) => clause)
  const named = branchesOf(entriesOf(match, lexicon), match.language, typed, adding)
  const isIdiom = isMany && namesIdiom(run, match, lexicon)
  const apart = told.map((unit) => wordClause(unit, expanding))
  const isMore = isMany && !isIdiom && apart.some((clause, place) => clause !== plain[place])
  const together = phraseOf(run)
  const isWhole = together !== null && (isIdiom || (isMany && told.some(isCharacter)))
  const any: Branch[] = [
    ...(isMany && together ? [{ weight: 1, phrase: together }] : []),
    ...(isWhole ? [] : [{ weight: isMany && together ? typedApartWeight : 1, all: plain }]),
    ...named,
    ...(isMore && !isWhole ? [{ weight: apartWeight, all: apart }] : []),
  ]
  return { any, name: typed }
}

/** One Chinese character tells nothing alone: “慕课” is a MOOC, and 课 any lesson. */
const isCharacter = ({ word }: Unit) => han.test(word) && [...word].length === 1

/** Whether what was typed is a name whose words mean it only together. */
function namesIdiom(run: readonly Unit[], { ids, language }: Match, lexicon: Lexicon): boolean {
  const keys = new Set(keysOf(wordsOf(run, true, language)))
  return ids.some((id) =>
    lexicon.entries
      .get(id)!
      .labels.some(
        (label) => label.isIdiom && label.language === language && labelKeys(label).some((key) => keys.has(key)),
      ),
  )
}

const heldOfAllWeight = 0.4
/** The words of a name apart from one another say less than the name. */
const typedApartWeight = 0.4
const apartWeight = 0.6

/** The units as they stand beside one another; null where one of them may be written in several ways. */
function phraseOf(run: readonly Unit[]): Phrase | null {
  const phrase: Phrase = []
  let offset = 0
  for (const { clause, word } of run) {
    const [branch, ...others] = clause.any
    if (!branch || !('phrase' in branch) || others.length > 0) return null
    for (const slot of branch.phrase) phrase.push({ ...slot, offset: offset + slot.offset })
    offset = han.test(word) ? offset + [...word].length : phrase.at(-1)!.offset + 1
  }
  return phrase
}

/** Facets that say where, when in life, how it ended, how that is known and what it takes to get it; the others say what it is. */
const circumstances: ReadonlySet<string> = new Set([
  'country',
  'region',
  'level',
  'outcome',
  'stage',
  'design',
  'access',
])
/** So do these, and terms that say how or how well; other settings, such as a prison, are what a practice is about. */
const circumstantial: ReadonlySet<string> = new Set([
  ...['urban', 'suburban', 'rural', 'remote'].map((setting) => `settings:${setting}`),
  ...['rural-schools', 'multigrade-schools', 'villages', 'remote-areas', 'low-income', ...fieldAspects].map(
    (term) => fieldPrefix + term,
  ),
])
const isPlace = ({ value }: Entry) => value?.facet === 'country' || value?.facet === 'region'
const isCircumstance = ({ id, value }: Entry) =>
  circumstantial.has(id.replace(fullerSign, '')) || (value !== undefined && circumstances.has(value.facet))

type Expanding = { asked: string[]; order: string[]; adding: Adding; namesLanguage: boolean }

/** What stands with hyphens and has no name as a whole: “онлайн-экзамены” are also found by the other names of its words. */
function chainClause({ clause, words }: Unit, expanding: Expanding): Clause {
  if (words.length < 2) return clause
  const all = unitsOf(words.join(' '), expanding.asked).map((unit) => wordClause(unit, expanding))
  const isMore = all.some(({ any }) => any.length > 1)
  return isMore ? { ...clause, any: [...clause.any, { weight: apartWeight, all }] } : clause
}

function meantBy(wanted: readonly Unit[], little: Set<Unit>, expanding: Expanding): Meant[] {
  const { asked, order, adding } = expanding
  const { lexicon } = adding
  const found = matchesIn(wanted, little, order, lexicon, asked)
  const matches = expanding.namesLanguage ? found.map((match) => withTypes(match, wanted, lexicon)) : found
  const meant: Meant[] = []
  const alternatives = new Map<number, string>()
  for (let at = 0; at < wanted.length;) {
    const match = matches.find(({ from }) => from === at)
    const run = wanted.slice(at, match?.to ?? at + 1)
    at += run.length
    if (!match) {
      const clause = chainClause(run[0]!, expanding)
      if (!little.has(run[0]!))
        meant.push({ clause: run[0]!.isName ? { ...clause, isName: true } : clause, entries: [], language: '' })
      else if (isEitherWord(run[0]!)) alternatives.set(meant.length, run[0]!.typed)
      continue
    }
    const clause = run.length > 1 ? labelClause(run, match, little, expanding) : wordClause(run[0]!, expanding, match)
    const entries = entriesOf(match, lexicon)
    const isName = run.some((unit) => unit.isName === 'surely')
    meant.push({
      clause: entries.some(isCircumstance)
        ? { ...clause, isCircumstance: true, ...(entries.some(isPlace) && { isPlace: true }) }
        : isName
          ? { ...clause, isName }
          : clause,
      entries,
      language: match.language,
    })
  }
  return eitherAt(meant, alternatives)
}

/** What a record may be called whose name is all that was typed. */
function nameIn(units: readonly Unit[], little: ReadonlySet<Unit>): string | undefined {
  const [told, ...others] = units.filter((unit) => !unit.excluded && !little.has(unit))
  const [word, ...more] = told && others.length === 0 && isPlain(told) ? told.words : []
  return word !== undefined && more.length === 0 ? surfaceOf(word) : undefined
}

/** A record that holds numbers holds them of nearly every country, named in it or not. */
const ofAll = (kinds: readonly string[]): Branch => ({ weight: heldOfAllWeight, phrase: ofKinds(kinds) })

/** Each with what is narrower, as long as there is room. */
const withNearby = (meant: Meant[], adding: Adding): Clause[] =>
  meant.map(({ clause, entries, language }) => {
    const nearby = nearbyBranches(entries, language, clause.name, adding)
    return nearby.length > 0 ? { ...clause, any: [...clause.any, ...nearby] } : clause
  })

/** Who names a language looks for what is written in it, by the words of that language. */
function languagesNamed(wanted: readonly Unit[], little: Set<Unit>, order: string[], lexicon: Lexicon): string[] {
  // Most questions name none, which few labels tell; where one is named, it may be part of another name: “French Guiana”.
  if (matchesIn(wanted, little, order, namesOfLanguages(lexicon)).length === 0) return []
  return matchesIn(wanted, little, order, lexicon)
    .flatMap((match) => entriesOf(match, lexicon))
    .flatMap(({ value }) => (value?.facet === 'language' ? [baseLanguage(value.value)] : []))
    .slice(0, mostLanguagesNamed)
}

const namesOfLanguages = lexiconOnly(({ value }) => value?.facet === 'language')

/** A question by all of its words, and the same for when that finds little: then most of them, and what is near, will do. */
export type Understood = { query: ParsedQuery; widened: () => ParsedQuery }

/** Without what finds only what is near. */
const withoutNear = (clause: Clause): Clause => ({
  ...clause,
  any: clause.any
    .filter(({ isNear }) => !isNear)
    .map((branch) => ('all' in branch ? { ...branch, all: branch.all.map(withoutNear) } : branch)),
})

/** How a question is asked: for what is near, and with kinds whose records tell what was done. */
type Asked = { isNear?: boolean; leading?: readonly string[] }

/** A question, understood: every clause must be found, by what was typed or by what means the same. */
export function understand(text: string, languages: string[], options: UnderstandOptions = {}): Understood {
  if (options.exact) {
    const query = parseQuery(text, languages)
    return { query, widened: () => query }
  }
  const { lexicon } = options
  const typed = unitsOf(withoutFrame(text), languages)
  const units = lexicon ? typed.map((unit) => unlessKnown(unit, languages, lexicon)) : typed
  const little = littleUnits(units, languages, unitsOf(text, languages))
  const { excluded, words, required } = queryOf(units.filter((unit) => !little.has(unit)))
  const kinds = lexicon && asksForNumber(text) ? lexicon.numberKinds : []
  const wanted = units.filter((unit) => !unit.excluded)
  const order = languagesFor(languages)
  const inQuestion = lexicon ? languagesNamed(wanted, little, order, lexicon) : []
  const asked = (clauses: Clause[], ways: Way[], { isNear = false, leading }: Asked = {}): ParsedQuery => {
    const preferred = preferring(languages, { kinds, leading, name: nameIn(units, little), isNear })
    const inLanguages = inQuestion.length > 0 && { inLanguages: inQuestion }
    return { required: clauses, excluded, words, ways, ...(preferred && { preferred }), ...inLanguages }
  }
  if (!lexicon) return { query: asked(required, []), widened: () => asked(loosened(required), [], { isNear: true }) }
  const names = namesFor(wanted.length - little.size)
  const named = [...languages, ...(options.chosen ?? []), ...inQuestion]
  const adding: Adding = { ways: [], languages: named, lexicon, room: mostAdded, names }
  const expanding = { asked: languages.map(baseLanguage), order, adding, namesLanguage: inQuestion.length > 0 }
  const meant = withValuesAhead(withGeneralMarked(meantBy(wanted, little, expanding)))
  const isOfWork = meant.some(isOfTechnology) || asksWhatWorks(text)
  const leading = isOfWork ? lexicon.leadingKinds : []
  const strict = meant.map(({ clause }) => withoutNear(clause))
  const query = asked(
    strict.map((clause) =>
      clause.isPlace && kinds.length > 0 ? { ...clause, any: [...clause.any, ofAll(kinds)] } : clause,
    ),
    adding.ways,
    { leading },
  )
  return {
    query,
    widened: () => {
      const more = { ...adding, ways: [...adding.ways] }
      return asked(loosened(withNearby(meant, more)), more.ways, { isNear: true, leading })
    },
  }
}
