/** What was changed: in the whole node, newest first; and between two versions of one record, word by word. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Difference } from '../difference.ts'
import type { Change } from '../list.ts'
import type { Kind } from '#records/kind.ts'
import { readMergeNote } from '#records/merged.ts'
import { recordPath } from '#ui/cards.ts'
import { differenceTable } from '#ui/difference.ts'
import { crumbs, page } from '#ui/layout.ts'
import { actionName } from '#features/transparency/pages/log.ts'
import { textOf, type View } from '#ui/view.ts'

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
    feed: { title: t('changes.title'), address: view.absolute(href(`/changes.atom${query({})}`)) },
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
                <a href="${href(recordPath(one.id))}">${one.title ? textOf(view, one.title, one.originalLanguage ?? undefined) : t('history.withdrawnRecord')}</a>
                <span class="small">${t(`kind.${one.kind}.one`)}</span>
              </th>
              <td>${one.previous === null ? actionName(view, one.action) : html`<a href="${href(differencePath(one.id, one.previous, one.revision))}">${actionName(view, one.action)}</a>`}</td>
              <td><bdi>${one.byName}</bdi></td>
              <td><time class="whole" datetime="${one.at}">${f.time(one.at)}</time></td>
              <td dir="auto">${readMergeNote(one.note).words ?? nothing}</td>
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
              <dd><time datetime="${one.changedAt}">${f.time(one.changedAt)}</time> · <bdi>${names.get(one.changedBy)}</bdi>${one.note && html` · <bdi>${readMergeNote(one.note).words}</bdi>`}</dd>`,
        )}
      </dl>
      ${changed.length === 0 ? html`<p class="notice">${t('difference.none')}</p>` : differenceTable(view, { kind, changed, titles, label: t('difference.title', { from: from.revision, to: to.revision }), heads: [t('difference.version', { revision: from.revision }), t('difference.version', { revision: to.revision })] })}
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
