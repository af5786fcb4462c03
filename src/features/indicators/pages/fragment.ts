/** The picture of an indicator as plain HTML to put into a page of another site: no script and no style of ours. */
import { html, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { View } from '#ui/view.ts'
import { addressOf } from '../choices.ts'
import type { Shown } from '../shown.ts'
import { addressOfPage, captionOf, sourceWords } from './value-words.ts'

/** The picture is the one that the page offers as SVG; what it shows is on the page, as a table too. */
export function indicatorFragment(view: View, shown: Shown): Html {
  const { language, absolute, prefix, site, t } = view
  const caption = captionOf(view, shown)
  const picture = absolute(`${prefix}/indicators/${shown.told.record.body.code}.svg${addressOf(shown.query, {})}`)
  return html`<figure lang="${language}" dir="${directionOf(language)}">
  <img src="${picture}" alt="${caption}" style="max-width: 100%; height: auto" />
  <figcaption>${caption}. ${sourceWords(view, shown)} <a href="${addressOfPage(view, shown)}">${t('indicators.whole', { site: site.name })}</a></figcaption>
</figure>
`
}
