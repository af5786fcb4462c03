/** The page of a search: what was meant, what was found, how else to look at it, what narrows it. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { searchSorts, type SearchSort } from '../contract.ts'
import type { SearchInput } from '../input.ts'
import type { Found } from '../search.ts'
import { briefCard, card, titleId } from '#ui/cards.ts'
import { chooser, compareForm } from '#ui/chooser.ts'
import { page } from '#ui/layout.ts'
import {
  feedOf,
  filtersOf,
  isFiltered,
  pathOf,
  queryOf,
  queryWithShape,
  resultsPerPage,
  searchViews,
  withOnly,
  withoutValue,
  type Shape,
} from '../address.ts'
import { chosen, searchInWords, filters } from './search-filters.ts'
import { inQuotes, isTold, meaning, nothingFound, offers, topics, wayText } from './search-help.ts'
import type { TableData } from './search-shown.ts'
import { isDrawn, otherView } from './search-views.ts'
import { languageWithin, valueName, type View } from '#ui/view.ts'

export type SearchPage = {
  /** The question with typed filters where filters belong. */
  input: SearchInput
  found: Found
  kinds: ReadonlyMap<string, Kind>
  shape: Shape
  /** The facet shown with all its values, when asked for. */
  opened: string | undefined
  everyFilter: boolean
  /** What other features add above and below what was found. */
  above: Content
  below: Content
  /** What a table of records of one kind shows. */
  table: TableData | undefined
}

const resultFormats = ['xlsx', 'csv', 'json', 'bib', 'ris', 'csl'] as const

export function searchPage(view: View, data: SearchPage): HttpResponse {
  const { t, absolute } = view
  const { input, found, shape, opened, everyFilter } = data
  const title = input.q ? t('search.titleFor', { words: input.q.slice(0, 100) }) : t('search.title')
  const query = queryWithShape(input, shape)
  const narrowed = filtersOf(queryOf(input))
  // Where nothing was found, only what was chosen can be changed.
  const hasFilters = found.total > 0 || isFiltered(queryOf(input))
  const openSearch = narrowed.size > 0 ? `${view.prefix}${pathOf(narrowed, '/opensearch.xml')}` : undefined
  return page(openSearch ? { ...view, openSearch } : view, {
    title,
    query: input.q,
    unlisted: true,
    keep: !found.rebuilding && !found.withoutMeaning,
    head: html`<link rel="alternate" type="application/atom+xml" title="${searchInWords(view, input).join(' · ')}" href="${absolute(`${view.prefix}${feedOf(queryOf(input))}`)}" />`,
    main: html` <h1>${title}</h1>
      <div class="split reverse ${shape.view === 'table' ? 'stacked' : ''}" id="found">
        <div>
          <p class="count" role="status">
            <strong>${found.total === 0 && found.near.length > 0 ? t('search.onlyNear', { count: found.near.length }) : t('search.found', { count: found.total })}</strong>
            ${found.works < found.total && t('search.works', { count: found.works })}
            ${hasFilters && html`<a class="jump" href="#filters">${t('search.toFilters')}</a>`}
          </p>
          ${found.rebuilding && html`<p class="warning">${t('search.rebuilding', { share: view.f.percent(found.rebuilding.done / Math.max(1, found.rebuilding.of)) })}</p>`}
          ${chosen(view, query, input, found)} ${meaning(view, query, input, found)} ${offers(view, query, found)}
          ${topics(view, query, found)} ${recommended(view, data)}
          ${data.above} ${found.total > 0 && results(view, query, data)} ${near(view, data)}
          ${found.total === 0 && nothingFound(view, query, input, found, data.kinds)}
          ${data.below}
        </div>
        ${hasFilters && html`<div class="side" id="filters">${filters(view, { query, input, found, kinds: data.kinds, opened, everyFilter })}</div>`}
      </div>`,
  })
}

/** What goes by the name that was typed, and what curators put first. */
function recommended(view: View, { found, kinds }: SearchPage): Content {
  const { named = [], best = [] } = found.assistance ?? {}
  const part = (title: string, all: readonly StoredRecord[]) =>
    all.length > 0 &&
    html`<section class="best">
      <h2>${title}</h2>
      <ol class="cards">
        ${all.map((record) => card(view, kinds.get(record.kind)!, record))}
      </ol>
    </section>`
  return html`${part(view.t('search.named'), named)}${part(view.t('search.best'), best)}`
}

const isListed = ({ view }: Shape) => view !== 'map' && view !== 'charts'

function results(view: View, query: URLSearchParams, data: SearchPage): Html {
  const { found, shape, kinds, table } = data
  const groups = shape.view === 'list' && !shape.flat ? (found.assistance?.groups ?? []) : []
  const other = otherView(view, { query, shape, found, kinds, table })
  return html`${bar(view, query, data)} ${other}
  ${groups.length > 0 ? grouped(view, query, data) : shape.view === 'list' || shape.view === 'timeline' ? list(view, data) : nothing}
  ${groups.length === 0 && isListed(shape) ? pages(view, query, data) : nothing}
  ${keeping(view, data)}`
}

/** Without words nothing matches better than the rest, and what is most useful by itself comes first. */
const sortName = ({ q }: SearchInput, sort: SearchSort) =>
  sort === 'relevance' && q.trim() === '' ? ('sort.useful' as const) : (`sort.${sort}` as const)

/** Ways of looking, sorting and taking away. */
function bar({ t, href }: View, query: URLSearchParams, { input, shape }: SearchPage): Html {
  const choice = (isOn: boolean, target: URLSearchParams, name: string) =>
    isOn
      ? html`<strong aria-current="true">${name}</strong> `
      : html`<a href="${href(pathOf(target))}" rel="nofollow">${name}</a> `
  const viewed = (one: string) => (one === 'list' ? withoutValue(query, 'view') : withOnly(query, 'view', one))
  return html`<div class="bar">
    <p class="small">
      ${t('search.view')} ${searchViews.map((one) => choice(one === shape.view, viewed(one), t(`view.${one}`)))}
    </p>
    ${
      isListed(shape) &&
      html`<p class="small">
        ${t('search.sort')}
        ${searchSorts.map((sort) => choice(sort === input.sort, sort === 'relevance' ? withoutValue(query, 'sort') : withOnly(query, 'sort', sort), t(sortName(input, sort))))}
      </p>`
    }
  </div>`
}

function list(view: View, { input, found, kinds, shape }: SearchPage): Html {
  const isDrawn = shape.view !== 'list'
  return html`<ol class="cards">
      ${found.records.map((record, i) => {
        const kind = kinds.get(record.kind)!
        const more = html`${editions(view, found.editions[i])}${why(view, input, found, record, { ways: found.foundBy[i] ?? [], foundIn: found.foundIn[i] })}`
        return isDrawn
          ? briefCard(view, kind, record, more)
          : card(view, kind, record, 2, html`${more}${chooser(view, record)}`, true)
      })}
    </ol>
    ${!isDrawn && found.records.length > 1 && compareForm(view)}`
}

const mostLanguages = 6

/** The languages that a work is in, and the way to all of its editions, the newest first. */
function editions(view: View, all: Found['editions'][number] | undefined): Content {
  if (!all) return nothing
  const { t, f, href } = view
  const own = all.values.filter((tag) => tag === view.language)
  const named = [...own, ...all.values.filter((tag) => tag !== view.language)].map((tag) => languageWithin(view, tag))
  const isSome = named.length > mostLanguages
  const languages = isSome ? f.list(named.slice(0, mostLanguages)) : named.join(f.comma)
  return html`<p class="small">
    ${own.length === 0 && t('search.notInLanguage', { language: languageWithin(view, view.language) })}
    ${named.length > 1 && t(isSome ? 'search.inLanguagesSome' : 'search.inLanguages', { count: named.length, languages })}
    <a href="${href(pathOf(new URLSearchParams({ linked: all.link, sort: 'year' })))}" rel="nofollow">${t('search.editions', { count: all.count })}</a>
  </p>`
}

/** What lacks some of what was asked, apart from what was found. */
function near(view: View, { input, found, kinds, shape }: SearchPage): Content {
  if (found.near.length === 0 || !isListed(shape)) return nothing
  const { t, f } = view
  // Where nothing else was found, the number above is of these.
  const isAlone = found.total === 0
  return html`<section class="near">
    <h2>${t(isAlone ? 'search.related' : 'search.near')}</h2>
    <p class="small">${f.sentences(t(found.ways.some(({ kind }) => kind === 'meaning') ? 'search.nearNoteMeaning' : 'search.nearNote'), !isAlone && t('search.nearApart'))}</p>
    <ol class="cards">
      ${found.near.map((record, i) => card(view, kinds.get(record.kind)!, record, 3, why(view, input, found, record, { ways: found.nearFoundBy[i]!, lacks: found.nearMissing[i]!, foundIn: found.nearFoundIn[i] }), true))}
    </ol>
  </section>`
}

/** Why a record is here: the way it was found by, where it was not as typed, and the whole account of its place. */
function why(
  view: View,
  input: SearchInput,
  found: Found,
  record: StoredRecord,
  { ways, lacks = [], foundIn }: { ways: number[]; lacks?: string[]; foundIn: string | null | undefined },
): Content {
  const told = ways
    .map((way) => found.ways[way]!)
    .filter((way) => isTold(view, way, record, foundIn))
    .map((way) => wayText(view, way))
  const lacking =
    lacks.length > 0 ? [view.t('search.missing', { words: inQuotes(view, lacks).join(view.f.comma) })] : []
  return whyLine(view, input, record, [...foundInEdition(view, foundIn), ...told, ...lacking])
}

/** That the words are in another edition than the one that is shown. */
const foundInEdition = (view: View, language: string | null | undefined): string[] =>
  language ? [view.t('search.foundIn', { language: languageWithin(view, language) })] : []

const questions = new WeakMap<SearchInput, URLSearchParams>()

/** The question as it stands in addresses: all results of a page lead back to it. */
function questionOf(input: SearchInput): URLSearchParams {
  const known = questions.get(input)
  if (known) return known
  const made = queryOf(input)
  questions.set(input, made)
  return made
}

function whyLine(view: View, input: SearchInput, record: StoredRecord, ways: readonly string[] = []): Content {
  if (!input.q) return nothing
  const own = `w${record.number}`
  return html`<p class="why">
    ${ways.map((text) => html`${text}${view.f.stop}`)}<a
      id="${own}"
      aria-labelledby="${own} ${titleId(record)}"
      href="${view.href(pathOf(questionOf(input), `/search/explanations/${record.id}`))}"
      rel="nofollow"
      >${view.t('search.why')}</a
    >
  </p>`
}

/** The best of each kind, where the question leaves open which is meant. */
function grouped(view: View, query: URLSearchParams, { input, found, kinds }: SearchPage): Html {
  const { t, href } = view
  return html`${found.assistance!.groups.map(
    ({ kind, total, records, foundIn }) =>
      html`<section>
          <h2>${valueName(view, 'kind', kind)}</h2>
          <ol class="cards">
            ${records.map((record, i) => card(view, kinds.get(record.kind)!, record, 3, whyLine(view, input, record, foundInEdition(view, foundIn[i])), true))}
          </ol>
          ${total > records.length && html`<p><a href="${href(pathOf(withOnly(query, 'kind', kind)))}" rel="nofollow">${t('search.allOfKind', { count: total, kind: valueName(view, 'kind', kind) })}</a></p>`}
        </section>`,
  )}
    <p><a class="button" href="${href(pathOf(withOnly(query, 'flat', 'true')))}" rel="nofollow">${t('search.flat')}</a></p>`
}

function pages(view: View, query: URLSearchParams, { input, found, shape }: SearchPage): Html {
  const { t, href } = view
  const next = found.next ? withOnly(query, 'after', found.next) : undefined
  return html`<nav class="pages" aria-label="${t('search.pages')}">
    ${input.after && html`<a href="${href(pathOf(query))}" rel="nofollow">${t('search.first')}</a>`}${next && html`<a class="button" href="${href(pathOf(next))}" rel="next nofollow">${t('search.next')}</a>`}
  </nav>
  ${shape.view === 'list' && found.total > resultsPerPage[0] && perPage(view, query, shape)}`
}

function perPage({ t, f, href }: View, query: URLSearchParams, { limit: chosen = resultsPerPage[0] }: Shape): Html {
  const withLimit = (limit: number) =>
    limit === resultsPerPage[0] ? withoutValue(query, 'limit') : withOnly(query, 'limit', String(limit))
  return html`<p class="small">
    ${t('search.perPage')}
    ${resultsPerPage.map((limit) =>
      limit === chosen
        ? html`<strong aria-current="true">${f.number(limit)}</strong> `
        : html`<a href="${href(pathOf(withLimit(limit)))}" rel="nofollow">${f.number(limit)}</a> `,
    )}
  </p>`
}

/** The search taken away: everything found as a file, and addresses to keep, to follow and to show elsewhere. */
function keeping({ t, href, absolute, prefix }: View, { input, shape }: SearchPage): Html {
  const query = queryOf(input)
  const embedded = isDrawn(shape.view) ? queryWithShape(input, shape) : query
  const lasting = absolute(`${prefix}${pathOf(query)}`)
  const frame = `<iframe src="${absolute(`${prefix}${pathOf(embedded, '/embed/search')}`)}" width="100%" height="500"></iframe>`
  return html`<details class="keep">
    <summary>${t('search.keep')}</summary>
    <p>
      ${t('search.download')}
      ${resultFormats.map((format) => html`<a href="${href(pathOf(query, `/search.${format}`))}" rel="nofollow" download>${t(`format.${format}`)}</a> `)}
      <span class="small">${t('search.downloadAbout')}</span>
    </p>
    <dl>
      <dt>${t('search.address')}</dt>
      <dd><a href="${lasting}" rel="nofollow"><bdi class="long">${lasting}</bdi></a></dd>
      <dt>${t('search.follow')}</dt>
      <dd><a href="${href(feedOf(query))}" rel="nofollow">Atom</a></dd>
      <dt>${t('search.embed')}</dt>
      <dd><code class="long">${frame}</code></dd>
      <dt>${t('search.embedHtml')}</dt>
      <dd><a href="${href(pathOf(embedded, '/embed/search/html'))}" rel="nofollow">HTML</a></dd>
      <dt>${t('search.asData')}</dt>
      <dd><a href="${pathOf(query, '/api/search')}" rel="nofollow"><bdi class="long">${absolute(pathOf(query, '/api/search'))}</bdi></a></dd>
    </dl>
  </details>`
}
