/** E-mails about translations: to whom they concern, in their language, with the page on which they can act. */
import type { Context } from '#kernel/context.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { bestText, isLanguage } from '#kernel/i18n/languages.ts'
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { messagesIn, wordsOr, type Translate } from '#kernel/i18n/messages.ts'
import { post } from '#kernel/mail/mail.ts'
import { people } from '#accounts/store.ts'
import { ownersOf } from '#features/editorial/owners.ts'
import type { StoredRecord } from '#records/record.ts'
import { madeTranslations, translators } from './store.ts'

type NewsIn<Key> = Key extends `mail.translation.${infer About}.subject` ? About : never
export type News = {
  about: NewsIn<MessageKey>
  language: string
  /** Where one acts, without its language. */
  path: string
  record?: StoredRecord
  places?: readonly string[]
  reason?: string
}

const mostFields = 6
const mostTold = 20

/** To these people, but not to the one who acts. */
export async function tell(context: Context, ids: readonly string[], news: News): Promise<void> {
  const { db, actor, now, services } = context
  const own = actor.kind === 'person' ? actor.id : ''
  const wanted = [...new Set(ids)].filter((id) => id !== '' && id !== own).slice(0, mostTold)
  const known = await people(db).byIds([...wanted, ...(own ? [own] : [])])
  for (const id of wanted) {
    const account = known.get(id)
    if (account?.state !== 'active') continue
    const language = isLanguage(account.language) ? account.language : 'en'
    const t = messagesIn(language)
    const f = formatsIn(language)
    const { record, reason = '' } = news
    const values = {
      site: services.site.name,
      name: account.name,
      person: known.get(own)?.name ?? services.site.name,
      language: f.languageName(news.language),
      title: record ? bestText(record.body.title, language, record.body.originalLanguage).text.slice(0, 120) : '',
      fields: f.list(fieldNames(t, record?.kind ?? '', news.places ?? [])),
    }
    const quoted = reason.trim() ? [reason.trim().replaceAll(/^/gm, '> ')] : []
    const text = [
      t('mail.greeting', values),
      t(`mail.translation.${news.about}.text`, values),
      ...quoted,
      `${services.site.address}/${language}${news.path}`,
      t('mail.end', values),
    ].join('\n\n')
    const subject = t(`mail.translation.${news.about}.subject`, values)
    await post(db, { to: account.email, language, subject, text: `${text}\n` }, now())
  }
}

const fieldNames = (t: Translate, kind: string, places: readonly string[]): string[] => {
  const names = [...new Set(places.map((place) => place.split('.')[0]!))].map((field) =>
    wordsOr(t, `field.${kind}.${field}`, wordsOr(t, `field.${field}`, field)),
  )
  return names.length > mostFields ? [...names.slice(0, mostFields), '…'] : names
}

/** Its owners and those trusted with the language; where there are none, curators. */
export async function judgesOf({ db }: Pick<Context, 'db'>, record: StoredRecord, language: string): Promise<string[]> {
  const found = [...(await ownersOf(db, record)), ...(await translators(db).of(language))]
  return found.length > 0 ? found : (await people(db).withRole('curator')).map(({ id }) => id)
}

/** Its owners, and who translated it into this language before. */
export async function concernedBy(
  { db }: Pick<Context, 'db'>,
  record: StoredRecord,
  language: string,
): Promise<string[]> {
  const earlier = (await madeTranslations(db).of(record.id)).find((one) => one.language === language)
  return [...(await ownersOf(db, record)), ...(earlier ? [earlier.translatorId] : [])]
}
