/** The list of possible duplicates for curators: how many there are of each kind, and what tells each pair apart. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { press } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import { mostCounted, type OfPair, type Pair } from '../pairs.ts'
import { mergePath, titleOf, whyOf } from './duplicates.ts'

type Place = { kind: string; after: string }

export function duplicatesPath({ kind, after, different }: Partial<Place> & { different?: string }): string {
  const query = new URLSearchParams({
    ...(kind && { kind }),
    ...(after && { after }),
    ...(different && { different }),
  }).toString()
  return query ? `/duplicates?${query}` : '/duplicates'
}

type PairsPage = Place & {
  pairs: readonly Pair[]
  next: string | null
  counts: readonly { kind: string; count: number }[]
  /** The two that were called different just now. */
  different: readonly StoredRecord[]
}

export function duplicatesPage(view: View, { pairs, next, counts, different, ...place }: PairsPage): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('duplicates.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('duplicates.title')}</h1>
      <p class="lead">${t('duplicates.lead')}</p>
      ${calledDifferent(view, different, place)} ${countsOf(view, counts, place.kind)}
      ${pairs.length === 0 && html`<p class="notice">${t('duplicates.none')}</p>`}
      <ul class="pairs">
        ${pairs.map((pair) => html`<li class="pair">${shown(view, pair, place)}</li>`)}
      </ul>
      ${next !== null && html`<p><a href="${href(duplicatesPath({ ...place, after: next }))}" rel="next">${t('search.next')}</a></p>`}`,
  })
}

function calledDifferent(view: View, different: readonly StoredRecord[], place: Place): Content {
  const [one, other] = different
  if (!one || !other) return nothing
  const name = ({ body }: StoredRecord) => textOf(view, body.title, body.originalLanguage)
  return html`<div class="note" role="status">
    <p>${view.t('duplicates.calledDifferent')}</p>
    <ul>
      ${different.map((record) => html`<li><a href="${view.href(recordPath(record.id))}">${name(record)}</a></li>`)}
    </ul>
    ${press(view, '/duplicates/undo', view.t('duplicates.undo'), { one: one.id, other: other.id, ...place })}
  </div>`
}

function countsOf({ t, href }: View, counts: PairsPage['counts'], chosen: string): Content {
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return nothing
  const link = (kind: string, words: string) =>
    html`<a href="${href(duplicatesPath({ kind }))}"${kind === chosen && html` aria-current="true"`}>${words}</a>`
  return html`<p>${all >= mostCounted ? t('duplicates.countMany', { count: mostCounted }) : t('duplicates.count', { count: all })}</p>
    ${counts.length > 1 && html`<p>${joined([link('', t('duplicates.allKinds')), ...counts.map(({ kind, count }) => link(kind, t('duplicates.ofKind', { kind: t(`kind.${kind}.many`), count })))], ' · ')}</p>`}`
}

const shown = (view: View, { one, other }: Pair, place: Place): Html =>
  html`<p class="small">${view.t(`kind.${one.kind}.one`)} · ${whyOf(view, one)}</p>
    ${[one, other].map((record) => html`<p><a href="${view.href(recordPath(record.id))}">${titleOf(view, record)}</a><br /><span class="small">${apart(view, record)}</span></p>`)}
    <p><a class="button" href="${view.href(mergePath(other.id, one.id))}">${view.t('merge.compare')}</a></p>
    ${press(view, '/duplicates', view.t('duplicates.different'), { one: one.id, other: other.id, ...place })}`

/** Where it is from, of what year, and what it is called there: titles are often the same. */
function apart({ t, f, site }: View, { collection, year, identifier, createdAt }: OfPair): Content {
  const parts = [
    collection && html`<bdi>${site.collectionTitles.get(collection) ?? collection}</bdi>`,
    year,
    identifier && html`<bdi dir="ltr">${identifier}</bdi>`,
    t('duplicates.added', { day: f.day(createdAt.slice(0, 10)) }),
  ]
  return joined(
    parts.flatMap((part) => (part ? [html`${part}`] : [])),
    ' · ',
  )
}
