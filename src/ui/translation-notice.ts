/** The notice about a translation wherever one is shown, and the links to make or renew one. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import { languages } from '#kernel/i18n/languages.ts'
import type { Kind } from '#records/kind.ts'
import { isOutOfDate, type StoredRecord } from '#records/record.ts'
import { textsIn } from '#records/translatable-text.ts'
import { languageWithin, type View } from './view.ts'

/** Made from an older version of the original; made by a machine. */
export function translationNotice(view: View, record: Pick<StoredRecord, 'translations' | 'sourceRevision'>): Content {
  const translation = record.translations[view.language]
  if (!translation) return nothing
  return html`${isOutOfDate(record, view.language) && html`<p class="warning">${view.t('translation.outOfDate')}</p>`}${translation.machine && html`<p class="warning">${view.t('translation.machine')}</p>`}`
}

export const translatePath = (id: string, language: string) => `/records/${id}/translate/${language}`

type ToTranslate = Pick<StoredRecord, 'id' | 'body' | 'translations' | 'sourceRevision'>
type Task = 'renew' | 'add' | 'mend'

/** What there is to do for a record in a language; nothing where it is whole and newest. */
export function taskIn(kind: Kind, record: ToTranslate, language: string): Task | undefined {
  const { originalLanguage } = record.body
  if (language === originalLanguage) return undefined
  if (isOutOfDate(record, language)) return 'renew'
  const texts = textsIn(kind, record.body).filter((one) => one.texts[originalLanguage] !== undefined)
  if (texts.some((one) => one.texts[language] === undefined)) return 'add'
  return record.translations[language]?.machine ? 'mend' : undefined
}

/** For people who are signed in: what is to do in the page’s language, and the others in which it is not whole yet. */
export function translateLink(view: View, kind: Kind, record: ToTranslate): Content {
  return view.session && isOffered(kind, view.session.roles) ? translateLinks(view, kind, record) : nothing
}

/** Nobody has to read the site in the language into which they translate. */
export function translateLinks(view: View, kind: Kind, record: ToTranslate): Content {
  const { language, t, href } = view
  const task = taskIn(kind, record, language)
  const others = languages.filter((one) => one !== language && taskIn(kind, record, one))
  const link = (to: string, words: string) =>
    html`<a href="${href(translatePath(record.id, to))}" rel="nofollow">${words}</a>`
  return html`${task && html`<p class="not-printed">${link(language, t(`translation.${task}`, { language: languageWithin(view, language) }))}</p>`}
    <p class="not-printed">
      ${t('translation.into')}
      ${others.map((one) => html`${link(one, languageWithin(view, one))} · `)}<a href="${href(`/records/${record.id}/translate`)}" rel="nofollow">${t('translation.another')}</a>
    </p>`
}

/** Of records that their authors alone translate, their own pages offer it. */
const isOffered = ({ translatedBy = 'everyone' }: Kind, roles: readonly string[]): boolean =>
  translatedBy === 'everyone' ||
  (translatedBy === 'curators' && (roles.includes('curator') || roles.includes('operator')))
