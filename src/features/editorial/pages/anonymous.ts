/** Telling a lesson without a name. */
import { html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { anonymousStep } from '../drafts/anonymous.ts'
import { control, type Filling } from '#ui/controls.ts'
import { errorSummary, form, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, type View } from '#ui/view.ts'

export const anonymousPath = '/lessons/anonymous'

export type Anonymous = {
  language: string
  values: Readonly<Record<string, unknown>>
  typed: ReadonlyMap<string, string>
  errors: Errors
}

export function anonymousPage(view: View, { language, values, typed, errors }: Anonymous): HttpResponse {
  const { t } = view
  const filling: Filling = { kind: 'lesson', language, errors, typed, beside: () => undefined }
  const labelOf = (name: string) => fieldName(view, 'lesson', name)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: t('anonymous.title') }) : t('anonymous.title'),
    status: errors.size > 0 ? 422 : 200,
    keep: false,
    main: html`${crumbs(view, [{ name: t('kind.lesson.many'), path: '/search?kind=lesson' }])}
      <div class="narrow">
        <h1>${t('anonymous.title')}</h1>
        <p class="lead">${t('anonymous.lead')}</p>
        <p class="note">${t('anonymous.care')}</p>
        ${errorSummary(view, errors, labelOf)}
        ${form(
          { ...view, session: undefined },
          anonymousPath,
          html`${select(view, { name: 'language', label: t('share.language'), errors, value: language, choices: languages.map((one) => ({ value: one, label: ownNames[one] })) })}
            ${anonymousStep.asked.map((asked) => control(view, asked, values[asked.name] ?? undefined, filling))}
            <button>${t('anonymous.button')}</button>`,
        )}
      </div>`,
  })
}

export const anonymousThanks = (view: View): HttpResponse =>
  page(view, {
    title: view.t('anonymous.thanks'),
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${view.t('anonymous.thanks')}</h1>
      <p class="lead">${view.t('anonymous.next')}</p>
      <p><a href="${view.href('/search?kind=lesson')}">${view.t('kind.lesson.many')}</a></p>
    </div>`,
  })
