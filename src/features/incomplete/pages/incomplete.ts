/** Records that lack a description, a country or a licence, each with the way to suggest what is missing. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { press, select } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import { lackableOf, type Lack } from '../incomplete.ts'

type Incomplete = {
  found: readonly { record: StoredRecord; lacks: readonly Lack[] }[]
  next: number | null
  /** Those that are offered, and the one that is shown. */
  kinds: readonly Kind[]
  kind: Kind
  lack: Lack | undefined
  isFirst: boolean
}

const none = new Map<string, string>()

export function incompletePage(view: View, data: Incomplete): HttpResponse {
  const { t, href } = view
  const { found, next, kinds, kind, lack } = data
  const onward = new URLSearchParams({ kind: kind.name, ...(lack && { lacks: lack }), after: String(next) })
  return page(view, {
    title: t('incomplete.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <h1>${t('incomplete.title')}</h1>
      <p class="lead">${t('incomplete.lead')}</p>
      <form action="${href('/incomplete')}" class="form narrow not-printed">
        ${select(view, { name: 'kind', label: t('incomplete.kind'), errors: none, value: kind.name, choices: kinds.map(({ name }) => ({ value: name, label: t(`kind.${name}.many`) })) })}
        ${select(view, { name: 'lacks', label: t('incomplete.missing'), errors: none, isRequired: false, empty: t('incomplete.any'), value: lack ?? '', choices: lackableOf(kind).map((one) => ({ value: one, label: t(`incomplete.${one}`) })) })}
        <button>${t('incomplete.show')}</button>
      </form>
      ${found.length > 0 ? table(view, data) : html`<p class="soft">${t(next === null ? (data.isFirst ? 'incomplete.none' : 'incomplete.noMore') : 'incomplete.noneYet')}</p>`}
      ${next !== null && html`<p><a href="${href(`/incomplete?${onward}`)}" rel="next">${t('search.next')}</a></p>`}`,
  })
}

const table = (view: View, { found }: Incomplete): Html =>
  html`<div class="wide" role="region" aria-label="${view.t('incomplete.title')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${view.t('incomplete.record')}</th>
          <th scope="col">${view.t('incomplete.missing')}</th>
          <th scope="col">${view.t('incomplete.source')}</th>
          <th scope="col"><span class="hidden">${view.t('incomplete.suggest')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${found.map(({ record, lacks }) => row(view, record, lacks))}
      </tbody>
    </table>
  </div>`

function row(view: View, { id, body, origin }: StoredRecord, lacks: readonly Lack[]): Html {
  const { t, f, href, site } = view
  const collection = origin?.collection
  return html`<tr>
    <th scope="row"><a href="${href(recordPath(id))}">${textOf(view, body.title, body.originalLanguage)}</a></th>
    <td>${f.list(lacks.map((one) => t(`incomplete.${one}`)))}</td>
    <td>${collection ? html`<bdi>${site.collectionTitles.get(collection) ?? collection}</bdi>` : t('incomplete.here')}</td>
    <td>${press(view, `${recordPath(id)}/change`, t('incomplete.suggest'))}</td>
  </tr>`
}
