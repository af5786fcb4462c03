/** The form for an indicator that the site does not have. */
import { html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { errorSummary, field, form, input, select, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { fieldName, plainLabel, type View } from '#ui/view.ts'
import { importsPath, statisticsCrumbs, toImports } from './imports.ts'

export const describeFields = [
  'code',
  'title',
  'language',
  'definition',
  'unit',
  'theme',
  'publisher',
  'url',
  'licence',
] as const

const codesOf = (list: string) => Object.keys(codeList(list)!.terms)
/** What is chosen from a list, and what there is to choose. */
export const describeChoices: Readonly<Record<string, readonly string[]>> = {
  language: languages,
  unit: codesOf('indicator-units'),
  theme: ['', ...codesOf('indicator-themes')],
  licence: ['', ...codesOf('licences')],
}

const labelOf = (view: View, name: string): string =>
  name === 'code'
    ? view.t('statistics.code')
    : name === 'language'
      ? view.t('statistics.language')
      : fieldName(view, 'indicator', name)

export function describePage(
  view: View,
  typed: Readonly<Record<string, string>> = {},
  errors: Errors = new Map(),
): HttpResponse {
  const { t } = view
  const title = t('statistics.describe')
  const parts = (name: (typeof describeFields)[number]) => ({
    name,
    label: labelOf(view, name),
    errors,
    value: typed[name] ?? '',
  })
  const of = (list: string) => codesOf(list).map((code) => ({ value: code, label: plainLabel(view, list, code) }))
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${statisticsCrumbs(view, [toImports(view)])}
      <div class="narrow">
        <h1>${title}</h1>
        <p class="lead">${t('statistics.describeLead')}</p>
        ${errorSummary(view, errors, (name) => labelOf(view, name))}
        ${form(
          view,
          `${importsPath}/indicator`,
          html`${input(view, { ...parts('code'), hint: t('statistics.codeHint'), max: 61, direction: 'ltr' })}
            ${input(view, { ...parts('title'), hint: t('statistics.titleHint'), max: 300 })}
            ${select(view, { ...parts('language'), value: typed['language'] ?? view.language, choices: languages.map((one) => ({ value: one, label: ownNames[one] })) })}
            ${field(view, { ...parts('definition'), isRequired: false }, (marks) => html`<textarea${marks} rows="4" dir="auto" maxlength="5000">\n${typed['definition'] ?? ''}</textarea>`)}
            ${select(view, { ...parts('unit'), value: typed['unit'] ?? 'percent', choices: of('indicator-units') })}
            ${select(view, { ...parts('theme'), isRequired: false, empty: t('statistics.noTheme'), choices: of('indicator-themes') })}
            ${input(view, { ...parts('publisher'), hint: t('statistics.hint.publisher'), max: 300 })}
            ${input(view, { ...parts('url'), isRequired: false, type: 'url', max: 2000, direction: 'ltr' })}
            ${select(view, { ...parts('licence'), isRequired: false, empty: t('statistics.noLicence'), choices: of('licences') })}
            <button>${t('statistics.describeButton')}</button>`,
        )}
      </div>`,
  })
}
