/** Filters of a page by the terms of code lists, and where its list goes on: read from its address, and offered in its form. */
import type { FacetCount } from '#records/facets.ts'
import type { Fits } from '#kernel/http/asked-names.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { codeIn } from '#records/known-codes.ts'
import { plainLabel, type View } from './view.ts'

/** The name in the address, and the list of its values. */
type CodeFilter = { name: string; list: string }

/** The terms of a list to choose from; countries in the order of their names. */
export const optionsOf = (view: View, list: string): { value: string; name: string }[] => {
  const options = Object.keys(codeList(list)!.terms).map((value) => ({ value, name: plainLabel(view, list, value) }))
  return list === 'countries' ? options.toSorted((a, b) => view.f.compare(a.name, b.name)) : options
}

/** Only the terms that something has, each with how many; what is chosen stays, though nothing has it. */
export const optionsHeld = (
  view: View,
  list: string,
  held: readonly FacetCount[],
  chosen?: string,
): { value: string; name: string }[] => {
  const counts = new Map(held.map(({ value, count }) => [value, count]))
  return optionsOf(view, list).flatMap(({ value, name }) => {
    const count = counts.get(value)
    return count || value === chosen
      ? [{ value, name: count ? `${name}${view.f.bracketed(view.f.number(count))}` : name }]
      : []
  })
}

/** What an address takes of these filters: the codes of their lists. Who writes a name is told its code. */
export const codesTaken = (filters: readonly CodeFilter[]): Record<string, Fits> =>
  Object.fromEntries(filters.map(({ name, list }) => [name, codeOf(list)]))

/** A code of this list. */
export const codeOf =
  (list: string): Fits =>
  (value) =>
    codeIn(list, value)

/** What is chosen; what is no code of its list is passed over, as an empty choice is. */
export const codesIn = (query: URLSearchParams, filters: readonly CodeFilter[]): Record<string, string> =>
  Object.fromEntries(
    filters.flatMap(({ name, list }) => {
      const value = query.get(name) ?? ''
      return termOf(list, value) ? [[name, value]] : []
    }),
  )

const furthest = 5_000

/** Where the list goes on (`after`); at its beginning where the address says nothing that could be. */
export const afterIn = (query: URLSearchParams): number =>
  Math.min(Number(/^\d{1,4}$/.exec(query.get('after') ?? '')?.[0] ?? 0), furthest)
