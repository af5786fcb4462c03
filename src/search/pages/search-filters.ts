/** The filters beside the results, and those in force above them. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { FacetCount } from '../contract.ts'
import { facetNames, usualFacets, type FacetName } from '#records/facets.ts'
import { exclusionOf, type SearchInput } from '../input.ts'
import type { Found } from '../search.ts'
import { byInterest, type Kind } from '#records/kind.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { changed, pathOf, withOnly, withoutValue, withoutYears } from '../address.ts'
import { valueLanguage, valueName, type View } from '#ui/view.ts'

const shownValues = 6
/** Of kinds those that most people look for are among the first. */
const shownKinds = 8
const shownOf = (facet: FacetName) => (facet === 'kind' ? shownKinds : shownValues)
/** One more tells that there are more, and one is not shown ({@link wholeWorld}). */
export const valuesCounted = shownValues + 2
/** In an address, in place of the name of one filter: all of them. */
export const everyFacet = 'filters'
const openedAtFirst = 4

/** Filters whose values lie in one another, and the list that says how. */
export const trees: Partial<Record<FacetName, string>> = { region: 'regions', subject: 'subjects' }

/** What holds everything is no choice (M49). */
export const wholeWorld = '001'

type Filters = {
  query: URLSearchParams
  input: SearchInput
  found: Found
  kinds: ReadonlyMap<string, Kind>
  /** The filter shown with all its values, when asked for. */
  opened: string | undefined
  /** Whether all filters were asked for. */
  everyFilter: boolean
}

type Chip = { name: string; query: URLSearchParams; total: number | undefined }

/** What a search asks for, its words first: what a feed of it is called. */
export const searchInWords = (view: View, input: SearchInput): string[] => [
  input.q ? view.t('search.titleFor', { words: input.q.slice(0, 100) }) : view.t('search.title'),
  ...filtersInWords(view, input),
]

/** What an address asks for beside words, in words. */
export const filtersInWords = (view: View, input: SearchInput): string[] =>
  chipsOf(view, new URLSearchParams(), input, () => undefined).map(({ name }) => name)

function chipsOf(
  view: View,
  query: URLSearchParams,
  input: SearchInput,
  without: (facet: string) => number | undefined,
): Chip[] {
  const { t } = view
  const chips: Chip[] = [...facetNames, 'linked' as const].flatMap((facet) =>
    (input[facet] ?? []).map((value) => ({
      name: `${t(`facet.${facet}`)}${view.f.colon}${facet === 'linked' ? t('search.linkedHere') : valueName(view, facet, value)}`,
      query: withoutValue(query, facet, value),
      total: input[facet]!.length === 1 ? without(facet) : undefined,
    })),
  )
  for (const text of input.not ?? []) {
    const exclusion = exclusionOf(text)
    if (!exclusion) continue
    const { facet, value } = exclusion
    const name = t('search.notValue', { facet: t(`facet.${facet}`), value: valueName(view, facet, value) })
    chips.push({ name, query: withoutValue(query, 'not', text), total: undefined })
  }
  if (input.from !== undefined || input.to !== undefined)
    chips.push({
      name: `${t('facet.year')}${view.f.colon}${input.from ?? '…'}–${input.to ?? '…'}`,
      query: withoutYears(query),
      total: without('year'),
    })
  return chips
}

/** Filters in force, each with its way out and with what would be found without it. */
export function chosen(view: View, query: URLSearchParams, input: SearchInput, found: Found): Content {
  const { t, f, href } = view
  const chips = chipsOf(view, query, input, (facet) => found.totalWithout[facet])
  if (chips.length === 0) return nothing
  return html`<ul class="chips" aria-label="${t('search.chosen')}">
    ${chips.map(
      (chip) =>
        html`<li>
          <a href="${href(pathOf(chip.query))}" rel="nofollow"
            >${chip.name} <span aria-hidden="true">×</span
            ><span class="hidden"
              >${chip.total === undefined ? t('search.remove') : t('search.removeFor', { count: chip.total })}</span
            >${chip.total === undefined ? nothing : html` <span class="n" aria-hidden="true">${f.number(chip.total)}</span>`}</a
          >
        </li>`,
    )}
  </ul>`
}

/** Kinds in the order in which people look for them, however many records each has; what is chosen comes first. */
function kindsInOrder(counts: readonly FacetCount[], kinds: Filters['kinds'], chosen: readonly string[]): FacetCount[] {
  const isChosen = ({ value }: FacetCount) => Number(chosen.includes(value))
  const known = counts.filter(({ value }) => kinds.has(value))
  return known.sort((a, b) => isChosen(b) - isChosen(a) || byInterest(kinds.get(a.value)!, kinds.get(b.value)!))
}

function countsOf({ found, kinds, input }: Filters, facet: FacetName): readonly FacetCount[] {
  const counts = found.facets[facet] ?? []
  return facet === 'kind'
    ? kindsInOrder(counts, kinds, input.kind ?? [])
    : counts.filter(({ value }) => value !== wholeWorld)
}

export function filters(view: View, asked: Filters): Html {
  const { query, input, found, opened, everyFilter } = asked
  const { t, href } = view
  const useful = facetNames.filter(
    (facet) => facet !== 'year' && (isUseful(found.facets[facet], found.total) || input[facet]?.length),
  )
  const begun = `${pathOf(query)}${query.size ? '&' : '?'}`
  const isShown = (facet: FacetName) =>
    opened ? facet === opened : everyFilter || usualFacets.has(facet) || input[facet]?.length
  const shown = useful.filter(isShown)
  return html`<nav aria-label="${t('search.filters')}">
      <h2>${t('search.filters')}</h2>
      ${opened && html`<p><a href="${href(pathOf(query))}">${t('search.allFilters')}</a></p>`}
      ${shown.map((facet, i) =>
        facetGroup(view, {
          query,
          begun,
          facet,
          counts: countsOf(asked, facet),
          selected: input[facet] ?? [],
          isOpened: facet === opened,
          isOpen: i < openedAtFirst,
        }),
      )}
      ${!opened && shown.length < useful.length && html`<p><a class="more" href="${href(pathOf(withOnly(query, 'all', everyFacet)))}#filters" rel="nofollow">${t('search.allFilters')} <span class="n">${view.f.number(useful.length)}</span></a></p>`}
      ${yearsForm(view, query, input)}
    </nav>`
}

function yearsForm({ t, href }: View, query: URLSearchParams, input: SearchInput): Html {
  return html`<form action="${href('/search')}" class="years">
    <fieldset>
      <legend>${t('facet.year')}</legend>
      ${[...withoutYears(query)].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <label
        >${t('search.from')}
        <input name="from" inputmode="numeric" pattern="[0-9]{4}" size="4" value="${input.from ?? ''}"
      /></label>
      <label
        >${t('search.to')} <input name="to" inputmode="numeric" pattern="[0-9]{4}" size="4" value="${input.to ?? ''}"
      /></label>
      <button>${t('search.apply')}</button>
    </fieldset>
  </form>`
}

/** A filter that would change nothing is not offered. */
export const isUseful = (counts: readonly FacetCount[] | undefined, total: number): boolean =>
  counts !== undefined && counts.some(({ count }) => count < total)

type Group = {
  query: URLSearchParams
  /** Its address as far as a further value: a hundred links share it, so it is written once. */
  begun: string
  facet: FacetName
  counts: readonly FacetCount[]
  selected: readonly string[]
  isOpened: boolean
  isOpen: boolean
}

function facetGroup(view: View, group: Group): Html {
  const { t, href } = view
  const { query, facet, counts, selected, isOpened, isOpen } = group
  const id = `f-${facet}`
  const list = trees[facet]
  const values = list
    ? branches(view, group, list, undefined)
    : html`<ul>
        ${(isOpened ? counts : counts.filter(({ value }, i) => i < shownOf(facet) || selected.includes(value))).map((count) => html`<li>${valueLink(view, group, count)}</li>`)}
      </ul>`
  const hidden = list ? counts.length > rootsOf(counts, list).length : counts.length > shownOf(facet)
  const more =
    !isOpened &&
    hidden &&
    html`<p>
      <a class="more" href="${href(pathOf(withOnly(query, 'all', facet)))}#filters" rel="nofollow"
        >${t('search.more', { facet: t(`facet.${facet}`) })}</a
      >
    </p>`
  return html`<details id="${id}"${isOpen || selected.length || isOpened ? html` open` : nothing}><summary>${t(`facet.${facet}`)}</summary>${values}${more}</details>`
}

const broaderOf = (list: string, value: string): string | undefined => {
  const broader = termOf(list, value)?.$broader
  return typeof broader === 'string' ? broader : undefined
}

/** The values that lie in no other value that is here. */
function rootsOf(counts: readonly FacetCount[], list: string): FacetCount[] {
  const here = new Set(counts.map(({ value }) => value))
  return counts.filter(({ value }) => !here.has(broaderOf(list, value) ?? ''))
}

/** The values below one, each with those below it where it is chosen, or where something in it is. */
function branches(view: View, group: Group, list: string, above: string | undefined): Html {
  const { counts, selected, isOpened } = group
  const level =
    above === undefined ? rootsOf(counts, list) : counts.filter(({ value }) => broaderOf(list, value) === above)
  if (level.length === 0) return nothing
  const isOnTheWay = (value: string): boolean =>
    isOpened || selected.some((one) => one === value || isWithin(list, one, value))
  return html`<ul>
    ${level.map((count) => html`<li>${valueLink(view, group, count)}${isOnTheWay(count.value) && branches(view, group, list, count.value)}</li>`)}
  </ul>`
}

function isWithin(list: string, value: string, above: string): boolean {
  const broader = broaderOf(list, value)
  return broader !== undefined && (broader === above || isWithin(list, broader, above))
}

function valueLink(view: View, group: Group, { value, count }: FacetCount): Html {
  const { f, href } = view
  const { query, facet, selected } = group
  const isOn = selected.includes(value)
  const language = valueLanguage(view, facet, value)
  const name = html`<span${language ? html` lang="${language}"` : nothing}>${valueName(view, facet, value)}</span>`
  const target = isOn ? pathOf(withoutValue(query, facet, value)) : chosenIn(group, value)
  // The address ends at the filter's own place, so that the reader stays there.
  return html`<a href="${href(target)}#f-${facet}" rel="nofollow"${isOn ? html` aria-current="true"` : nothing}>${name} <span class="n">${f.number(count)}</span></a>`
}

/** Needs no escape in an address. */
const isCode = /^[\w.-]+$/

/** In a tree, choosing a value inside one that is chosen takes its place: both together would be the wider one. */
function chosenIn({ query, facet, begun }: Group, value: string): string {
  const list = trees[facet]
  if (!list || !query.has(facet))
    return isCode.test(value) ? `${begun}${facet}=${value}` : `${begun}${new URLSearchParams({ [facet]: value })}`
  const target = changed(query, (copy) => {
    for (const other of query.getAll(facet)) if (isWithin(list, value, other)) copy.delete(facet, other)
    copy.append(facet, value)
  })
  return pathOf(target)
}
