/** What was changed: in the whole node, newest first; and between two versions of one record, word by word. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Changed, Difference, VersionHead } from '../difference.ts'
import type { Change } from '../list.ts'
import type { Kind } from '#records/kind.ts'
import type { LinkedName } from '#records/linked-names.ts'
import { recordPath } from '#ui/cards.ts'
import { changedText } from '#ui/changed-text.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { crumbs, page } from '#ui/layout.ts'
import { actionName } from '#features/transparency/pages/log.ts'
import { fieldName, textOf, type View } from '#ui/view.ts'

/** A change with the name of who made it, for people. */
export type NamedChange = Change & { byName: string }

export const differencePath = (id: string, from: number, to: number) =>
  `${recordPath(id)}/difference?from=${from}&to=${to}`

export function changesPage(
  view: View,
  { changes, next, imports }: { changes: readonly NamedChange[]; next: number | null; imports: boolean },
): HttpResponse {
  const { t, href } = view
  const query = (more: Record<string, string>) => {
    const text = new URLSearchParams({ ...(imports && { imports: 'true' }), ...more }).toString()
    return text && `?${text}`
  }
  return page(view, {
    title: t('changes.title'),
    description: t('changes.lead'),
    head: html`<link rel="alternate" type="application/atom+xml" href="${href(`/changes.atom${query({})}`)}" title="${t('changes.title')}" />`,
    main: html`${crumbs(view, [])}
      <h1>${t('changes.title')}</h1>
      <p class="lead">${t('changes.lead')}</p>
      <p>
        <a href="${href(imports ? '/changes' : '/changes?imports=true')}">${t(imports ? 'changes.withoutImports' : 'changes.withImports')}</a> ·
        <a href="${href(`/changes.atom${query({})}`)}">Atom</a> · <a href="/api/changes${query({})}">JSON</a>
      </p>
      ${changes.length === 0 ? html`<p class="notice">${t('changes.none')}</p>` : table(view, changes)}
      ${next !== null && html`<p><a class="button" href="${href(`/changes${query({ before: String(next) })}`)}" rel="next">${t('changes.older')}</a></p>`}`,
  })
}

function table(view: View, changes: readonly NamedChange[]): Html {
  const { t, f, href } = view
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${t('changes.title')}">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('log.record')}</th>
          <th scope="col">${t('log.what')}</th>
          <th scope="col">${t('history.who')}</th>
          <th scope="col">${t('history.when')}</th>
          <th scope="col">${t('history.why')}</th>
        </tr>
      </thead>
      <tbody>
        ${changes.map(
          (one) =>
            html`<tr>
              <th scope="row">
                <a href="${href(recordPath(one.id))}">${one.title ? textOf(view, one.title, one.originalLanguage ?? undefined) : html`<bdi>${one.id}</bdi>`}</a>
                <span class="small">${t(`kind.${one.kind}.one`)}</span>
              </th>
              <td>${one.previous === null ? actionName(view, one.action) : html`<a href="${href(differencePath(one.id, one.previous, one.revision))}">${actionName(view, one.action)}</a>`}</td>
              <td><bdi>${one.byName}</bdi></td>
              <td><time class="whole" datetime="${one.at}">${f.time(one.at)}</time></td>
              <td>${one.note ?? nothing}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

export function differencePage(view: View, { found, kind, names, versions }: DifferenceParts): HttpResponse {
  const { t, f } = view
  const { id, from, to, changed } = found
  const titles = new Map(found.linked.map((one) => [one.id, one]))
  return page(view, {
    title: t('difference.title', { from: from.revision, to: to.revision }),
    unlisted: true,
    main: html`${crumbs(view, [
      { name: textOf(view, found.title, found.originalLanguage), path: recordPath(id) },
      { name: t('record.history'), path: `${recordPath(id)}/history` },
    ])}
      <h1>${t('difference.title', { from: from.revision, to: to.revision })}</h1>
      <dl>
        ${[from, to].map(
          (one) =>
            html`<dt><a href="${view.href(`${recordPath(id)}/versions/${one.revision}`)}">${t('difference.version', { revision: one.revision })}</a></dt>
              <dd><time datetime="${one.changedAt}">${f.time(one.changedAt)}</time> · <bdi>${names.get(one.changedBy) ?? one.changedBy}</bdi>${one.note && html` · ${one.note}`}</dd>`,
        )}
      </dl>
      ${changed.length === 0 ? html`<p class="notice">${t('difference.none')}</p>` : differences(view, kind, changed, titles, [from, to])}
      ${chooseVersions(view, id, versions, [from.revision, to.revision])}`,
  })
}
export type DifferenceParts = {
  found: Difference
  kind: Kind
  /** The names of who made the two versions, by the stored identifiers. */
  names: ReadonlyMap<string, string>
  /** All that can be compared, newest first. */
  versions: readonly number[]
}

/** The roles are written out: on a phone the rows become blocks, and blocks lose what tables are by themselves. */
function differences(
  view: View,
  kind: Kind,
  changed: readonly Changed[],
  titles: ReadonlyMap<string, LinkedName>,
  heads: readonly VersionHead[],
): Html {
  const { t } = view
  const names = heads.map(({ revision }) => t('difference.version', { revision }))
  const cell = (name: string, content: Content) =>
    html`<td role="cell"><span class="of" aria-hidden="true">${name}</span><div>${content}</div></td>`
  return html`<table class="compared" role="table" aria-label="${t('difference.title', { from: heads[0]!.revision, to: heads[1]!.revision })}">
    <thead role="rowgroup">
      <tr role="row">
        <td role="cell"></td>
        ${names.map((name) => html`<th scope="col" role="columnheader">${name}</th>`)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${changed.map(
        (one) =>
          html`<tr role="row">
            <th scope="row" role="rowheader">${one.field in kind.body.properties ? fieldName(view, kind.name, one.field) : one.field}</th>
            ${cell(names[0]!, sideOf(view, kind, one, titles, 'before'))}${cell(names[1]!, sideOf(view, kind, one, titles, 'after'))}
          </tr>`,
      )}
    </tbody>
  </table>`
}

function sideOf(
  view: View,
  kind: Kind,
  { field, words, ...values }: Changed,
  titles: ReadonlyMap<string, LinkedName>,
  side: 'before' | 'after',
): Content {
  const value = values[side]
  const unsaid = html`<span class="unsaid">${view.t('compare.unsaid')}</span>`
  if (value === undefined) return unsaid
  if (words) return Object.entries(words).map(([language, parts]) => changedText(view, language, parts, side))
  const shape = kind.body.properties[field] as Shape | undefined
  return (shape && factOf(view, shape, value, titles)) ?? html`<code class="long">${JSON.stringify(value)}</code>`
}

/** Any two versions side by side. */
export function chooseVersions(
  view: View,
  id: string,
  versions: readonly number[],
  chosen: readonly number[],
): Content {
  const { t, f, href } = view
  if (versions.length < 2) return nothing
  const select = (name: string, label: string, value: number | undefined) =>
    html`<label>${label} <select name="${name}">${versions.map((one) => html`<option value="${one}" ${one === value ? html` selected` : nothing}>${f.number(one)}</option>`)}</select></label>`
  return html`<form class="row-form not-printed" action="${href(`${recordPath(id)}/difference`)}" method="get">
    ${select('from', t('difference.from'), chosen[0])} ${select('to', t('difference.to'), chosen[1])}
    <button>${t('difference.button')}</button>
  </form>`
}
