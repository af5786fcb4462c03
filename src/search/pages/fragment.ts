/** Results as plain HTML to put into a page of another site: no script and no style of ours; a map loads the shape of the world. */
import { html, joined, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { recordPath } from '#ui/cards.ts'
import { licencesOf } from '#ui/permissions.ts'
import { inBrackets, label, textOf, type View } from '#ui/view.ts'
import type { StoredRecord } from '#records/record.ts'
import { mapFragment } from '#ui/charts.ts'
import { pathOf, queryOf, queryWithShape } from '../address.ts'
import type { Found } from '../search.ts'
import type { Shown } from './search-shown.ts'
import { countedOf, type DrawnView } from './search-views.ts'

export function searchFragment(view: View, found: Found): Html {
  const { t, site, language, absolute, prefix } = view
  const { q } = found.understood
  const title = q ? t('search.titleFor', { words: q.slice(0, 100) }) : t('search.title')
  const name = `${title} · ${site.name}`
  const whole = absolute(`${prefix}${pathOf(queryOf(found.understood))}`)
  return html`<section lang="${language}" dir="${directionOf(language)}" aria-label="${name}">
  <p><strong>${title}</strong>${view.f.bracketed(t('search.found', { count: found.total }))}</p>
  <ol>
${found.records.map((record) => item(view, record))}  </ol>
  <p><a href="${whole}">${t('search.seeAll', { site: site.name })}</a>. ${t('search.ownLicences')}</p>
</section>
`
}

function item(view: View, { id, kind, body }: StoredRecord): Html {
  const address = view.absolute(`${view.prefix}${recordPath(id)}`)
  const licences = licencesOf(body).map((code) => label(view, 'licences', code))
  const facts = joined([html`${view.t(`kind.${kind}.one`)}`, ...licences], ' · ')
  return html`    <li><a href="${address}">${textOf(view, body.title, body.originalLanguage)}</a>${inBrackets(view, facts)}</li>
`
}

/** A map or a chart of what was found: the numbers as a table, above it the drawing. */
export function drawnFragment(view: View, drawn: DrawnView, shown: Shown): Html {
  const { t, f, site, language, absolute, prefix } = view
  const { found, shape } = shown
  const { title, of, rows } = countedOf(view, drawn, shown)
  const { q } = found.understood
  const caption = q ? `${t('search.titleFor', { words: q.slice(0, 100) })}${view.f.colon}${title}` : title
  const at = (query: URLSearchParams) => absolute(`${prefix}${pathOf(query)}`)
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const bar = (count: number) =>
    html`<span style="display: inline-block; block-size: 0.8em; inline-size: ${Math.max(1, Math.round((100 * count) / most))}px; background: #0a5560"></span> `
  return html`<figure lang="${language}" dir="${directionOf(language)}">
${
  drawn === 'map' &&
  mapFragment(
    view,
    { title: `${caption} · ${site.name}` },
    rows.map(({ value, ...row }) => ({ code: value, ...row })),
  )
}  <table>
    <caption>${caption}${view.f.bracketed(t('search.found', { count: found.total }))}</caption>
    <thead><tr><th scope="col">${of}</th><th scope="col">${t('chart.count')}</th></tr></thead>
    <tbody>
${rows.map(
  ({
    name,
    count,
    query,
  }) => html`      <tr><th scope="row"><a href="${at(query)}">${name}</a></th><td>${drawn !== 'map' && bar(count)}${f.number(count)}</td></tr>
`,
)}    </tbody>
  </table>
  <figcaption>${drawn === 'map' && html`${f.sentences(t('map.together'), t('map.disclaimer'))} `}<a href="${at(queryWithShape(found.understood, shape))}">${t('search.seeAll', { site: site.name })}</a>.</figcaption>
</figure>
`
}
