/** Credentials from a table: checked first, then issued part by part, and revoked together where it was a mistake. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may, permission } from '#kernel/permission.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { issuers } from '../issuers/store.ts'
import { mayIssueFor } from '../issuers/issuers.ts'
import { canBeSuspended, suites, type Suite } from '../issuing/issue.ts'
import { openClaim, claimPath } from '../claims/claim.ts'
import { noteCredentialEvents } from '../register/register.ts'
import type { BatchPartRow, BatchRow } from '../tables.ts'
import type { Learner } from './award.ts'
import { award, offerOf, type Order } from './award.ts'
import type { RowFault } from './learners-of-table.ts'
import { awards, batches, claims } from './store.ts'

export const forAchievement = {
  achievement: Id,
  organisation: Type.String({
    pattern: '^(?:[0-9a-hjkmnp-tv-z]{16})?$',
    default: '',
    description: 'For which organisation; empty: for this site',
  }),
  period: Type.String({
    maxLength: 100,
    default: '',
    description: 'Such as a term: nobody gets the same achievement twice in it',
  }),
  language: Type.Enum([...languages], { default: 'en', description: 'Of the credential and the email' }),
  sendsMail: Type.Boolean({ default: true, description: 'Send each learner with an email address their link' }),
  canBeSuspended,
  suite: Type.Enum([...suites], { default: 'eddsa-rdfc-2022' }),
}

const RowError = Type.Object({
  row: Type.Integer(),
  column: Type.String(),
  rule: Type.String(),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
})
export const Batch = Type.Object({
  id: Type.String(),
  achievement: Type.String(),
  organisation: Type.String(),
  period: Type.String(),
  fileName: Type.String(),
  language: Type.String(),
  sendsMail: Type.Boolean(),
  canBeSuspended: Type.Boolean(),
  state: Type.Enum(['checked', 'running', 'done', 'stopped', 'revoked']),
  total: Type.Integer({ description: 'Rows of the table' }),
  wrong: Type.Integer({ description: 'Rows with errors; they are left out' }),
  known: Type.Integer({ description: 'Rows of learners who have it already' }),
  done: Type.Integer({ description: 'Rows gone through' }),
  issued: Type.Integer(),
  errors: Type.Array(RowError, { description: 'The first 200' }),
  reason: Type.String(),
  createdAt: Type.String(),
  changedAt: Type.String(),
})
export type Batch = Static<typeof Batch>

export const told = ({
  achievementId,
  organisationId,
  errors,
  sendsMail,
  canBeSuspended: suspends,
  ...row
}: BatchRow): Batch => {
  const { createdBy: _, suite: _suite, ...rest } = row
  return {
    ...rest,
    achievement: achievementId,
    organisation: organisationId,
    sendsMail: sendsMail === 1,
    canBeSuspended: suspends === 1,
    errors: JSON.parse(errors) as RowFault[],
  }
}

export const orderOf = ({
  id,
  sendsMail,
  canBeSuspended: suspends,
  suite,
  achievementId,
  organisationId,
  period,
  language,
}: BatchRow): Order => ({
  achievementId,
  organisationId,
  period,
  language,
  sendsMail: sendsMail === 1,
  canBeSuspended: suspends === 1,
  suite: suite as Suite,
  batchId: id,
})

/** @throws Problem notFound, forbidden */
async function expectBatch(context: Context, id: string): Promise<BatchRow> {
  const row = await batches(context.db).find(id)
  if (!row) throw noSuch('credentialBatch', id)
  if (!(await mayIssueFor(context, row.organisationId)))
    throw new Problem('forbidden', { operation: 'credentials.batch' })
  return row
}

export const aboutPart = (batchId: string, part: number) => `credential-batch ${batchId} ${part}`

const of = { input: Type.Object({ id: Id }, closed), output: Batch, allow: permission('draft.write') }

export const readBatch = operation({
  ...of,
  name: 'credentials.readBatch',
  summary: 'Read how far credentials from a table are issued, and which rows have errors',
  http: 'GET /credentials/batches/:id',
  run: async (context, { id }) => told(await expectBatch(context, id)),
})

export const listBatches = operation({
  name: 'credentials.listBatches',
  summary: 'List the tables from which credentials were issued, the newest first',
  http: 'GET /credentials/batches',
  input: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) }, closed),
  output: Type.Object({ batches: Type.Array(Batch) }),
  allow: permission('draft.write'),
  run: async ({ db, actor }, { limit }) => {
    if (may(actor, 'record.publish')) return { batches: (await batches(db).newest(limit)).map(told) }
    const person = actor.kind === 'person' ? actor.id : ''
    const organisations = (await issuers(db).organisationsOf(person)).map(({ organisationId }) => organisationId)
    if (organisations.length === 0) return { batches: [] }
    return { batches: (await batches(db).newest(limit, organisations)).map(told) }
  },
})

export const startBatch = operation({
  ...of,
  name: 'credentials.startBatch',
  summary: 'Issue the rows of a table that have no errors',
  http: 'POST /credentials/batches/:id/start',
  run: async (context, { id }) => {
    const row = await expectBatch(context, id)
    if (row.state !== 'checked') return told(row)
    await offerOf(context, orderOf(row))
    const isEmpty = row.total === row.wrong
    const change = { state: isEmpty ? 'done' : 'running', changedAt: context.now().toISOString() } as const
    await batches(context.db).change(id, change)
    await noteEvent(context, 'credential.batch', row.createdBy, `${id} started`)
    return told({ ...row, ...change })
  },
})

/** @throws Problem secretLost where the key of this node is another than the one that closed them: they wait for it. */
async function learnersIn(
  { services }: Pick<Context, 'services'>,
  { batchId, part, closed }: Pick<BatchPartRow, 'batchId' | 'part' | 'closed'>,
): Promise<Learner[]> {
  const plain = await services.secretBox.open(closed, aboutPart(batchId, part))
  if (!plain) throw new Problem('secretLost')
  return JSON.parse(Buffer.from(plain).toString('utf8')) as Learner[]
}

export const advanceBatch = operation({
  ...of,
  name: 'credentials.advanceBatch',
  summary: 'Issue the next rows of a table',
  http: 'POST /credentials/batches/:id/advance',
  isForPages: true,
  run: async (context, { id }) => {
    const row = await expectBatch(context, id)
    if (row.state !== 'running') return told(row)
    const store = batches(context.db)
    const next = await store.nextPart(id)
    const learners = next ? await learnersIn(context, next) : []
    const made =
      learners.length > 0 ? await award(context, await offerOf(context, orderOf(row)), orderOf(row), learners) : []
    if (next) await store.dropPart(id, next.part)
    const issued = made.filter(({ isKnown }) => !isKnown).length
    const change = {
      done: row.done + (next?.rows ?? 0),
      issued: row.issued + issued,
      changedAt: context.now().toISOString(),
      ...(!next || row.done + next.rows >= row.total - row.wrong ? { state: 'done' as const } : {}),
    }
    await store.change(id, change)
    return told({ ...row, ...change })
  },
})

export const stopBatch = operation({
  ...of,
  name: 'credentials.stopBatch',
  summary: 'Stop issuing from a table, or discard one that was only checked; what was issued stays',
  http: 'POST /credentials/batches/:id/stop',
  run: async (context, { id }) => {
    const row = await expectBatch(context, id)
    if (row.state !== 'checked' && row.state !== 'running') return told(row)
    const change = { state: 'stopped', changedAt: context.now().toISOString() } as const
    await batches(context.db).dropParts(id)
    await batches(context.db).change(id, change)
    return told({ ...row, ...change })
  },
})

const digestsAtOnce = 2_000
export const revokeBatch = operation({
  name: 'credentials.revokeBatch',
  summary: 'Revoke for good all credentials that were issued from a table, with a reason',
  http: 'POST /credentials/batches/:id/revoke',
  input: Type.Object(
    {
      id: Id,
      reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'It is not published' }),
    },
    closed,
  ),
  output: Batch,
  allow: permission('draft.write'),
  changesPages: true,
  run: async (context, { id, reason }) => {
    const row = await expectBatch(context, id)
    const at = context.now().toISOString()
    const change = { state: 'revoked', reason: reason.trim(), changedAt: at } as const
    const store = batches(context.db)
    await store.dropParts(id)
    for (let after: string | undefined = ''; after !== undefined;) {
      const some: { id: string; sha256: string }[] = await store.notRevoked(id, after, digestsAtOnce)
      await noteCredentialEvents(
        context,
        'revoked',
        some.map(({ sha256 }) => sha256),
      )
      after = some.length < digestsAtOnce ? undefined : some.at(-1)!.id
    }
    await store.revokeAll(id, { reason: change.reason, changedAt: at })
    await store.change(id, change)
    await noteEvent(context, 'credential.batch', row.createdBy, `${id} revoked`)
    return told({ ...row, ...change })
  },
})

export const listClaimLinks = operation({
  name: 'credentials.claimLinks',
  summary: 'List the links by which the learners of a table get their credentials, in the order of its rows',
  http: 'GET /credentials/batches/:id/links',
  input: Type.Object(
    {
      id: Id,
      after: Type.Integer({ minimum: 0, maximum: 10_000_000, default: 0, description: 'A row; those below it follow' }),
      limit: Type.Integer({ minimum: 1, maximum: 500, default: 500 }),
    },
    closed,
  ),
  output: Type.Object({
    links: Type.Array(
      Type.Object({
        row: Type.Integer(),
        id: Type.String({ description: 'Of the credential' }),
        name: Type.String(),
        email: Type.String(),
        link: Type.String({ description: 'Empty where the learner has deleted it, or its time is over' }),
      }),
    ),
    next: Type.Union([Type.Integer({ description: '`after` of the next lines' }), Type.Null()]),
  }),
  allow: permission('draft.write'),
  run: async (context, { id, after, limit }) => {
    await expectBatch(context, id)
    const rows = await awards(context.db).ofBatch(id, after, limit)
    const kept = rows.length > 0 ? await claims(context.db).ofCredentials(rows.map((one) => one.credentialId)) : []
    const byCredential = new Map(kept.map((one) => [one.credentialId, one]))
    const links = []
    for (const { credentialId, row } of rows) {
      const claim = byCredential.get(credentialId)
      const opened = claim && (await openClaim(context, claim))
      const { name = '', email = '' } = opened ?? {}
      const link = opened ? `${context.services.site.address}/${opened.language}${claimPath(opened.secret)}` : ''
      links.push({ row, id: credentialId, name, email, link })
    }
    return { links, next: rows.length < limit ? null : rows.at(-1)!.row }
  },
})

export const clearBatches = operation({
  name: 'credentials.clear',
  summary: 'Delete tables that were checked and never issued, and claims whose time is over',
  http: 'POST /credentials/clear',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Done,
  allow: permission('people.manage'),
  run: async ({ db, now }) => {
    const weekMs = 7 * 24 * 60 * 60_000
    for (const { id } of await batches(db).forgotten(new Date(now().getTime() - weekMs).toISOString()))
      await batches(db).drop(id)
    await claims(db).dropBefore(now().toISOString())
    return done
  },
})
