/** Results as plain HTML to put into a page of another site: it needs no script and no style of ours, and loads nothing. */
import { html, joined, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { recordPath } from '#ui/cards.ts'
import { licencesOf } from '#ui/permissions.ts'
import { label, textOf, type View } from '#ui/view.ts'
import type { StoredRecord } from '#records/record.ts'
import { pathOf, queryOf } from '../address.ts'
import type { Found } from '../search.ts'

export function searchFragment(view: View, found: Found): Html {
  const { t, site, language, absolute, prefix } = view
  const { q } = found.understood
  const title = q ? t('search.titleFor', { words: q.slice(0, 100) }) : t('search.title')
  const name = `${title} · ${site.name}`
  const whole = absolute(`${prefix}${pathOf(queryOf(found.understood))}`)
  return html`<section lang="${language}" dir="${directionOf(language)}" aria-label="${name}">
  <p><strong>${title}</strong> (${t('search.found', { count: found.total })})</p>
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
  return html`    <li><a href="${address}">${textOf(view, body.title, body.originalLanguage)}</a> (${facts})</li>
`
}
