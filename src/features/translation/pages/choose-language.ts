/** Into which language a record is to be translated: what there is already in each, and any other by its name. */
import { html, type Html } from '#kernel/html/html.ts'
import { directionOf, languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { errorSummary, input } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { taskIn, translatePath } from '#ui/translation-notice.ts'
import { languageNamed, textOf, type View } from '#ui/view.ts'

type Choosing = { kind: Kind; record: StoredRecord; typed: string | undefined }

export function chooseLanguagePage(view: View, { kind, record, typed }: Choosing): HttpResponse {
  const { t, href } = view
  const { title, originalLanguage } = record.body
  const errors = new Map(
    typed
      ? [['language', t(typed === originalLanguage ? 'translate.isOriginal' : 'translate.unknownLanguage')] as const]
      : [],
  )
  const heading = t('translate.choose')
  const known = [...new Set([...languages, ...Object.keys(record.translations)])]
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: heading }) : heading,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: textOf(view, title, originalLanguage), path: recordPath(record.id) }])}
      <h1>${heading}</h1>
      ${errorSummary(view, errors, () => t('translate.otherLanguage'))}
      <ul>
        ${known.map((language) => html`<li>${languageLine(view, { kind, record }, language)}</li>`)}
      </ul>
      <form action="${href(`${recordPath(record.id)}/translate`)}" class="form narrow">
        ${input(view, { name: 'language', label: t('translate.otherLanguage'), hint: t('translate.otherLanguageHint'), errors, max: 100, value: typed ?? '' })}
        <button>${t('translate.chooseButton')}</button>
      </form>`,
  })
}

function languageLine(view: View, { kind, record }: Omit<Choosing, 'typed'>, language: string): Html {
  const { t } = view
  const name = languageNamed(view, language)
  if (language === record.body.originalLanguage)
    return html`${name} · <span class="soft">${t('translate.original')}</span>`
  const own = Object.hasOwn(ownNames, language) ? ownNames[language as keyof typeof ownNames] : undefined
  const hasOwn = own && own.toLowerCase() !== name.toLowerCase()
  const task = taskIn(kind, record, language)
  const state = task === 'add' && record.translations[language] ? 'part' : (task ?? 'whole')
  return html`<a href="${view.href(translatePath(record.id, language))}">${name}</a>${hasOwn && html` <span lang="${language}" dir="${directionOf(language)}">${own}</span>`} · <span class="soft">${t(`translate.state.${state}`)}</span>`
}
