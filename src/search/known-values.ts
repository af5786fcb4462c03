/** Which values the filters of search have: what no list names and no record holds was mistyped, or is long gone. */
import { isOfKnownLanguage, unknownValue } from '#records/known-codes.ts'
import type { Services } from '#kernel/context.ts'
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { taking, type Fits, type Takes } from '#kernel/http/asked-names.ts'
import { nearestOf } from '#kernel/nearest.ts'
import type { Violation } from '#kernel/problem.ts'
import { facetLists, facetNames, type FacetName } from '#records/facets.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { editionOf, type SearchRequest } from './contract.ts'
import { exclusionOf, questionNames, type SearchInput } from './input.ts'

type Knowing = Pick<Services, 'kinds' | 'search' | 'knowledge'>

const everything = { required: [], excluded: [], words: [], ways: [] }
function isListed({ kinds }: Pick<Knowing, 'kinds'>, facet: FacetName, value: string): boolean {
  if (facet === 'kind') return kinds.has(value)
  if (facet === 'language') return isOfKnownLanguage(value)
  if (facet === 'year') return /^\d{1,4}$/.test(value)
  return (facetLists[facet] ?? []).some((list) => termOf(list, value) !== undefined)
}

/** Only what no list names is looked for in the index: any record may hold a value of its own. */
async function isHeld({ search }: Pick<Knowing, 'search'>, name: string, value: string): Promise<boolean> {
  const asked: SearchRequest = {
    query: everything,
    filters: { [name]: [value] },
    sort: 'newest',
    limit: 0,
    facets: [],
    facetLimit: 0,
  }
  const key = `${name}:${value}`
  const known = heldBefore.get(search) ?? boundedCache<true>(mostRemembered)
  heldBefore.set(search, known)
  // An index that is still being made does not know what there is.
  if (known.get(key) || search.memory().rebuilding !== undefined) return true
  const isThere = (await search.search(asked)).total > 0
  if (isThere) known.set(key, true)
  return isThere
}

/** What a record held once is no slip, though the last such record may be gone: it is looked for but once. */
const heldBefore = new WeakMap<object, BoundedCache<true>>()
const mostRemembered = 1_000

/** What was probably meant: the code of this name, or the one that is spelt alike. */
function meantBy({ kinds, knowledge }: Pick<Knowing, 'kinds' | 'knowledge'>, facet: FacetName, value: string) {
  const named = knowledge.names.find(facet, value)
  if (named !== undefined && named !== value && isListed({ kinds }, facet, named)) return named
  const codes =
    facet === 'kind'
      ? [...kinds.keys()]
      : (facetLists[facet] ?? []).flatMap((list) => Object.keys(codeList(list)!.terms))
  // Of codes of two or three letters each is near to many others.
  return value.length > 3 ? nearestOf(value, codes) : undefined
}

const valueOf =
  (services: Knowing, facet: FacetName): Fits =>
  async (value) =>
    isListed(services, facet, value) ||
    (await isHeld(services, facet, value)) ||
    (meantBy(services, facet, value) ?? false)

/** `relation:identifier`; any record may be asked for, though nothing links to it. */
const linkOf =
  ({ kinds }: Pick<Knowing, 'kinds'>): Fits =>
  (value) => {
    const at = value.indexOf(':')
    const [relation, target] = [value.slice(0, at), value.slice(at + 1)]
    if (at < 1 || target === '') return false
    if (value.startsWith(editionOf)) return true
    const relations = relationsOf(kinds)
    if (relations.has(relation)) return true
    const meant = nearestOf(relation, relations)
    return meant === undefined ? false : `${meant}:${target}`
  }

const relationsKnown = new WeakMap<object, ReadonlySet<string>>()

function relationsOf(kinds: Knowing['kinds']): ReadonlySet<string> {
  const before = relationsKnown.get(kinds)
  if (before) return before
  const made = new Set([...kinds.values()].flatMap((kind) => fieldsOf(kind).flatMap(({ field }) => field.rel ?? [])))
  relationsKnown.set(kinds, made)
  return made
}

/** `facet:value`. */
const exclusionIn =
  (services: Knowing): Fits =>
  async (text) => {
    const { facet, value } = exclusionOf(text) ?? {}
    if (facet && value) {
      const known = await valueOf(services, facet)(value)
      return typeof known === 'string' ? `${facet}:${known}` : known
    }
    const at = text.indexOf(':')
    const meant = at > 0 ? nearestOf(text.slice(0, at), facetNames) : undefined
    return meant === undefined ? false : `${meant}${text.slice(at)}`
  }

const fitsOf = (services: Knowing): Record<string, Fits> => ({
  ...Object.fromEntries(facetNames.map((facet) => [facet, valueOf(services, facet)])),
  linked: linkOf(services),
  not: exclusionIn(services),
})

/** What an address that asks a question takes: all that the question can say, and `more`. */
export const questionTaken = (services: Knowing, ...more: string[]): Exclude<Takes, 'anything'> => ({
  ...taking(...questionNames, ...more),
  ...fitsOf(services),
})

/** Each is looked for: of hundreds the first are told. */
const mostTold = 10

/** The values of filters that nothing can have. */
export async function unknownValues(services: Knowing, input: Partial<SearchInput>): Promise<Violation[]> {
  const found: Violation[] = []
  for (const [name, fits] of Object.entries(fitsOf(services)))
    for (const [at, value] of ((input as Record<string, readonly string[] | undefined>)[name] ?? []).entries()) {
      const known = found.length < mostTold ? await fits(value) : true
      if (known === true) continue
      found.push(unknownValue(`${name}.${at}`, value, known || undefined))
    }
  return found
}
