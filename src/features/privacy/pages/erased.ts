import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

export function erasedPage(view: View): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('account.erased'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow"><h1>${t('account.erased')}</h1><p>${t('account.erasedText')}</p><p><a href="${href('/')}">${t('nav.home')}</a></p></div>`,
  })
}
