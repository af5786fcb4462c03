import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { filesOf, type DataPackage } from '../dump.ts'

export function dumpPage(view: View, description: DataPackage | undefined): HttpResponse {
  const { t, f } = view
  const files =
    description &&
    html`<p>${t('dump.made', { time: f.time(description.created) })}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('dump.file')}</th>
            <th scope="col" class="amount">${t('dump.rows')}</th>
            <th scope="col" class="amount">${t('dump.size')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          ${filesOf(description).map(
            ({ path, rows, bytes, hash }) =>
              html`<tr>
                <th scope="row"><a href="/dump/${path}" download>${path}</a></th>
                <td class="amount">${f.number(rows)}</td>
                <td class="amount">${f.bytes(bytes)}</td>
                <td><code class="long">${hash.replace('sha256:', '')}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p><a href="/dump/datapackage.json">datapackage.json</a></p>`
  return page(view, {
    title: t('nav.dump'),
    description: t('dump.lead'),
    keep: false,
    main: html`<h1>${t('nav.dump')}</h1>
      <p class="lead">${t('dump.lead')}</p>
      ${files ?? html`<p class="notice">${t('dump.none')}</p>`}
      <p>${t('dump.harvest')} <a href="/oai?verb=Identify"><bdi>/oai</bdi></a></p>`,
  })
}
