/** The versions of a record, and what became part of it. */
import { html, nothing } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { mergedList } from '#features/duplicates/pages/duplicates.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'
import { chooseVersions, differencePath } from './changes.ts'

export type VersionLine = {
  revision: number
  status: string
  changedAt: string
  changedBy: string
  note: string | null
}

export function historyPage(
  view: View,
  id: string,
  title: StoredRecord['body']['title'] | undefined,
  versions: readonly VersionLine[],
  merged: readonly { id: string; at: string; reason: string }[] = [],
): HttpResponse {
  // The versions of a withdrawn record are gone with it; that there were some is not.
  const isGone = versions[0]?.status === 'withdrawn'
  const seen = new Set(versions.filter(({ status }) => status !== 'withdrawn').map(({ revision }) => revision))
  const { t, f, href } = view
  return page(view, {
    title: t('record.history'),
    unlisted: true,
    main: html`${crumbs(view, [{ name: title ? textOf(view, title) : id, path: recordPath(id) }])}
      <h1>${t('record.history')}</h1>
      <div class="scroll" tabindex="0" role="region" aria-label="${t('record.history')}"><table>
        <thead>
          <tr>
            <th scope="col">${t('record.version')}</th>
            <th scope="col">${t('history.when')}</th>
            <th scope="col">${t('history.who')}</th>
            <th scope="col">${t('history.why')}</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${versions.map(
            ({ revision, status, changedAt, changedBy, note }) =>
              html`<tr>
                <th scope="row">
                  ${status === 'withdrawn' ? t('history.withdrawn', { revision }) : isGone ? f.number(revision) : html`<a href="${href(`${recordPath(id)}/versions/${revision}`)}">${f.number(revision)}</a>`}
                </th>
                <td><time class="whole" datetime="${changedAt}">${f.time(changedAt)}</time></td>
                <td><bdi>${changedBy}</bdi></td>
                <td>${note ?? nothing}</td>
                <td>${isGone || revision === 1 || !seen.has(revision) || !seen.has(revision - 1) ? nothing : html`<a href="${href(differencePath(id, revision - 1, revision))}">${t('difference.link')}<span class="hidden"> ${f.number(revision)}</span></a>`}</td>
              </tr>`,
          )}
        </tbody>
      </table></div>
      ${!isGone && chooseVersions(view, id, [...seen], [...seen].slice(0, 2).toReversed())} ${mergedList(view, merged)}`,
  })
}
