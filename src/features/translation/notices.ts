/** E-mails about translations: to whom they concern, in their language, with the page on which they can act. */
import type { Context } from '#kernel/context.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { wordsOr, type Translate } from '#kernel/i18n/messages.ts'
import { notify, type Notice } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { ownersOf } from '#features/editorial/owners.ts'
import type { StoredRecord } from '#records/record.ts'
import { madeTranslations, translators } from './store.ts'

export type News = {
  about: Extract<Notice['about'], `translation${string}`>
  language: string
  /** Where one acts, without its language. */
  path: string
  record?: StoredRecord
  places?: readonly string[]
  reason?: string
}

const mostFields = 6
const mostTold = 20

/** To these people, but not to the one who acts. Whom others trust with a language is told always, as of any role. */
export async function tell(context: Context, ids: readonly string[], news: News): Promise<void> {
  const { db, actor, services } = context
  const { about, path, record, places = [], reason = '' } = news
  const own = actor.kind === 'person' ? actor.id : ''
  const isRole = about === 'translationTrusted' || about === 'translationUntrusted'
  const wanted = [...new Set(ids)].filter((id) => id !== '' && id !== own).slice(0, mostTold)
  await notify(context, wanted, {
    about,
    topic: isRole ? 'account' : 'own',
    path,
    ...(record && { of: record.body }),
    person: (own && (await people(db).byId(own))?.name) || services.site.name,
    note: reason,
    values: (t, language) => {
      const f = formatsIn(language)
      return {
        language: f.languageName(news.language),
        fields: f.listUpTo(fieldNames(t, record?.kind ?? '', places), mostFields),
      }
    },
  })
}

const fieldNames = (t: Translate, kind: string, places: readonly string[]): string[] =>
  [...new Set(places.map((place) => place.split('.')[0]!))].map((field) =>
    wordsOr(t, `field.${kind}.${field}`, wordsOr(t, `field.${field}`, field)),
  )

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
