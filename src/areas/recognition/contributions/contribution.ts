/** What somebody contributed that is published, and the credential that says so (Open Badges 3.0 §B.1). */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { formatsIn } from '#kernel/i18n/format.ts'
import { people } from '#accounts/store.ts'
import { siteIn } from '#accounts/mail-text.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { review } from '#features/editorial/review.ts'
import { sheets as reviews } from '#features/editorial/reviewing/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { badgeContexts } from '../achievements/badge.ts'
import { newUrn } from '#kernel/urn.ts'

export type Contribution = {
  record: StoredRecord
  role: 'author' | 'reviewer'
  /** A review whose reviewer stays unnamed: the credential must not lead to it. */
  isUnnamed: boolean
  /** How the record names this person; empty where it does not. */
  name: string
  /** The day on which it was published. */
  day: string
}

/** The newest first; what was withdrawn is left out. */
export async function contributionsOf(db: Kysely<unknown>, accountId: string): Promise<Contribution[]> {
  const wrote = await drafts(db).firstWrittenBy(accountId)
  const reviewed = (await reviews(db).by(accountId)).flatMap(({ publishedAs }) => publishedAs ?? [])
  const found = await records(db).findMany([...new Set([...wrote, ...reviewed])])
  const account = (await people(db).byIds([accountId])).get(accountId)?.name ?? ''
  const made: Contribution[] = []
  for (const record of found.values()) {
    if (record.status !== 'published') continue
    const isReview = record.kind === review.name
    const isAlone = isReview || (await drafts(db).firstAuthors(record.id)).length === 1
    const { unnamed, publishedOn } = record.body as { unnamed?: unknown; publishedOn?: unknown }
    const isUnnamed = isReview && unnamed === true
    made.push({
      record,
      role: isReview ? 'reviewer' : 'author',
      isUnnamed,
      name: isUnnamed ? '' : nameShown(record, account, isAlone),
      day: String(isReview && publishedOn ? publishedOn : record.createdAt).slice(0, 10),
    })
  }
  return made.sort((one, other) => (one.day < other.day ? 1 : -1))
}

/**
 * A credential names nobody whom the record does not name: the person by the name of their account if it stands there, or
 * by the pseudonym of one who wrote alone.
 */
function nameShown({ body }: StoredRecord, account: string, isAlone: boolean): string {
  const { authors, creators } = body as Record<string, { name: string; given?: string }[] | undefined>
  const names = (authors ?? creators ?? []).map(({ name, given }) => (given ? `${given} ${name}` : name))
  if (names.includes(account)) return account
  return isAlone && names.length === 1 ? names[0]! : ''
}

type Site = Pick<Context, 'services' | 'random'>

/** Without issuer, status and proof, which are added when it is issued. */
export function credentialFor({ services, random }: Site, told: Contribution, isNamed: boolean, language: Language) {
  const { record, role, isUnnamed, name, day } = told
  const t = messagesIn(language)
  const site = siteIn(services.site, language)
  const recordTitle = bestText(record.body.title, language, record.body.originalLanguage).text
  const address = `${site.address}/records/${record.id}`
  const title = isUnnamed ? t('contribution.unnamedReview') : t(`contribution.${role}Of`, { title: recordTitle })
  const narrative = isUnnamed
    ? t('contribution.unnamedWhy', { site: site.name, year: day.slice(0, 4) })
    : t(`contribution.${role}Why`, { site: site.name, date: formatsIn(language).day(day) })
  const credential = {
    '@context': badgeContexts,
    id: newUrn(random),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: title,
    // Of a review without a name, the day would tell which it is.
    ...(!isUnnamed && {
      awardedDate: `${day}T00:00:00Z`,
      evidence: [{ id: address, type: ['Evidence'], name: recordTitle }],
    }),
    credentialSubject: {
      id: newUrn(random),
      type: ['AchievementSubject'],
      ...(isNamed && name && { name }),
      achievement: {
        id: isUnnamed ? newUrn(random) : `${address}#${role}`,
        type: ['Achievement'],
        name: title,
        description: narrative,
        inLanguage: language,
        criteria: { narrative },
      },
    },
  }
  return { title, credential }
}
