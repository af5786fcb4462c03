/** On the page of a search: that no practice is from there yet, and what one can do. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { pathOf } from '#search/address.ts'
import { plainLabel, valueName, type View } from '#ui/view.ts'
import type { Elsewhere, NoPractices } from '../no-practices.ts'

export function noPracticesNotice(view: View, told: NoPractices | undefined): Content {
  if (!told) return nothing
  const { t, href, f } = view
  const { country, elsewhere } = told
  return html`<div class="notice">
    <p><strong>${t('noPractices.from', { country: plainLabel(view, 'countries', country) })}</strong></p>
    <ul>
      ${elsewhere.map(
        (one) =>
          html`<li>
            <a href="${href(pathTo(one))}" rel="nofollow"
              >${one.region ? t('noPractices.inRegion', { region: valueName(view, 'region', one.region) }) : t('noPractices.anywhere')}</a
            >
            <span class="n">${f.number(one.total)}</span>
          </li>`,
      )}
      <li><a href="${href('/share?kind=practice')}" rel="nofollow">${t('noPractices.describe')}</a></li>
    </ul>
  </div>`
}

function pathTo({ region, q }: Elsewhere): string {
  const query = new URLSearchParams({ ...(q && { q }), kind: 'practice' })
  if (region) query.set('region', region)
  return pathOf(query)
}
