/** Learners take all their credentials as one, by a link or on their account; issuers make one for a learner of theirs. */
import { isMoment } from '#kernel/days.ts'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { isLanguage, type Language } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { people } from '#accounts/store.ts'
import { records } from '#records/store.ts'
import { Learner } from '../batches/award.ts'
import { claimPath } from '../claims/claim.ts'
import { contributionCredentials } from '../contributions/store.ts'
import { expectMayIssueFor } from '../issuers/issuers.ts'
import { Issued, suites } from '../issuing/issue.ts'
import { heldBy, heldByLink, heldOf, type Held } from './held.ts'
import { makeLearnerRecord } from './learner-record.ts'

const Secret = Type.String({ maxLength: 100 })
const language = Type.String({ maxLength: 20, default: 'en' })
const languageOf = (given: string): Language => (isLanguage(given) ? given : 'en')
const mostLinks = 50

const Made = Type.Object({
  ...Issued.properties,
  count: Type.Integer({ description: 'How many credentials are in it' }),
  left: Type.Integer({ description: 'How many were left out: revoked, suspended, or more than fit' }),
})

export const takeByLink = operation({
  name: 'claims.learnerRecord',
  summary: 'Sign one learner record with all credentials of the learner who has this link, and those of further links',
  http: 'POST /claims/learner-record',
  isForPages: true,
  isOpen: true,
  input: Type.Object(
    { secret: Secret, others: Type.Array(Secret, { maxItems: mostLinks, default: [] }), language },
    closed,
  ),
  output: Made,
  allow: () => true,
  run: async (context, { secret, others, language: tongue }) => {
    const first = await heldByLink(context, secret)
    if (!first) throw new Problem('claimGone')
    const all = new Map(first.map((one) => [one.row.credentialId, one]))
    for (const other of others) {
      const more = await heldByLink(context, other)
      if (!more) throw violation('links', 'notALink')
      for (const one of more) all.set(one.row.credentialId, one)
    }
    return makeLearnerRecord(context, [...all.values()], {
      language: languageOf(tongue),
      suite: 'eddsa-rdfc-2022',
      about: first[0]!.row.credentialId,
    })
  },
})

export const countByLink = operation({
  name: 'claims.held',
  summary: 'Count the credentials that a learner record of this link would hold',
  http: 'GET /claims/:secret/held',
  isForPages: true,
  input: Type.Object({ secret: Secret }, closed),
  output: Type.Object({ count: Type.Integer() }),
  allow: () => true,
  run: async (context, { secret }) => ({
    count: ((await heldByLink(context, secret)) ?? []).filter(({ state }) => state === 'valid').length,
  }),
})

/** What was issued to the email address of an account, which its person has proved to be theirs, and for what they contributed. */
async function heldByAccount(context: Pick<Context, 'db' | 'services' | 'now' | 'actor'>): Promise<Held[]> {
  const { db, actor } = context
  if (actor.kind !== 'person') throw new Problem('forbidden', { operation: 'learner-records.list' })
  const account = await people(db).byId(actor.id)
  const mine = account ? await heldBy(context, { number: '', name: '', email: account.emailKey }) : []
  const contributed = (await contributionCredentials(db).of(actor.id)).map(({ credentialId }) => credentialId)
  return [...mine, ...(await heldOf(context, contributed))]
}

const Line = Type.Object({
  credential: Type.String(),
  title: Type.String(),
  issuer: Type.String(),
  state: Type.Enum(['valid', 'revoked', 'suspended']),
  path: Type.String({ description: 'The page of the credential' }),
})
export type HeldLine = Static<typeof Line>

export const listMine = operation({
  name: 'learner-records.list',
  summary: 'List the credentials that were issued to the email address of one’s account, and for one’s contributions',
  http: 'GET /account/credentials',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ credentials: Type.Array(Line) }),
  allow: permission('draft.write'),
  run: async (context) => ({
    credentials: (await heldByAccount(context)).map(({ row, told, state }) => ({
      credential: row.credentialId,
      title: told.title,
      issuer: told.issuer,
      state,
      path: claimPath(told.secret),
    })),
  }),
})

const mostAtOnce = 200

export const readMine = operation({
  name: 'credentials.mine',
  summary:
    'Read the credentials themselves that were issued to the email address of one’s account, and for one’s contributions',
  http: 'GET /account/credentials/signed',
  input: Type.Object(
    {
      limit: Type.Integer({ minimum: 1, maximum: mostAtOnce, default: 50 }),
      offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
      since: Type.Optional(
        Type.String({
          pattern: '^\\d{4}-\\d{2}-\\d{2}(?:T[\\d:.]+(?:Z|[+-]\\d{2}:\\d{2}))?$',
          description: 'Issued or changed after',
        }),
      ),
    },
    closed,
  ),
  output: Type.Object({
    name: Type.String({ description: 'Of the account' }),
    total: Type.Integer(),
    credentials: Type.Array(Type.Union([Type.Object({}, { additionalProperties: true }), Type.String()])),
  }),
  allow: permission('draft.write'),
  run: async (context, { limit, offset, since }) => {
    const held = (await heldByAccount(context)).filter(({ state }) => state !== 'revoked')
    if (since !== undefined && !isMoment(since)) throw violation('since', 'pattern')
    const after = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since)
    const found = held.filter(({ changedAt }) => Date.parse(changedAt) > after)
    const { actor } = context
    const account = actor.kind === 'person' ? await people(context.db).byId(actor.id) : undefined
    return {
      name: account?.name ?? '',
      total: found.length,
      credentials: found.slice(offset, offset + limit).map(({ told }) => told.credential),
    }
  },
})

export const takeMine = operation({
  name: 'learner-records.take',
  summary: 'Sign one learner record with all credentials of one’s account',
  http: 'POST /account/learner-record',
  isForPages: true,
  input: Type.Object({ language }, closed),
  output: Made,
  allow: permission('draft.write'),
  run: async (context, { language: tongue }) =>
    makeLearnerRecord(context, await heldByAccount(context), {
      language: languageOf(tongue),
      suite: 'eddsa-rdfc-2022',
      about: context.actor.kind === 'person' ? context.actor.id : '',
    }),
})

const { number, email } = Learner.properties

export const issueLearnerRecord = operation({
  name: 'credentials.learnerRecord',
  summary:
    'Issue a learner record (CLR 2.0) with all credentials that an organisation issued to one learner and this site still keeps',
  http: 'POST /credentials/learner-records',
  input: Type.Object(
    {
      organisation: Type.String({
        maxLength: 16,
        default: '',
        description: 'Who issued them; the site itself where it is empty',
      }),
      number,
      email,
      language,
      suite: Type.Enum([...suites], { default: 'eddsa-rdfc-2022' }),
    },
    closed,
  ),
  output: Made,
  allow: permission('draft.write'),
  run: async (context, { organisation, language: tongue, suite, ...marks }) => {
    await expectMayIssueFor(context, organisation, 'credentials.learnerRecord')
    // A name alone may be that of several people.
    if (!marks.number && !marks.email) throw violation('number', 'numberOrEmail')
    const held = await heldBy(context, { name: '', ...marks }, organisation)
    if (held.length === 0) throw violation('number', 'learnerWithout')
    return makeLearnerRecord(context, held, {
      language: languageOf(tongue),
      suite,
      organisation: organisation ? await records(context.db).find(organisation) : undefined,
      about: context.actor.kind === 'person' ? context.actor.id : context.actor.kind,
    })
  },
})

export const learnerRecordOperations = [takeByLink, countByLink, listMine, readMine, takeMine, issueLearnerRecord]
