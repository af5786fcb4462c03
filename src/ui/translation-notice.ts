/** The notice about a translation wherever one is shown, and the link to make or renew it. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
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

/** For people who are signed in, where some texts are missing in the page’s language or translated from an older version. */
export function translateLink(view: View, kind: Kind, record: StoredRecord): Content {
  const { language, session, t } = view
  const { originalLanguage } = record.body
  if (!session || language === originalLanguage || !isOffered(kind, session.roles)) return nothing
  const texts = textsIn(kind, record.body).filter((one) => one.texts[originalLanguage] !== undefined)
  const isLacking = texts.some((one) => one.texts[language] === undefined)
  const isOld = isOutOfDate(record, language)
  if (!isLacking && !isOld && !record.translations[language]?.machine) return nothing
  const words = isOld ? 'translation.renew' : isLacking ? 'translation.add' : 'translation.mend'
  return html`<p><a href="${view.href(translatePath(record.id, language))}" rel="nofollow">${t(words, { language: languageWithin(view, language) })}</a></p>`
}

/** Of records that their authors alone translate, their own pages offer it. */
const isOffered = ({ translatedBy = 'everyone' }: Kind, roles: readonly string[]): boolean =>
  translatedBy === 'everyone' ||
  (translatedBy === 'curators' && (roles.includes('curator') || roles.includes('operator')))
