/** Why there is no PNG, and what to take instead. */
import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { crumbs, page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import { addressOf } from '../choices.ts'
import type { Shown } from '../shown.ts'
import { captionOf, titleOf } from './value-words.ts'

export function noPngPage(view: View, shown: Shown): HttpResponse {
  const { t, href } = view
  const { code, title } = shown.told.record.body
  const rest = addressOf(shown.query, {})
  const answer = page(view, {
    title: t('indicators.noPngTitle'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('kind.indicator.many'), path: '/indicators' },
      { name: titleOf(view, title), path: `/indicators/${code}${rest}` },
    ])}
      <div class="prose">
        <h1>${t('indicators.noPngTitle')}</h1>
        <p class="lead">${t('indicators.noPng')}</p>
        <p><a class="button" href="${href(`/indicators/${code}.svg${rest}`)}" rel="nofollow" download>${t('indicators.svgInstead')}</a></p>
        <p class="small">${captionOf(view, shown)}</p>
        <p class="small">${t('indicators.noPngOperator')}</p>
      </div>`,
  })
  return { ...answer, status: 503 }
}
