/** Learners mark what they completed, ask for the credential that is issued for it, and take both back. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { notify } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { newId } from '#records/identifier.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { claims } from '../batches/store.ts'
import { claimPath, openClaim } from '../claims/claim.ts'
import { changeState } from '../issuing/status.ts'
import { issuing } from '../issuing/store.ts'
import { issuers } from '../issuers/store.ts'
import { issueOnCompletion, madeHere } from './issue-on-completion.ts'
import { closeWords } from './learner-words.ts'
import { expectCompletable, expectOffered, Titled, type Offered } from './offers.ts'
import { stepsOf } from './steps.ts'
import { completions, progress } from './store.ts'
import type { CompletionClaimRow } from './tables.ts'

const mostSteps = 500
export const completionsPath = '/credentials/completions'

function accountOf({ actor }: Pick<Context, 'actor'>, operation: string): string {
  if (actor.kind !== 'person') throw new Problem('forbidden', { operation })
  return actor.id
}

const State = Type.Enum(['waiting', 'issued', 'refused', 'revoked', 'suspended'])
const Claim = Type.Object({
  id: Type.String(),
  achievement: Type.String(),
  ...Titled,
  record: Type.String({ description: 'The course or pathway that was completed' }),
  state: State,
  reason: Type.String({ description: 'Why it was refused' }),
  path: Type.String({ description: 'Where the learner gets the credential; empty where it is kept here no more' }),
})
export type ClaimLine = Static<typeof Claim>

/** What became of it, and the page of the credential while this site keeps it. */
async function claimLine(context: Context, row: CompletionClaimRow): Promise<ClaimLine> {
  const { db, now } = context
  const { id, achievementId, recordId, reason, credentialId } = row
  const [issued, [kept], named] = [
    credentialId ? await issuing(db).find(credentialId) : undefined,
    credentialId ? await claims(db).ofCredentials([credentialId]) : [],
    await records(db).find(achievementId),
  ]
  const told = kept && kept.expiresAt >= now().toISOString() ? await openClaim(context, kept) : undefined
  return {
    id,
    achievement: achievementId,
    title: named?.body.title ?? { en: achievementId },
    originalLanguage: named?.body.originalLanguage ?? 'en',
    record: recordId,
    state: issued && issued.state !== 'valid' ? issued.state : row.state,
    reason,
    path: told ? claimPath(told.secret) : '',
  }
}

export const listMyCompletions = operation({
  name: 'completions.mine',
  summary: 'List the credentials that one asked for on completing courses and pathways',
  http: 'GET /completions/mine',
  input: Type.Object({}, closed),
  output: Type.Object({ claims: Type.Array(Claim) }),
  allow: permission('draft.write'),
  run: async (context) => {
    const rows = await completions(context.db).of(accountOf(context, 'completions.mine'))
    const lines: ClaimLine[] = []
    for (const row of rows) lines.push(await claimLine(context, row))
    return { claims: lines }
  },
})

const Progress = Type.Object({
  steps: Type.Array(Type.Object({ key: Type.String(), title: Titled.title, isCompleted: Type.Boolean() }), {
    description: 'Of a course there is one',
  }),
  isCompleted: Type.Boolean({ description: 'Every step is marked' }),
})

async function progressOf({ db }: Pick<Context, 'db'>, accountId: string, recordId: string) {
  const record = await expectCompletable({ db }, recordId)
  const marked = new Map((await progress(db).of(accountId, recordId)).map(({ step, at }) => [step, at]))
  const steps = stepsOf(record).map(({ key, title }) => ({ key, title, isCompleted: marked.has(key) }))
  const days = steps.flatMap(({ key }) => marked.get(key)?.slice(0, 10) ?? [])
  return { record, steps, isCompleted: days.length === steps.length, lastDay: days.toSorted().at(-1) ?? '' }
}

export const readProgress = operation({
  name: 'completions.progress',
  summary: 'Read which steps of a course or pathway one marked as completed',
  http: 'GET /completions/progress/:id',
  input: Type.Object({ id: Id }, closed),
  output: Progress,
  allow: permission('draft.write'),
  run: async (context, { id }) => {
    const { steps, isCompleted } = await progressOf(context, accountOf(context, 'completions.progress'), id)
    return { steps, isCompleted }
  },
})

export const markSteps = operation({
  name: 'completions.mark',
  summary: 'Say which steps of a course or pathway one has completed; those that are not named are unmarked',
  http: 'POST /completions/progress/:id',
  input: Type.Object(
    { id: Id, steps: Type.Array(Type.String({ maxLength: 40 }), { maxItems: mostSteps, uniqueItems: true }) },
    closed,
  ),
  output: Progress,
  allow: permission('draft.write'),
  forgets: true,
  run: async (context, { id, steps }) => {
    const { db, now } = context
    const accountId = accountOf(context, 'completions.mark')
    const known = new Set(stepsOf(await expectCompletable(context, id)).map(({ key }) => key))
    if (steps.some((key) => !known.has(key))) throw violation('steps', 'notOffered')
    const before = new Map((await progress(db).of(accountId, id)).map(({ step, at }) => [step, at]))
    const at = now().toISOString()
    await progress(db).drop(accountId, id)
    await progress(db).add(steps.map((step) => ({ accountId, recordId: id, step, at: before.get(step) ?? at })))
    const told = await progressOf(context, accountId, id)
    return { steps: told.steps, isCompleted: told.isCompleted }
  },
})

const longestNote = 1_000
export const claimCompletion = operation({
  name: 'completions.claim',
  summary: 'Ask for the credential of an achievement that is issued to who completed a course or pathway; each once',
  http: 'POST /completions',
  input: Type.Object(
    {
      achievement: Id,
      record: { ...Id, description: 'The course or pathway, every step of which is marked as completed' },
      name: Type.String({
        maxLength: 200,
        default: '',
        description: 'As it shall stand in the credential once the issuer has confirmed it; may be empty',
      }),
      note: Type.String({
        maxLength: longestNote,
        default: '',
        description: 'By which the issuer knows the learner; it is deleted when they have decided',
      }),
      language: Type.Enum([...languages], { default: 'en' }),
    },
    closed,
  ),
  output: Claim,
  allow: permission('draft.write'),
  run: async (context, { achievement, record, name, note, language }) => {
    const { db, now, random } = context
    const accountId = accountOf(context, 'completions.claim')
    const known = await completions(db).ofAchievement(accountId, achievement)
    if (known && known.state !== 'refused') return claimLine(context, known)
    const offered = await expectOffered(context, achievement, record)
    const { isCompleted, lastDay } = await progressOf(context, accountId, record)
    if (!isCompleted) throw violation('steps', 'stepsLeft')
    const isConfirmed = offered.row.basis === 'confirmed'
    // Without it the issuer would not know whom to confirm.
    if (isConfirmed && !note.trim()) throw violation('note', 'required')
    if (known) await completions(db).drop(known.id)
    const id = newId(random)
    const row: CompletionClaimRow = {
      id,
      accountId,
      achievementId: achievement,
      organisationId: offered.row.organisationId,
      recordId: record,
      language,
      state: 'waiting',
      closed: isConfirmed ? await closeWords(context, id, { name: name.trim(), note: note.trim() }) : null,
      completedOn: lastDay,
      askedAt: now().toISOString(),
      decidedBy: '',
      reason: '',
      credentialId: null,
    }
    // Nobody has confirmed a name that the learner typed, so the node does not sign it.
    const made = isConfirmed ? undefined : await issueOnCompletion(context, offered, row, '')
    const kept: CompletionClaimRow = made ? { ...row, state: 'issued', credentialId: madeHere(made) } : row
    await completions(db).add(kept)
    if (!made) await tellIssuer(context, offered)
    return claimLine(context, kept)
  },
})

async function tellIssuer(context: Context, { row: { organisationId }, achievement }: Offered): Promise<void> {
  const { db } = context
  const ids = organisationId
    ? (await issuers(db).membersOf(organisationId)).map(({ accountId }) => accountId)
    : (await people(db).withRole('curator')).map(({ id }) => id)
  await notify(context, ids, {
    about: 'completionWaiting',
    topic: organisationId ? 'own' : 'queue',
    path: completionsPath,
    of: achievement.body,
  })
}

export const takeBackCompletion = operation({
  name: 'completions.takeBack',
  summary:
    'Withdraw what one asked for: the credential is revoked, and this site deletes it, the claim and what was marked',
  http: 'DELETE /completions/:id',
  input: Type.Object({ id: Id }, closed),
  output: Done,
  allow: permission('draft.write'),
  forgets: true,
  changesPages: true,
  run: async (context, { id }) => {
    const { db } = context
    const accountId = accountOf(context, 'completions.takeBack')
    const row = await completions(db).find(id)
    if (row?.accountId !== accountId) throw noSuch('completion', id)
    const issued = row.credentialId ? await issuing(db).find(row.credentialId) : undefined
    if (issued && issued.state !== 'revoked') await changeState(context, issued, 'revoked', '')
    await forget(context, row)
    await progress(db).drop(accountId, row.recordId)
    return done
  },
})

async function forget({ db }: Pick<Context, 'db'>, { id, credentialId }: CompletionClaimRow): Promise<void> {
  if (credentialId) await claims(db).drop(credentialId)
  await completions(db).drop(id)
}

/** When a person leaves; what they saved stays valid. */
export async function forgetLearner(context: Pick<Context, 'db'>, accountId: string): Promise<void> {
  for (const row of await completions(context.db).of(accountId)) await forget(context, row)
  await progress(context.db).drop(accountId)
}

/** What this site keeps of somebody as a learner. */
export async function learningOf({ db }: Pick<Context, 'db'>, accountId: string) {
  return {
    completedSteps: (await progress(db).of(accountId)).map(({ recordId, step, at }) => ({ recordId, step, at })),
    completions: (await completions(db).of(accountId)).map(
      ({ achievementId, recordId, state, askedAt, completedOn, credentialId }) => ({
        achievementId,
        recordId,
        state,
        askedAt,
        completedOn,
        credentialId,
      }),
    ),
  }
}
