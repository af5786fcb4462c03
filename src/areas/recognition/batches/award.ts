/** Issuing an achievement to learners: each once, with a link by which they get it. */
import { createHmac } from 'node:crypto'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { isLanguage, type Language } from '#kernel/i18n/languages.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { newId } from '#records/identifier.ts'
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { achievement } from '../achievements/achievement.ts'
import { badgeFor, type Offer } from '../achievements/badge.ts'
import { embeddedEndorsements } from '../endorsements/counting.ts'
import { expectMayIssueFor } from '../issuers/issuers.ts'
import { completed, expectCovered, freePlaces, signerOf, type Signed, type Suite } from '../issuing/issue.ts'
import { expectKey, ownDid } from '../issuing/keys.ts'
import { issuing } from '../issuing/store.ts'
import { refreshAddress, withRefresh } from '../refresh/refresh-service.ts'
import { credentialDigest } from '../register/digest.ts'
import { noteCredentialEvents } from '../register/register.ts'
import type { AwardRow, IssuedRow } from '../tables.ts'
import { claimOf, tellLearner, type Claim } from '../claims/claim.ts'
import { awards, claims } from './store.ts'

const line = (max: number, description: string) => Type.String({ maxLength: max, default: '', description })

/** One learner of a table. At least a name, a number or an email address tells who it is. */
export const Learner = Type.Object(
  {
    row: Type.Integer({ minimum: 1, description: 'The number of the row, told back' }),
    name: line(200, 'As it shall stand in the credential; may be a pseudonym or empty'),
    number: line(200, 'A student number, by which the learner is known again; it does not stand in the credential'),
    email: line(254, 'Where the link to the credential is sent'),
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The day on which it was achieved' }),
    result: line(200, 'A mark or score'),
  },
  { additionalProperties: false },
)
export type Learner = Static<typeof Learner>

/** What is issued, for whom, and how. */
export type Order = {
  achievementId: string
  organisationId: string
  period: string
  language: string
  sendsMail: boolean
  canBeSuspended: boolean
  suite: Suite
  batchId: string
}

const isAchievement = isOf(achievement)
const secretBytes = 32
const aboutSecret = 'learner-secret'

type Offered = Pick<Order, 'achievementId' | 'organisationId' | 'language'>

/** The achievement and in whose name it is issued. @throws Problem forbidden, invalid */
export async function offerOf(
  context: Pick<Context, 'db' | 'services' | 'actor' | 'now'>,
  order: Offered,
): Promise<Offer> {
  const found = await describedOffer(context, order)
  const named = found.achievement.body.issuers ?? []
  // Who is named alone may issue it; where nobody is, the site does.
  if (order.organisationId === '' ? named.length > 0 : !named.includes(order.organisationId))
    throw violation('organisation', 'notItsIssuer')
  await expectMayIssueFor(context, order.organisationId, 'credentials.issue')
  return found
}

/** As it is described here today, whoever asks. @throws Problem invalid where it is published no more */
export async function describedOffer(
  context: Pick<Context, 'db' | 'services' | 'now'>,
  order: Offered,
): Promise<Offer> {
  const { db, services } = context
  const found: StoredRecord | undefined = await records(db).find(order.achievementId)
  if (!found || !isAchievement(found) || found.status !== 'published')
    throw violation('achievement', 'achievementUnknown')
  const organisation = order.organisationId ? await records(db).find(order.organisationId) : undefined
  const frameworks = await records(db).findMany((found.body.nationalLevels ?? []).map(({ framework }) => framework))
  const language: Language = isLanguage(order.language) ? order.language : 'en'
  return {
    achievement: found,
    organisation,
    frameworks,
    endorsements: {
      achievement: await embeddedEndorsements(context, order.achievementId),
      organisation: await embeddedEndorsements(context, organisation?.id),
    },
    language,
    did: ownDid(context),
    address: services.site.address,
  }
}

type Reading = Pick<Context, 'db' | 'services'>

/** With it alone it is known whether a learner has an achievement already; undefined before the first. */
export async function learnerSecret({ db, services }: Reading): Promise<Uint8Array | undefined> {
  const closed = await awards(db).learnerSecret()
  if (closed === undefined) return undefined
  const secret = await services.secretBox.open(closed, aboutSecret)
  if (!secret) throw new Problem('secretLost')
  return secret
}

async function expectLearnerSecret(context: Reading & Pick<Context, 'random'>): Promise<Uint8Array> {
  const { db, services, random } = context
  const known = await learnerSecret(context)
  if (known) return known
  await awards(db).keepLearnerSecret(await services.secretBox.close(random(secretBytes), aboutSecret))
  // Of two processes the first one’s counts.
  return (await learnerSecret(context))!
}

/** By what a learner is known again: a number, else an email address, else a name. */
export const markOf = ({ number, email, name }: Pick<Learner, 'number' | 'email' | 'name'>): string =>
  number ? `number ${number}` : email ? `email ${email.toLowerCase()}` : `name ${name}`

type Marks = Parameters<typeof markOf>[0]
const keyOf = (secret: Uint8Array, learner: Marks) =>
  createHmac('sha256', secret).update(markOf(learner)).digest('base64url')

/** By which what a learner was issued is found; undefined before anybody was issued anything. */
export async function learnerKeyOf(context: Reading, learner: Marks): Promise<string | undefined> {
  const secret = await learnerSecret(context)
  return secret && keyOf(secret, learner)
}

/** How many of these learners have it already. */
export async function knownAmong(context: Reading, order: Order, learners: readonly Learner[]): Promise<number> {
  const secret = await learnerSecret(context)
  if (!secret || learners.length === 0) return 0
  const keys = learners.map((one) => keyOf(secret, one))
  return (await awards(context.db).known(order, keys)).size
}

export type Awarded = { row: number; id: string; isKnown: boolean; credential?: Signed; link?: string }

/** Issues to those who do not have it yet. All of it is one transaction. */
export async function award(
  context: Context,
  offer: Offer,
  order: Order,
  learners: readonly Learner[],
): Promise<Awarded[]> {
  const { db } = context
  await expectKey(context)
  const secret = await expectLearnerSecret(context)
  const keyed = learners.map((learner) => ({ learner, key: keyOf(secret, learner) }))
  const known = await awards(db).known(
    order,
    keyed.map(({ key }) => key),
  )
  const fresh = [...new Map(keyed.filter(({ key }) => !known.has(key)).map((one) => [one.key, one])).values()]
  const made = await make(context, offer, order, fresh)
  const byKey = new Map(made.map((one) => [one.key, one]))
  return keyed.map(({ learner: { row }, key }) => {
    const one = byKey.get(key)
    if (!one || one.learner.row !== row) return { row, id: one?.id ?? known.get(key)!, isKnown: true }
    return { row, id: one.id, isKnown: false, credential: one.signed, link: one.claim.link }
  })
}

type Fresh = { learner: Learner; key: string }
type Made = Fresh & { id: string; signed: Signed; claim: Claim }

async function make(context: Context, offer: Offer, order: Order, fresh: readonly Fresh[]): Promise<Made[]> {
  if (fresh.length === 0) return []
  const { db, now, random, actor } = context
  const places = await freePlaces(context, fresh.length)
  const sign = await signerOf(context, order.suite)
  const refreshSecret = await expectLearnerSecret(context)
  const at = now().toISOString()
  const made: Made[] = []
  const issued: IssuedRow[] = []
  for (const [index, one] of fresh.entries()) {
    const id = newId(random)
    const badge = withRefresh(badgeFor(offer, context, one.learner), refreshAddress(context, refreshSecret, id))
    const document = completed(context, badge, places[index]!, order.canBeSuspended)
    // They differ in values alone: what is said of the first is true of all.
    if (index === 0) await expectCovered(document)
    const signed = await sign(document)
    const issuedBy = actor.kind === 'person' ? actor.id : ''
    issued.push({
      id,
      ...places[index]!,
      sha256: credentialDigest(signed),
      issuedBy,
      issuedAt: at,
      state: 'valid',
      reason: '',
      changedAt: at,
      canBeSuspended: order.canBeSuspended ? 1 : 0,
    })
    made.push({ ...one, id, signed, claim: await claimOf(context, { id, signed, learner: one.learner, offer }) })
  }
  await issuing(db).addMany(issued)
  await noteCredentialEvents(
    context,
    'issued',
    issued.map(({ sha256 }) => sha256),
  )
  await awards(db).addMany(made.map((one) => rowOf(order, one)))
  await claims(db).addMany(made.map(({ claim }) => claim.row))
  if (order.sendsMail)
    for (const { learner, claim } of made) if (learner.email) await tellLearner(context, claim.told, claim.link)
  return made
}

const rowOf = (
  { achievementId, organisationId, period, batchId }: Order,
  { id, key, learner: { row } }: Made,
): AwardRow => ({ credentialId: id, achievementId, organisationId, period, learnerKey: key, batchId, row })
