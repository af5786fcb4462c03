/** The credentials of a learner as one that this site signs (1EdTech Comprehensive Learner Record 2.0, ClrCredential). */
import type { Context } from '#kernel/context.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { readToken } from '#codecs/vc-jwt/vc-jwt.ts'
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { achievement } from '../achievements/achievement.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { issue, signerOf, type Signed, type Suite } from '../issuing/issue.ts'
import { newUrn } from '#kernel/urn.ts'
import { ownDid } from '../issuing/keys.ts'
import { mostWithin } from '../verification/within.ts'
import type { Json } from '../verification/verification.ts'
import type { Held } from './held.ts'

const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]

export type LearnerRecord = { id: string; credential: Signed; count: number; left: number }
type Making = { language: Language; suite: Suite; organisation?: StoredRecord | undefined; about: string }

/**
 * One credential with all that are valid. What was revoked or is suspended is left out, and counted.
 * @throws Problem invalid where there is none that is valid, tooManyTries
 */
export async function makeLearnerRecord(
  context: Context,
  held: readonly Held[],
  { language, suite, organisation, about }: Making,
): Promise<LearnerRecord> {
  const { db, now, random, services } = context
  const valid = held.filter(({ state }) => state === 'valid').slice(0, mostWithin)
  if (valid.length === 0) throw violation('credentials', 'noneToBundle')
  if (!(await isLetPass(db, 'learnerRecordsOf', about, now()))) throw new Problem('tooManyTries')
  await countTry(db, 'learnerRecordsOf', about, now())
  const inside: object[] = []
  for (const { told } of valid) inside.push(await asObject(context, told.credential))
  const association = await associationsOf(context, valid)
  const address = organisation && `${services.site.address}/records/${organisation.id}`
  const document = {
    '@context': contexts,
    id: newUrn(random),
    type: ['VerifiableCredential', 'ClrCredential'],
    name: messagesIn(language)('learnerRecord.name'),
    ...(organisation && {
      issuer: {
        id: ownDid(context),
        type: ['Profile'],
        name: bestText(organisation.body.title, language, organisation.body.originalLanguage).text,
        url: address,
      },
    }),
    credentialSubject: {
      id: newUrn(random),
      type: ['ClrSubject'],
      verifiableCredential: inside,
      ...(association.length > 0 && { association }),
    },
  }
  const issued = await issue(context, { credential: document, suite })
  return { ...issued, count: valid.length, left: held.length - valid.length }
}

/** Credentials stand in it as objects; one that was signed as a token is signed anew, with the same content. */
async function asObject(context: Context, credential: Signed): Promise<object> {
  if (typeof credential !== 'string') return credential
  const sign = await signerOf(context, 'eddsa-rdfc-2022')
  return (await sign(readToken(credential).document as Json)) as object
}

const isAchievement = isOf(achievement)

/**
 * What is known of how the achievements belong together: one that closes a course is part of one that closes a pathway
 * with that course, and two that close the same stand beside each other.
 */
async function associationsOf({ db, services }: Pick<Context, 'db' | 'services'>, held: readonly Held[]) {
  const found = await records(db).findMany([...new Set(held.map(({ achievementId }) => achievementId).filter(Boolean))])
  const known = [...found.values()].filter(isAchievement)
  const closes = known.map(({ id, body }) => ({ id, ends: (body.closes ?? []) as readonly string[] }))
  const steps = await coursesOf(db, [...new Set(closes.flatMap(({ ends }) => ends))])
  const made: object[] = []
  const add = (associationType: string, source: string, target: string) =>
    made.push({
      type: 'Association',
      associationType,
      sourceId: `${services.site.address}/records/${source}`,
      targetId: `${services.site.address}/records/${target}`,
    })
  for (const [at, one] of closes.entries())
    for (const other of closes.slice(at + 1)) {
      const isIn = (part: typeof one, whole: typeof one) =>
        whole.ends.some((end) => part.ends.some((course) => steps.get(end)?.has(course)))
      if (isIn(one, other)) add('isPartOf', one.id, other.id)
      else if (isIn(other, one)) add('isPartOf', other.id, one.id)
      else if (one.ends.some((end) => other.ends.includes(end))) add('isPeerOf', one.id, other.id)
    }
  return made
}

/** The courses in the steps of each pathway among these. */
async function coursesOf(db: Context['db'], ids: readonly string[]): Promise<Map<string, Set<string>>> {
  const found = await records(db).findMany(ids)
  type Steps = { steps?: { items?: { course?: string }[] }[] }
  return new Map(
    [...found.values()].map(({ id, body }) => [
      id,
      new Set(
        ((body as Steps).steps ?? []).flatMap(({ items }) => (items ?? []).flatMap(({ course }) => course ?? [])),
      ),
    ]),
  )
}
