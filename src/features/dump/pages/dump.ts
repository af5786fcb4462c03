import { html, type Content } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { filesOf, type DataPackage } from '../dump.ts'
import type { Increment } from '../increment.ts'

export type KeptIncrement = { name: string; description: Increment }

export function dumpPage(
  view: View,
  description: DataPackage | undefined,
  increments: readonly KeptIncrement[],
): HttpResponse {
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
      ${sinceThen(view, increments)}
      <p>${t('dump.harvest')} <a href="/oai?verb=Identify"><bdi>/oai</bdi></a></p>`,
  })
}

/** What changed from one dump to the next, for who has an earlier one. */
function sinceThen({ t, f }: View, increments: readonly KeptIncrement[]): Content {
  if (increments.length === 0) return html`<p>${t('dump.noIncrements')}</p>`
  return html`<section>
    <h2 id="increments">${t('dump.increments')}</h2>
    <p>${t('dump.incrementsHow')}</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="increments">
      <table>
        <thead>
          <tr>
            <th scope="col">${t('dump.from')}</th>
            <th scope="col">${t('dump.to')}</th>
            <th scope="col" class="amount">${t('dump.changed')}</th>
            <th scope="col" class="amount">${t('dump.withdrawn')}</th>
            <th scope="col">${t('dump.description')}</th>
          </tr>
        </thead>
        <tbody>
          ${increments.map(
            ({ name, description: { since, created, resources, withdrawn } }) =>
              html`<tr>
                <td>${f.time(since.created)}</td>
                <td>${f.time(created)}</td>
                <td class="amount">${f.number(resources.reduce((sum, { rows }) => sum + rows, 0))}</td>
                <td class="amount">${f.number(withdrawn.rows)}</td>
                <td><a href="/dump/increments/${name}/datapackage.json"><bdi dir="ltr">${name}</bdi></a></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
