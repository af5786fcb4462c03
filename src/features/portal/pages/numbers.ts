/** What is in here: how many records of each kind, and what each kind is. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { FacetCount } from '#search/contract.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

type Numbers = { total: number; counts: readonly FacetCount[]; kinds: ReadonlyMap<string, Kind> }

/** What the node is for comes first, and what only helps to find it last. */
const first = ['practice', 'approach', 'lesson', 'evidence', 'study', 'intervention', 'solution']

export function numbersPage(view: View, { total, counts, kinds }: Numbers): HttpResponse {
  const { t, f, href } = view
  const placeOf = (kind: string) => (first.includes(kind) ? first.indexOf(kind) : first.length)
  const rows = counts
    .filter(({ value }) => kinds.has(value))
    .sort((a, b) => placeOf(a.value) - placeOf(b.value) || b.count - a.count)
  return page(view, {
    title: t('nav.numbers'),
    description: t('numbers.lead'),
    main: html`<h1>${t('nav.numbers')}</h1>
      <p class="lead">${t('numbers.lead')}</p>
      <div class="scroll numbers" role="region" aria-label="${t('nav.numbers')}" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('numbers.kind')}</th>
              <th scope="col" class="amount">${t('chart.count')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(({ value, count }) => html`<tr><th scope="row"><a href="${href(`/search?kind=${value}`)}">${t(`kind.${value}.many`)}</a> <span class="small">${t(`kind.${value}.about`)}</span></th><td class="amount">${f.number(count)}</td></tr>`)}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">${t('numbers.total')}</th>
              <td class="amount">${f.number(total)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      ${growth(view)}`,
  })
}

const growth = ({ t, href }: View): Html =>
  html`<h2>${t('numbers.more')}</h2>
    <dl>
      <dt><a href="${href('/changes')}">${t('nav.changes')}</a></dt>
      <dd>${t('numbers.changes')}</dd>
      <dt><a href="${href('/collections')}">${t('nav.collections')}</a></dt>
      <dd>${t('kind.curated-collection.about')}</dd>
    </dl>`
