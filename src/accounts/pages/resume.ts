import { html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { form } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'

/** A form whose session had ended is not lost: it is sent again by the new one. */
export function resumePage(view: View, path: string, values: readonly [string, string][]): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('resume.title'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('resume.title')}</h1>
      <p class="lead">${t('resume.lead')}</p>
      ${form(view, path, html`${values.map(([name, value]) => html`<textarea hidden name="${name}">\n${value}</textarea>`)}<button>${t('resume.button')}</button>`)}
    </div>`,
  })
}
