/** Who runs the site and how to reach them, and what it does with data about people. */
import { html, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { page } from '#ui/layout.ts'
import { reachOperators } from '#ui/operators.ts'
import { paragraphsOf, textOf, type View } from '#ui/view.ts'
import type { SiteBody } from '../appearance.ts'

export function contactPage(view: View, body: SiteBody): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('nav.contact'),
    main: html`<div class="narrow">
      <h1>${t('nav.contact')}</h1>
      ${body.operatorName && html`<p class="lead">${t('site.runBy')} ${textOf(view, body.operatorName)}</p>`}
      <dl>
        ${body.contactEmail && html`<dt>${t('field.contactEmail')}</dt><dd><a href="mailto:${body.contactEmail}">${body.contactEmail}</a></dd>`}
        ${body.contactUrl && html`<dt>${t('field.contactUrl')}</dt><dd><a href="${body.contactUrl}">${body.contactUrl}</a></dd>`}
      </dl>
      ${body.legalBasis && html`<h2>${t('field.legalBasis')}</h2>${paragraphsOf(view, body.legalBasis)}`}
      ${body.reviewPolicy && html`<h2>${t('field.reviewPolicy')}</h2>${paragraphsOf(view, body.reviewPolicy)}`}
    </div>`,
  })
}

/** What the software does, where the operator has no words of their own. */
const usual = ['account', 'contributions', 'sessions', 'logs', 'counts', 'rights'] as const

export function privacyPage(view: View, body: SiteBody | undefined): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('nav.privacy'),
    main: html`<div class="narrow">
      <h1>${t('nav.privacy')}</h1>
      ${body?.operatorName && html`<p class="lead">${t('site.runBy')} ${textOf(view, body.operatorName)}</p>`}
      ${body?.privacy ? paragraphsOf(view, body.privacy) : usualNotice(view)}
      ${reachOperators(view)}
    </div>`,
  })
}

const usualNotice = ({ t }: View): Html =>
  html`<p class="lead">${t('privacy.lead')}</p>
    ${usual.map((part) => html`<h2>${t(`privacy.${part}.title`)}</h2><p>${t(`privacy.${part}`)}</p>`)}`
