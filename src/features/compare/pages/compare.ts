/** Up to four records of one kind side by side: the same fields in the same rows, what differs marked. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { mostCompared, type Compared } from '../compare.ts'
import type { FurtherRow } from '../further-rows.ts'
import type { Kind } from '#records/kind.ts'
import type { Field } from '#records/fields.ts'
import type { LinkedName } from '#records/linked-names.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { lineOf, recordPath, withinRecord } from '#ui/cards.ts'
import { clipped } from '#ui/clipped.ts'
import { crumbs, page } from '#ui/layout.ts'
import { factOf, toldApart } from '#ui/facts.ts'
import { translationNotice } from '#ui/translation-notice.ts'
import { fieldName, inLanguage, textOf, type View } from '#ui/view.ts'

export type ComparePage = {
  compared: Compared
  further: readonly FurtherRow[]
  kind: Kind
  /** What was looked for to add, and what was found of the same kind. */
  q: string
  found: readonly StoredRecord[]
  /** More were asked for than can be shown. */
  tooMany: boolean
}

const longestText = 500

export const compareQuery = (ids: readonly string[]) => new URLSearchParams(ids.map((id) => ['id', id]))
const path = (ids: readonly string[], end = '') => `/compare${end}?${compareQuery(ids)}`

/** Without records yet: what this is for, and how to begin. */
export const emptyComparePage = (view: View): HttpResponse =>
  page(view, {
    title: view.t('compare.title'),
    description: view.t('compare.lead'),
    main: html`<h1>${view.t('compare.title')}</h1>
      <p class="lead">${view.t('compare.lead')}</p>
      <p><a class="button" href="${view.href('/search?kind=practice')}">${view.t('compare.begin')}</a></p>`,
  })

export function comparePage(view: View, data: ComparePage): HttpResponse {
  const { t, href } = view
  const { compared, kind, tooMany } = data
  const { records } = compared
  const ids = records.map(({ id }) => id)
  return page(view, {
    title: t('compare.title'),
    unlisted: true,
    main: html`${crumbs(view, [{ name: t(`kind.${kind.name}.many`), path: `/search?kind=${kind.name}` }])}
      <h1>${t('compare.titleOf', { kind: t(`kind.${kind.name}.many`), count: records.length })}</h1>
      ${tooMany && html`<p class="warning">${t('compare.tooMany', { most: mostCompared })}</p>`}
      ${records.length < 2 && html`<p class="notice">${t('compare.one')}</p>`} ${table(view, data)}
      <div class="not-printed">
        ${records.length < mostCompared && adding(view, data)}
        <p><a href="${href(path(ids, '.csv'))}" rel="nofollow" download>${t('compare.csv')}</a> · <a href="/api${path(ids)}" rel="nofollow">${t('gaps.data')}</a></p>
        <p class="small">${t('compare.print')}</p>
      </div>`,
  })
}

/** A table by its roles: on a phone rows become blocks, and table elements then lose what they are in Safari. */
function table(view: View, { compared, further, kind }: ComparePage): Html {
  const { t, href } = view
  const { records, rows, linked } = compared
  const ids = records.map(({ id }) => id)
  const titles = new Map(linked.map((one) => [one.id, one]))
  const shortTitle = ({ body }: StoredRecord) => textOf(view, body.title, body.originalLanguage)
  const heads = records.map(
    (record) =>
      html`<div role="columnheader">
        <a href="${href(recordPath(record.id))}">${shortTitle(record)}</a> ${translationNotice(view, record)}
        ${records.length > 1 && html`<a class="small not-printed" href="${href(path(ids.filter((id) => id !== record.id)))}" rel="nofollow">${t('compare.remove')}<span class="hidden">${view.f.colon}${shortTitle(record)}</span></a>`}
      </div>`,
  )
  const body = rows.map(({ field, same }) => {
    const differs = !same && records.length > 1
    const values = records.map((record) => valueOf(view, { kind, field, record, titles }))
    // A text may differ in another language than the page's, which is not shown here.
    const isText = (kind.body.properties[field] as Shape)['x-field']?.type === 'text'
    const shown =
      differs && !isText
        ? toldApart(
            values,
            records.map(({ body: of }) => of[field]),
          )
        : values
    return row(view, {
      name: fieldName(view, kind.name, field),
      differs,
      cells: shown,
      titles: records.map(shortTitle),
    })
  })
  const computed = further.map(({ name, cells }) => {
    const differs = new Set(cells.map(({ plain }) => plain)).size > 1
    return row(view, { name, differs, cells: cells.map(({ shown }) => shown), titles: records.map(shortTitle) })
  })
  return html`<div class="compared" role="table" aria-label="${t('compare.title')}">
    <div class="heads" role="rowgroup">
      <div role="row">
        <div role="cell"></div>
        ${heads}
      </div>
    </div>
    <div role="rowgroup">
      ${computed} ${body}
    </div>
  </div>`
}

type Row = { name: Content; differs: boolean; cells: readonly Content[]; titles: readonly Content[] }

const row = (view: View, { name, differs, cells, titles }: Row): Html =>
  html`<div role="row"${differs ? html` class="differs"` : nothing}>
    <div role="rowheader">
      ${name}
      ${cells.length > 1 && html`<span class="small">${view.t(differs ? 'compare.differs' : 'compare.same')}</span>`}
    </div>
    ${cells.map((cell, at) => html`<div role="cell"><span class="of" aria-hidden="true">${titles[at]}</span><div>${cell}</div></div>`)}
  </div>`

type Shape = { 'x-field'?: Field }
type Value = { kind: Kind; field: string; record: StoredRecord; titles: ReadonlyMap<string, LinkedName> }

function valueOf(view: View, { kind, field, record, titles }: Value): Content {
  const value = record.body[field]
  const unsaid = html`<span class="unsaid">${view.t('compare.unsaid')}</span>`
  if (value === undefined) return unsaid
  const shape = kind.body.properties[field] as Shape
  if (shape['x-field']?.type === 'text') return longText(view, value as Texts, record)
  return factOf(withinRecord(view, record.body), shape, value, titles) ?? unsaid
}

/** A long text begins here and goes on where the reader opens it. */
function longText(view: View, texts: Texts, { body }: StoredRecord): Html {
  const { beginning, rest, language } = clipped(view, texts, body.originalLanguage, longestText)
  const first = inLanguage(view, beginning, language)
  if (!rest) return first
  return html`${first}
    <details>
      <summary>${view.t('compare.more')}</summary>
      ${inLanguage(view, rest, language)}
    </details>`
}

function adding(view: View, { compared, kind, q, found }: ComparePage): Html {
  const { t, href } = view
  const ids = compared.records.map(({ id }) => id)
  const others = found.filter(({ id }) => !ids.includes(id))
  return html`<h2>${t('compare.add')}</h2>
    <form class="find" action="${href('/compare')}">
      ${ids.map((id) => html`<input type="hidden" name="id" value="${id}" />`)}
      <label class="hidden" for="add">${t('compare.addLabel', { kind: t(`kind.${kind.name}.many`) })}</label>
      <input id="add" name="q" type="search" value="${q}" maxlength="500" placeholder="${t('compare.addLabel', { kind: t(`kind.${kind.name}.many`) })}" />
      <button>${t('search.button')}</button>
    </form>
    ${q && others.length === 0 ? html`<p>${t('compare.nothing')}</p>` : nothing}
    <ul class="links">
      ${others.map(
        (record) =>
          html`<li><a href="${href(path([...ids, record.id]))}" rel="nofollow"><span class="hidden">${t('compare.add')}${view.f.colon}</span>${textOf(view, record.body.title, record.body.originalLanguage)}</a> <span class="small">${lineOf(
            view,
            kind,
            record,
          )
            .slice(0, 2)
            .map((fact, i) => html`${i > 0 ? ' · ' : nothing}${fact}`)}</span></li>`,
      )}
    </ul>`
}
