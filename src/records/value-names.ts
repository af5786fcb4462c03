/** From what people call a filter or its value, in any of the six languages, to its name or code. */
import { languages } from '#kernel/i18n/languages.ts'
import { hasMessage, messagesIn } from '#kernel/i18n/messages.ts'
import { languageNamed, namesOfLanguages } from './vocabularies/language-names.ts'
import { codeNamed, namesIn, plainName, type ListOfNames } from './vocabularies/names.ts'
import { facetLists, facetNames, type FacetName } from './facets.ts'

const once = <Made>(make: () => Made): (() => Made) => {
  let made: Made | undefined
  return () => (made ??= make())
}

const labelsOfFacets = () =>
  facetNames.flatMap((facet) =>
    languages.map((language) => [plainName(messagesIn(language)(`facet.${facet}`)), facet] as const),
  )

/** “Niveau d’enseignement” may be typed as `niveau`; of two that begin alike, the first is meant. */
const firstWords = () => labelsOfFacets().map(([label, facet]) => [label.split(' ')[0]!, facet] as const)

const facetsByName = once(
  () =>
    new Map<string, FacetName>([
      ...firstWords().toReversed(),
      ...labelsOfFacets(),
      ...facetNames.map((facet) => [plainName(facet), facet] as const),
    ]),
)

/** `country`, and what the catalogues call it: `pays`, `страна`. */
export const facetNamed = (name: string): FacetName | undefined => facetsByName().get(plainName(name))

const fewestLetters = 3

/** Every name of a facet's values, folded → the code. */
function namesOfValues(facet: FacetName): Map<string, string> {
  if (facet === 'language') return spelt(namesOfLanguages())
  const names = new Map<string, string>()
  for (const list of facetLists[facet] ?? []) for (const [name, code] of spelt(namesIn(list))) names.set(name, code)
  return names
}

/** The first name of those that are spelt alike stays: labels stand before other names. */
function spelt({ all, codes }: ListOfNames): Map<string, string> {
  const names = new Map<string, string>()
  for (const { name, code } of all) if (!names.has(plainName(name))) names.set(plainName(name), code)
  for (const [name, code] of codes) names.set(plainName(name), code)
  return names
}

function kindNames(kinds: ReadonlyMap<string, unknown>): Map<string, string> {
  const names = new Map<string, string>()
  for (const kind of kinds.keys())
    for (const language of languages)
      for (const key of [`kind.${kind}.one`, `kind.${kind}.many`])
        if (hasMessage(key)) names.set(plainName(messagesIn(language)(key)), kind)
  for (const kind of kinds.keys()) names.set(kind, kind)
  return names
}

/** The codes that have this word in one of their names. */
function holders(names: Map<string, string>, word: string): string[] {
  if (word.length < fewestLetters) return []
  const codes = new Set<string>()
  for (const [name, code] of names) if (` ${name} `.includes(` ${word} `)) codes.add(code)
  return [...codes]
}

/** Who knows what values are called. Names are gathered when first asked for. */
export type ValueNames = {
  /** The code that a name stands for, also where the name is the beginning of one label alone: `primary`. */
  find: (facet: FacetName, name: string) => string | undefined
  /** The code that is called just so. */
  called: (facet: FacetName, name: string) => string | undefined
  /** Names of values that begin so: folded name and code. */
  begin: (facet: FacetName, beginning: string, limit: number) => string[]
}

export function valueNames(kinds: ReadonlyMap<string, unknown>): ValueNames {
  const known = new Map<FacetName, Map<string, string>>()
  const namesOf = (facet: FacetName): Map<string, string> => {
    const before = known.get(facet)
    if (before) return before
    const made = facet === 'kind' ? kindNames(kinds) : namesOfValues(facet)
    known.set(facet, made)
    return made
  }
  const begin = (facet: FacetName, beginning: string, limit: number): string[] => {
    const wanted = plainName(beginning) + (beginning.endsWith(' ') ? ' ' : '')
    const codes = new Set<string>()
    if (wanted.trim() === '') return []
    for (const [name, code] of namesOf(facet)) {
      if (name.startsWith(wanted)) codes.add(code)
      if (codes.size === limit) break
    }
    return [...codes]
  }
  const called = (facet: FacetName, name: string): string | undefined => {
    if (facet === 'language') return languageNamed(name)
    for (const list of facetLists[facet] ?? []) {
      const code = codeNamed(list, name)
      if (code !== undefined) return code
    }
    return facet === 'kind' ? namesOf(facet).get(plainName(name)) : undefined
  }
  return {
    begin,
    called,
    find: (facet, name) => {
      const exact = called(facet, name)
      if (exact !== undefined) return exact
      // Part of a country's name may be another's: nobody is led to a country that they did not name.
      if (facet === 'country') return undefined
      for (const beginning of [`${name} `, name]) {
        const codes = begin(facet, beginning, 2)
        if (codes.length === 1 && plainName(name).length >= fewestLetters) return codes[0]
      }
      const holding = holders(namesOf(facet), plainName(name))
      return holding.length === 1 ? holding[0] : undefined
    },
  }
}
