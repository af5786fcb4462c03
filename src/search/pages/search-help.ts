/** What helps a reader on: what was meant, why something is found, ways out where nothing is. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Way } from '../contract.ts'
import { facetNames } from '#records/facets.ts'
import type { SearchInput } from '../input.ts'
import type { Found } from '../search.ts'
import { edges } from '../alone.ts'
import type { Topic } from '../assist.ts'
import { unelided } from '../query/analysis.ts'
import { baseLanguage } from '../query/stem.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { card } from '#ui/cards.ts'
import { changed, isFiltered, pathOf, queryOf, withOnly, withoutValue, withoutYears } from '../address.ts'
import { around, languageWithin, textOf, valueName, type View } from '#ui/view.ts'

const mostWays = 6

/** “… says … in French”, for one way in which something was found. */
export function wayText(view: View, way: Way): string {
  const { typed, words, language } = way
  const name = language ? languageWithin(view, language) : ''
  return view.t(wayKey(view, way, name !== ''), { typed, words, language: name })
}

function wayKey(view: View, way: Way, isNamed: boolean): MessageKey {
  if (way.kind === 'translation') return isNamed ? 'way.translation' : 'way.synonym'
  if (way.kind === 'narrower' && isNamed && !isOwn(view, way)) return 'way.narrowerIn'
  return `way.${way.kind}`
}

/**
 * Worth a word beside a record: no other name that is the same word, and none in a language that neither the reader nor the record is in, nor the edition
 * `foundIn` by which it is found.
 */
export const isTold = (
  { language: own }: Pick<View, 'language'>,
  { kind, typed, words, language }: Way,
  { body }: Pick<StoredRecord, 'body'>,
  foundIn: string | null | undefined,
): boolean =>
  (kind !== 'synonym' && kind !== 'translation') ||
  (plainName(typed) !== plainName(words) &&
    (!language || [own, 'en', foundIn ?? body.originalLanguage].some((one) => baseLanguage(one) === language)))

/** Words of the question as they stand in a list. */
export const inQuotes = ({ t }: View, all: readonly string[]): string[] =>
  all.map((words) => t('search.quoted', { words }))

/** A piece of a question by which it is known again: without signs around it and what only leans on it. */
const keyOf = (piece: string): string => plainName(unelided(piece.replaceAll(edges, '')))

/** The words typed with one of them, or some that stand together, changed, however they were written. */
function withWord(q: string, typed: string, words: string): string {
  const pieces = q.split(/\s+/).filter(Boolean)
  const wanted = typed.split(/\s+/).map(keyOf)
  const at = pieces.findIndex((_, from) => wanted.every((word, i) => keyOf(pieces[from + i] ?? '') === word))
  if (at < 0) return words ? q : withoutParts(q, typed)
  const first = pieces[at]!.replaceAll(edges, '')
  const leaning = words && first.slice(0, first.length - unelided(first).length)
  return pieces.toSpliced(at, wanted.length, ...(words ? [leaning + words] : [])).join(' ')
}

/** Where words stand without spaces, what was meant is part of a piece; and little words may stand between those of a name. */
function withoutParts(q: string, typed: string): string {
  if (q.includes(typed)) return q.replace(typed, ' ').trim()
  const parts = typed.split(/\s+/).map(keyOf)
  const pieces = q.split(/\s+/).filter((piece) => !parts.includes(keyOf(piece)))
  return pieces.join(' ')
}

const isOwn = ({ language: own }: View, { language }: Way): boolean => !language || baseLanguage(language) === own

/** A name that results were found by; one in another language says in which, as the reader may not know the word. */
function namedIn(view: View, way: Way): Html {
  const { words, language } = way
  if (!language) return html`<bdi>${words}</bdi>`
  const named = html`<bdi lang="${language}">${words}</bdi>`
  return isOwn(view, way)
    ? named
    : html`${named}${view.t('search.alsoIn', { language: languageWithin(view, language) })}`
}

/** What the results were found by beside the typed words, and the way back to these alone. */
export function meaning(view: View, query: URLSearchParams, input: SearchInput, found: Found): Content {
  const { t, href } = view
  if (input.exact && input.q)
    return html`<p class="small">
      ${t('search.isExact')} <a href="${href(pathOf(withoutValue(query, 'exact')))}" rel="nofollow">${t('search.notExact')}</a>
    </p>`
  const told = found.records.flatMap((record, i) =>
    (found.foundBy[i] ?? []).filter((place) => isTold(view, found.ways[place]!, record, found.foundIn[i])),
  )
  const ways = [...new Set(told)].map((place) => found.ways[place]!)
  const own = ways.filter((way) => isOwn(view, way))
  const named = own.length > 0 ? own : ways
  const used = [...new Map(named.map((way) => [`${way.kind} ${way.words}`, way])).values()].slice(0, mostWays)
  const { spared = [] } = found
  if (found.foundBy.every((by) => by.length === 0) && spared.length === 0) return nothing
  // What the best find was not found by need not be what was meant.
  const slips = (found.foundBy[0] ?? []).map((place) => found.ways[place]!).filter(({ kind }) => kind === 'spelling')
  const corrected = slips.reduce((q, { typed, words }) => withWord(q, typed, words), input.q)
  const onlyTyped = html`<a href="${href(pathOf(withOnly(query, 'exact', 'true')))}" rel="nofollow">${t('search.onlyTyped')}</a>`
  const isMended = slips.length > 0 && corrected !== input.q
  // Other names were found too, none of which says more to the reader.
  if (used.length === 0 && spared.length === 0 && !isMended) return html`<p class="small">${onlyTyped}</p>`
  return html`<div class="notice">
    ${isMended && html`<p>${around(t('search.didYouMean', { words: '\n' }), html`<a href="${href(pathOf(withOnly(query, 'q', corrected)))}" rel="nofollow"><strong>${corrected}</strong></a>`)}</p>`}
    <p class="small">
      ${
        used.length > 0 &&
        html`${t('search.also')} ${joined(
          used.map((way) => namedIn(view, way)),
          view.f.comma,
        )}${view.f.stop}`
      }
      ${spared.length > 0 && `${t('search.spared', { words: inQuotes(view, spared).join(view.f.comma) })} `}
      ${onlyTyped}
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

/** One step to what can be found, and how much that is. */
const step = ({ t, href }: View, path: string, text: string, count: number): Html =>
  html`<li><a href="${href(path)}" rel="nofollow">${text}</a> <span class="n">${t('search.found', { count })}</span></li>`

/** Where no single change would help: the words without filters, and single words. */
function smallerQuestions(view: View, input: SearchInput, found: Found): Content {
  const { t, href } = view
  const alone = new URLSearchParams(input.q ? { q: input.q } : {})
  return html`${isFiltered(queryOf(input)) && html`<li><a href="${href(pathOf(alone))}" rel="nofollow">${t('search.withoutFilters')}</a></li>`}${found.assistance?.alone.map(({ word, total }) => step(view, pathOf(new URLSearchParams({ q: word })), t('search.only', { word }), total))}`
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
  const words = found.totalWithoutClause
    .filter(({ total }) => total > 0)
    .map(({ clause, total }) =>
      step(
        view,
        pathOf(withOnly(query, 'q', withWord(input.q, clause, ''))),
        t('search.quoted', { words: clause }),
        total,
      ),
    )
  const inTheWay = [...facetNames, 'linked', 'year'].flatMap((facet) => {
    const total = found.totalWithout[facet] ?? 0
    if (total === 0) return []
    const rest = facet === 'year' ? withoutYears(query) : withoutValue(query, facet)
    return [step(view, pathOf(rest), t('search.withoutFilter', { facet: t(`facet.${facet}`) }), total)]
  })
  const almost = found.assistance?.almost ?? []
  return html`<section class="notice">
      <h2>${t('search.tryNext')}</h2>
      ${words.length + inTheWay.length > 0 && html`<p>${t('search.inTheWay')}</p>`}
      <ul>
        ${inTheWay}${words}${words.length + inTheWay.length === 0 && smallerQuestions(view, input, found)}
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
