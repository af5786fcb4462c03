/** Issuers confirm that a learner completed what they say, or refuse. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may, permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { notify } from '#accounts/notices/notify.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { mayIssueFor } from '../issuers/issuers.ts'
import { issuers } from '../issuers/store.ts'
import { issueOnCompletion, madeHere } from './issue-on-completion.ts'
import { openWords } from './learner-words.ts'
import { expectOffered, Titled } from './offers.ts'
import { completions } from './store.ts'
import type { CompletionClaimRow } from './tables.ts'

const Named = Type.Object({ id: Type.String(), ...Titled })
const Waiting = Type.Object({
  id: Type.String(),
  achievement: Named,
  record: Named,
  completedOn: Type.String(),
  askedAt: Type.String(),
  name: Type.String({ description: 'As it shall stand in the credential; may be empty' }),
  note: Type.String({ description: 'By which the issuer knows the learner' }),
})
export type WaitingLine = Static<typeof Waiting>

/** For which somebody may issue; the site itself is the empty one. */
async function organisationsOf({ db, actor }: Pick<Context, 'db' | 'actor'>): Promise<string[]> {
  if (may(actor, 'record.publish'))
    return ['', ...(await issuers(db).all()).map(({ organisationId }) => organisationId)]
  if (actor.kind !== 'person') return []
  return (await issuers(db).organisationsOf(actor.id)).map(({ organisationId }) => organisationId)
}

export const listWaiting = operation({
  name: 'completions.waiting',
  summary: 'List the learners who wait until somebody confirms what they completed, the first that asked first',
  http: 'GET /completions/waiting',
  input: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }) }, closed),
  output: Type.Object({ waiting: Type.Array(Waiting) }),
  allow: permission('draft.write'),
  run: async (context, { limit }) => {
    const organisations = await organisationsOf(context)
    if (organisations.length === 0) return { waiting: [] }
    const rows = await completions(context.db).waiting(organisations, limit)
    const found = await records(context.db).findMany(rows.flatMap((row) => [row.achievementId, row.recordId]))
    const named = (id: string) => {
      const body = found.get(id)?.body
      return { id, title: body?.title ?? { en: id }, originalLanguage: body?.originalLanguage ?? 'en' }
    }
    const waiting: WaitingLine[] = []
    for (const { id, achievementId, recordId, completedOn, askedAt, closed: kept } of rows)
      waiting.push({
        id,
        achievement: named(achievementId),
        record: named(recordId),
        completedOn,
        askedAt,
        ...(await openWords(context, id, kept)),
      })
    return { waiting }
  },
})

export const decideCompletion = operation({
  name: 'completions.decide',
  summary: 'Confirm that a learner completed it, which issues the credential, or refuse with a reason',
  http: 'POST /completions/:id/decision',
  input: Type.Object(
    {
      id: Id,
      decision: Type.Enum(['confirm', 'refuse']),
      reason: Type.String({ maxLength: 500, default: '', description: 'For the learner; needed to refuse' }),
    },
    closed,
  ),
  output: Done,
  allow: permission('draft.write'),
  forgets: true,
  run: async (context, { id, decision, reason }) => {
    const { db, actor } = context
    const row = await completions(db).find(id)
    if (!row || !(await mayIssueFor(context, row.organisationId))) throw noSuch('completion', id)
    const decidedBy = actor.kind === 'person' ? actor.id : ''
    if (decidedBy === row.accountId) throw new Problem('forbidden', { operation: 'completions.decide' })
    // Sent twice, or decided by somebody else meanwhile.
    if (row.state !== 'waiting') return done
    if (decision === 'confirm') await confirm(context, row, decidedBy)
    else await refuse(context, row, decidedBy, reason.trim())
    return done
  },
})

async function confirm(context: Context, row: CompletionClaimRow, decidedBy: string): Promise<void> {
  const offered = await expectOffered(context, row.achievementId, row.recordId)
  // The issuer changed; who confirms would sign for another.
  if (offered.row.organisationId !== row.organisationId) throw violation('achievement', 'notOnCompletion')
  const { name } = await openWords(context, row.id, row.closed)
  const basis = 'confirmed' as const
  const made = await issueOnCompletion(context, { ...offered, row: { ...offered.row, basis } }, row, name)
  await completions(context.db).change(row.id, {
    state: 'issued',
    closed: null,
    decidedBy,
    credentialId: madeHere(made),
  })
  if (!made.isKnown) await noteEvent(context, 'credential.issued', decidedBy, made.id)
}

async function refuse(context: Context, row: CompletionClaimRow, decidedBy: string, reason: string): Promise<void> {
  if (!reason) throw violation('reason', 'required')
  await completions(context.db).change(row.id, { state: 'refused', closed: null, decidedBy, reason })
  const achievement = await records(context.db).find(row.achievementId)
  await notify(context, [row.accountId], {
    about: 'completionRefused',
    topic: 'own',
    path: `/records/${row.recordId}/completion`,
    ...(achievement && { of: achievement.body }),
    note: reason,
  })
}

const keptMs = 365 * 24 * 60 * 60_000

export const clearCompletions = operation({
  name: 'completions.clear',
  summary: 'Delete what learners asked for and nobody decided on, or what was refused, after a year',
  http: 'POST /completions/clear',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Done,
  allow: permission('people.manage'),
  forgets: true,
  run: async ({ db, now }) => {
    await completions(db).dropWaiting(new Date(now().getTime() - keptMs).toISOString())
    return done
  },
})
