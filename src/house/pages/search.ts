import { html, nothing, type Content, type Html } from '#core/html/html.ts'
import type { Answer } from '#core/web/answer.ts'
import type { Kind } from '../kind.ts'
import { searchSorts, type FacetCount } from '../search/contract.ts'
import { facetNames } from '../search/document.ts'
import type { SearchInput } from '../search/input.ts'
import type { Found } from '../search/operation.ts'
import { card } from './cards.ts'
import { page } from './layout.ts'
import { valueLanguage, valueName, type View } from './view.ts'

export type SearchPage = {
  input: SearchInput
  found: Found
  kinds: ReadonlyMap<string, Kind>
  /** The facet shown with all its values, when asked for. */
  opened: string | undefined
}

const shownValues = 8
const resultFormats = ['json', 'csv', 'bib', 'ris', 'csl'] as const

export function searchPage(view: View, { input, found, kinds, opened }: SearchPage): Answer {
  const { t } = view
  const title = input.q ? t('search.titleFor', { words: input.q.slice(0, 100) }) : t('search.title')
  const query = queryOf(input)
  return page(view, {
    title,
    query: input.q,
    unlisted: true,
    main: html` <h1>${title}</h1>
      <div class="split reverse">
        <div>
          <p class="count" role="status">
            <strong>${t('search.found', { count: found.total })}</strong>
            <a class="jump" href="#filters">${t('search.filters')}</a>
          </p>
          ${chosen(view, query, input)}
          ${found.total > 0 ? results(view, query, input, found, kinds) : nothingFound(view, query, input)}
        </div>
        <div class="side" id="filters">${filters(view, query, input, found, opened)}</div>
      </div>`,
  })
}

/** The search as an address says it, without what is usual. */
export function queryOf(input: SearchInput): URLSearchParams {
  const query = new URLSearchParams()
  if (input.q) query.set('q', input.q)
  for (const facet of [...facetNames, 'linked'] as const)
    for (const value of input[facet] ?? []) query.append(facet, value)
  if (input.from !== undefined) query.set('from', String(input.from))
  if (input.to !== undefined) query.set('to', String(input.to))
  if (input.sort !== 'relevance') query.set('sort', input.sort)
  return query
}

const pathOf = (query: URLSearchParams, path = '/search') => (query.size ? `${path}?${query}` : path)

function changed(query: URLSearchParams, change: (copy: URLSearchParams) => void): URLSearchParams {
  const copy = new URLSearchParams(query)
  change(copy)
  return copy
}
const withValue = (query: URLSearchParams, name: string, value: string) =>
  changed(query, (copy) => copy.append(name, value))
const withoutValue = (query: URLSearchParams, name: string, value?: string) =>
  changed(query, (copy) => (value === undefined ? copy.delete(name) : copy.delete(name, value)))
const withOnly = (query: URLSearchParams, name: string, value: string) =>
  changed(query, (copy) => copy.set(name, value))

function results(
  view: View,
  query: URLSearchParams,
  input: SearchInput,
  found: Found,
  kinds: ReadonlyMap<string, Kind>,
): Html {
  const { t, href } = view
  const next = found.next ? withOnly(query, 'after', found.next) : undefined
  return html`<div class="bar">
      <p class="small">
        ${t('search.sort')}
        ${searchSorts.map((sort) => (sort === input.sort ? html`<strong aria-current="true">${t(`sort.${sort}`)}</strong> ` : html`<a href="${href(pathOf(withOnly(query, 'sort', sort)))}" rel="nofollow">${t(`sort.${sort}`)}</a> `))}
      </p>
      <p class="small">
        ${t('search.download')}
        ${resultFormats.map((format) => html`<a href="${href(pathOf(query, `/search.${format}`))}" rel="nofollow" download>${t(`format.${format}`)}</a> `)}
      </p>
    </div>
    <ol class="cards">
      ${found.records.map((record) => card(view, kinds.get(record.kind)!, record, 2))}
    </ol>
    <nav class="pages" aria-label="${t('search.pages')}">
      ${input.after && html`<a href="${href(pathOf(query))}" rel="nofollow">${t('search.first')}</a>`}${next && html`<a class="button" href="${href(pathOf(next))}" rel="next nofollow">${t('search.next')}</a>`}
    </nav>`
}

/** What stands in the way, and ways out of it. */
function nothingFound(view: View, query: URLSearchParams, input: SearchInput): Html {
  const { t, href } = view
  const words = input.q.split(/\s+/).filter(Boolean)
  const isFiltered = withoutValue(query, 'q').size > (query.has('sort') ? 1 : 0)
  return html`<section class="notice">
    <h2>${t('search.nothing')}</h2>
    <ul>
      ${isFiltered && html`<li><a href="${href(pathOf(input.q ? new URLSearchParams({ q: input.q }) : new URLSearchParams()))}">${t('search.withoutFilters')}</a></li>`}
      ${words.length > 1 && words.slice(0, 8).map((word) => html`<li><a href="${href(pathOf(withOnly(query, 'q', word)))}">${t('search.only', { word })}</a></li>`)}
      <li>${t('search.otherWords')}</li>
      <li>
        <a href="${href('/search')}">${t('search.everything')}</a> · <a href="${href('/areas')}">${t('nav.areas')}</a> ·
        <a href="${href('/help')}">${t('nav.help')}</a>
      </li>
    </ul>
  </section>`
}

/** Filters in force, each with its way out. */
function chosen(view: View, query: URLSearchParams, input: SearchInput): Content {
  const { t, href } = view
  const chips = [...facetNames, 'linked' as const].flatMap((facet) =>
    (input[facet] ?? []).map((value) => ({
      name: `${t(`facet.${facet}`)}: ${facet === 'linked' ? t('search.linkedHere') : valueName(view, facet, value)}`,
      query: withoutValue(query, facet, value),
    })),
  )
  if (input.from !== undefined || input.to !== undefined)
    chips.push({
      name: `${t('facet.year')}: ${input.from ?? '…'}–${input.to ?? '…'}`,
      query: changed(query, (copy) => (copy.delete('from'), copy.delete('to'))),
    })
  if (chips.length === 0) return nothing
  return html`<ul class="chips" aria-label="${t('search.chosen')}">
    ${chips.map(
      (chip) =>
        html`<li>
          <a href="${href(pathOf(chip.query))}" rel="nofollow"
            >${chip.name} <span aria-hidden="true">×</span><span class="hidden">${t('search.remove')}</span></a
          >
        </li>`,
    )}
  </ul>`
}

function filters(
  view: View,
  query: URLSearchParams,
  input: SearchInput,
  found: Found,
  opened: string | undefined,
): Html {
  const { t, href } = view
  const useful = facetNames.filter(
    (facet) => facet !== 'year' && (isUseful(found.facets[facet], found.total) || input[facet]?.length),
  )
  const shown = opened ? useful.filter((facet) => facet === opened) : useful
  const kept = [...withoutValue(withoutValue(query, 'from'), 'to')]
  return html`<nav aria-label="${t('search.filters')}">
      <h2>${t('search.filters')}</h2>
      ${opened && html`<p><a href="${href(pathOf(query))}">${t('search.allFilters')}</a></p>`}
      ${shown.map((facet, i) => facetGroup(view, query, facet, found.facets[facet] ?? [], input[facet] ?? [], facet === opened, i < 4))}
    </nav>
    <form action="${href('/search')}" class="years">
      <fieldset>
        <legend>${t('facet.year')}</legend>
        ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
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
const isUseful = (counts: readonly FacetCount[] | undefined, total: number) =>
  counts !== undefined && counts.some(({ count }) => count < total)

function facetGroup(
  view: View,
  query: URLSearchParams,
  facet: string,
  counts: readonly FacetCount[],
  selected: readonly string[],
  isOpened: boolean,
  open: boolean,
): Html {
  const { t, f, href } = view
  const isOn = (value: string) => selected.includes(value)
  const ordered = isOpened ? counts : counts.filter(({ value }, i) => i < shownValues || isOn(value))
  const items = ordered.map(({ value, count }) => {
    const on = isOn(value)
    const language = valueLanguage(view, facet, value)
    const name = html`<span${language ? html` lang="${language}"` : nothing}>${valueName(view, facet, value)}</span>`
    const target = on ? withoutValue(query, facet, value) : withValue(query, facet, value)
    return html`<li>
      <a href="${href(pathOf(target))}" rel="nofollow" ${on ? html` aria-current="true"` : nothing}
        >${name}<span class="n"><span class="hidden">, </span>${f.number(count)}</span></a
      >
    </li>`
  })
  const more =
    !isOpened &&
    counts.length > shownValues &&
    html`<li>
      <a class="more" href="${href(pathOf(withOnly(query, 'all', facet)))}#filters" rel="nofollow"
        >${t('search.more', { facet: t(`facet.${facet}`) })}</a
      >
    </li>`
  return html`<details${open || selected.length || isOpened ? html` open` : nothing}><summary>${t(`facet.${facet}`)}</summary><ul>${items}${more}</ul></details>`
}
