/** Filters typed among the words: `country:KE -level:primary year:2015..2020 radio`. */
import type { FacetName } from '#records/facets.ts'
import { facetNamed, type ValueNames } from '#records/value-names.ts'

export type TypedFilters = {
  /** What was typed, without the filters. */
  text: string
  filters: Partial<Record<FacetName, string[]>>
  without: Partial<Record<FacetName, string[]>>
  from?: number
  to?: number
}

const longestText = 2_000
/**
 * A filter, or a phrase, in which nothing is one. Every repetition is bounded, so that no text takes longer than its
 * length.
 */
const pieces =
  /(?<=^|\s)([-−–]?)([\p{L}\p{M}]{2,30})[:\uff1a] ?(?:["“„«]([^"“”»]{1,200})["”»]|([^\s"]{1,200}))(?=\s|$)|["“„«][^"“”»]{0,2000}["”»]/gu
const years = /^(?:(\d{1,4})|(\d{1,4})?(?:\.\.|[-–…])(\d{1,4})?)$/

/** What names no filter, or no value of it, stays among the words: `http://…`, `note: bring your own`. */
export function readTyped(text: string, names: ValueNames): TypedFilters {
  const typed: TypedFilters = { text, filters: {}, without: {} }
  if (!/[:\uff1a]/.test(text)) return typed
  const words = text
    .slice(0, longestText)
    .replace(pieces, (whole, sign?: string, name?: string, quoted?: string, bare?: string) =>
      name && takeFilter(typed, names, { excluded: sign !== '', name, value: quoted ?? bare ?? '' }) ? ' ' : whole,
    )
  const isTaken = (Object.keys({ ...typed.filters, ...typed.without }).length > 0 || typed.from) ?? typed.to
  if (!isTaken) return typed
  return { ...typed, text: (words + text.slice(longestText)).replaceAll(/\s+/g, ' ').trim() }
}

type Pair = { excluded: boolean; name: string; value: string }

function takeFilter(typed: TypedFilters, names: ValueNames, { excluded, name, value }: Pair): boolean {
  const facet = facetNamed(name)
  if (facet === 'year') return !excluded && takeYears(typed, value)
  if (!facet) return false
  const parts = value.split(',').filter(Boolean).slice(0, 20)
  const codes = parts.map((part) => codeOf(facet, part, names))
  if (codes.length === 0 || !codes.every((code) => code !== undefined)) return false
  const into = excluded ? typed.without : typed.filters
  into[facet] = [...new Set([...(into[facet] ?? []), ...codes])]
  return true
}

/** Facets without a list, such as collections, take any value as it is. */
const openFacets = new Set<FacetName>(['collection', 'outcomeDomain', 'sdg', 'sdgGoal'])
const codeOf = (facet: FacetName, part: string, names: ValueNames): string | undefined =>
  names.find(facet, part) ?? (openFacets.has(facet) ? part : undefined)

/** `2015`, `2015..2020`, `2015..`, `..2020`. */
function takeYears(typed: TypedFilters, value: string): boolean {
  const [, one, from, to] = years.exec(value) ?? []
  if (!one && !from && !to) return false
  if (one ?? from) typed.from = Number(one ?? from)
  if (one ?? to) typed.to = Number(one ?? to)
  return true
}
