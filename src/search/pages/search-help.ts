/** What helps a reader on: what was meant, why something is found, ways out where nothing is. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Way } from '../contract.ts'
import { facetNames } from '#records/facets.ts'
import type { SearchInput } from '../input.ts'
import type { Found } from '../search.ts'
import type { Topic } from '../assist.ts'
import { baseLanguage } from '../query/stem.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { card } from '#ui/cards.ts'
import { changed, pathOf, withOnly, withoutValue, withoutYears } from '../address.ts'
import { languageWithin, textOf, valueName, type View } from '#ui/view.ts'

const mostWays = 6

/** “… says … in French”, for one way in which something was found. */
export function wayText(view: View, { kind, typed, words, language }: Way): string {
  const name = language ? languageWithin(view, language) : ''
  const isTranslated = kind === 'translation' && name !== ''
  return view.t(isTranslated ? 'way.translation' : kind === 'translation' ? 'way.synonym' : `way.${kind}`, {
    typed,
    words,
    language: name,
  })
}

/** Worth a word beside a record: no other name that is the same word, and none in a language that neither the reader nor the record is in. */
export const isTold = (
  { language: own }: Pick<View, 'language'>,
  { kind, typed, words, language }: Way,
  { body }: Pick<StoredRecord, 'body'>,
): boolean =>
  (kind !== 'synonym' && kind !== 'translation') ||
  (plainName(typed) !== plainName(words) &&
    (!language || [own, 'en', body.originalLanguage].some((one) => baseLanguage(one) === language)))

/** The words typed with one of them changed, however it was written. */
function withWord(q: string, typed: string, words: string): string {
  const wanted = plainName(typed)
  const pieces = q.split(/(\s+)/)
  const at = pieces.findIndex((piece) => plainName(piece.replaceAll(edges, '')) === wanted)
  return at < 0
    ? q
    : pieces
        .map((piece, i) => (i === at ? words : piece))
        .join('')
        .replaceAll(/\s+/g, ' ')
        .trim()
}

/** What the results were found by beside the typed words, and the way back to these alone. */
export function meaning(view: View, query: URLSearchParams, input: SearchInput, found: Found): Content {
  const { t, href } = view
  if (input.exact && input.q)
    return html`<p class="small">
      ${t('search.isExact')} <a href="${href(pathOf(withoutValue(query, 'exact')))}" rel="nofollow">${t('search.notExact')}</a>
    </p>`
  const told = found.records.flatMap((record, i) =>
    (found.foundBy[i] ?? []).filter((place) => isTold(view, found.ways[place]!, record)),
  )
  const ways = [...new Set(told)].map((place) => found.ways[place]!)
  const used = [...new Map(ways.map((way) => [`${way.kind} ${way.words}`, way])).values()].slice(0, mostWays)
  const { spared = [] } = found
  if (found.foundBy.every((by) => by.length === 0) && spared.length === 0) return nothing
  // What the best find was not found by need not be what was meant.
  const slips = (found.foundBy[0] ?? []).map((place) => found.ways[place]!).filter(({ kind }) => kind === 'spelling')
  const corrected = slips.reduce((q, { typed, words }) => withWord(q, typed, words), input.q)
  return html`<div class="notice">
    ${slips.length > 0 && corrected !== input.q && html`<p>${t('search.didYouMean')} <a href="${href(pathOf(withOnly(query, 'q', corrected)))}" rel="nofollow"><strong>${corrected}</strong></a></p>`}
    <p class="small">
      ${
        used.length > 0 &&
        html`${t('search.also')} ${joined(
          used.map(({ words, language }) => html`<bdi${language ? html` lang="${language}"` : nothing}>${words}</bdi>`),
          view.f.comma,
        )}${view.f.stop}`
      }
      ${spared.length > 0 && `${t('search.spared', { words: view.f.list(spared) })} `}
      <a href="${href(pathOf(withOnly(query, 'exact', 'true')))}" rel="nofollow">${t('search.onlyTyped')}</a>
    </p>
  </div>`
}

/** Filters that plain words name. */
export function offers(view: View, query: URLSearchParams, found: Found): Content {
  const all = found.assistance?.offers ?? []
  if (all.length === 0) return nothing
  const { t, f, href } = view
  const target = (offer: (typeof all)[number]) =>
    changed(query, (copy) => {
      if (offer.q) copy.set('q', offer.q)
      else copy.delete('q')
      for (const { facet, value } of offer.filters) copy.append(facet, value)
    })
  return html`<div class="offers">
    <p id="offers">${t('search.offers')}</p>
    <ul class="chips" aria-labelledby="offers">
      ${all.map(
        (offer) =>
          html`<li>
            <a href="${href(pathOf(target(offer)))}" rel="nofollow"
              >${joined(
                offer.filters.map(
                  ({ facet, value }) => html`${t(`facet.${facet}`)}${view.f.colon}${valueName(view, facet, value)}`,
                ),
                ' + ',
              )}
              <span class="n">${f.number(offer.total)}</span></a
            >
          </li>`,
      )}
    </ul>
  </div>`
}

/** Concepts above and below the one that was typed, each with what it would find. */
export function topics(view: View, query: URLSearchParams, found: Found): Content {
  const { broader = [], narrower = [] } = found.assistance ?? {}
  if (broader.length + narrower.length === 0) return nothing
  const line = (name: MessageKey, all: readonly Topic[]) =>
    all.length > 0 &&
    html`<p class="small">
      ${view.t(name)}
      ${joined(
        all.map(({ record, total }) => {
          const title = record.body.title[view.language] ?? record.body.title[record.body.originalLanguage] ?? ''
          return html`<a href="${view.href(pathOf(withOnly(query, 'q', `"${title}"`)))}" rel="nofollow"
              >${textOf(view, record.body.title, record.body.originalLanguage)}</a
            > <span class="n">${view.f.number(total)}</span>`
        }),
        view.f.comma,
      )}
    </p>`
  return html`<nav class="topics" aria-label="${view.t('search.topics')}">
    ${line('search.broader', broader)}${line('search.narrower', narrower)}
  </nav>`
}

const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu

/** The words that were looked for, each but once, as they were typed; little words find everything, and help nobody alone. */
function wordsLookedFor(q: string, looked: readonly string[]): string[] {
  const known = new Set(looked.map(plainName))
  const typed = q.split(/\s+/).map((word) => word.replaceAll(edges, ''))
  const found = typed.filter((word) => known.has(plainName(word)))
  // Where words stand without spaces, search knows where one ends.
  return found.length > 0 ? [...new Map(found.map((word) => [plainName(word), word])).values()] : [...looked]
}

/** Where no single change would help: the words without filters, and each word alone. */
function smallerQuestions({ t, href }: View, query: URLSearchParams, input: SearchInput, looked: string[]): Content {
  const words = wordsLookedFor(input.q, looked)
  const alone = new URLSearchParams(input.q ? { q: input.q } : {})
  const isFiltered = [...query.keys()].some(
    (name) => !['q', 'sort', 'exact', 'view', 'columns', 'of', 'zoom', 'flat'].includes(name),
  )
  return html`${isFiltered && html`<li><a href="${href(pathOf(alone))}" rel="nofollow">${t('search.withoutFilters')}</a></li>`}${words.length > 1 && words.slice(0, 8).map((word) => html`<li><a href="${href(pathOf(withOnly(query, 'q', word)))}" rel="nofollow">${t('search.only', { word })}</a></li>`)}`
}

/** What stands in the way, and ways out of it. */
export function nothingFound(
  view: View,
  query: URLSearchParams,
  input: SearchInput,
  found: Found,
  kinds: ReadonlyMap<string, Kind>,
): Html {
  const { t, href } = view
  const item = (path: string, text: string, total: number) =>
    html`<li><a href="${href(path)}" rel="nofollow">${text}</a> <span class="n">${view.f.number(total)}</span></li>`
  const words = found.totalWithoutClause
    .filter(({ total }) => total > 0)
    .map(({ clause, total }) =>
      item(
        pathOf(withOnly(query, 'q', withWord(input.q, clause, ''))),
        t('search.withoutWord', { word: clause }),
        total,
      ),
    )
  const inTheWay = [...facetNames, 'linked', 'year'].flatMap((facet) => {
    const total = found.totalWithout[facet] ?? 0
    if (total === 0) return []
    const rest = facet === 'year' ? withoutYears(query) : withoutValue(query, facet)
    return [item(pathOf(rest), t('search.withoutFilter', { facet: t(`facet.${facet}`) }), total)]
  })
  const almost = found.assistance?.almost ?? []
  return html`<section class="notice">
      <h2>${t(found.near.length > 0 ? 'search.tryNext' : 'search.nothing')}</h2>
      ${words.length + inTheWay.length > 0 && html`<p>${t('search.inTheWay')}</p>`}
      <ul>
        ${inTheWay}${words}${words.length + inTheWay.length === 0 && smallerQuestions(view, query, input, found.words)}
        ${query.has('exact') && html`<li><a href="${href(pathOf(withoutValue(query, 'exact')))}">${t('search.notExact')}</a></li>`}
        <li>${t('search.otherWords')}</li>
        <li>
          <a href="${href('/search')}">${t('search.everything')}</a> · <a href="${href('/areas')}">${t('nav.areas')}</a> ·
          <a href="${href('/help')}">${t('nav.help')}</a>
        </li>
      </ul>
    </section>
    ${
      almost.length > 0 &&
      html`<section>
        <h2>${t('search.almost')}</h2>
        <ol class="cards">
          ${almost.map((record) => card(view, kinds.get(record.kind)!, record))}
        </ol>
      </section>`
    }`
}
