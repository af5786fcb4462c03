/** Writing with others: they are asked, and are authors from their yes on until they leave. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { Email, emailKeyOf } from '#accounts/email.ts'
import { countTry, isLetPass } from '#accounts/rate-limit.ts'
import { personIn } from '#accounts/sessions.ts'
import { notify } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import type { Account } from '#accounts/tables.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { sheets as reviews } from '../reviewing/store.ts'
import { belongingsOf } from '../collections/belonging.ts'
import { findDraft, isAuthor, type Seen } from './access.ts'
import { conflictOf, isReviewerFor } from './assigning.ts'
import { tellAuthors } from './notices.ts'
import type { AssignmentRow } from './tables.ts'
import { invitations } from './invitation-store.ts'
import { DraftLine, lineOf } from './shapes.ts'
import { isOpenToAuthors, takesAuthors } from './states.ts'
import { drafts, type Draft } from './store.ts'

/** Who writes a draft and who is asked to, together. */
const mostPeople = 20

/** @throws Problem forbidden to others than its authors, and while it is not in their hands */
async function findOwn(context: Context, id: string, name: string): Promise<Seen> {
  const seen = await findDraft(context, id)
  if (!isAuthor(seen, context.actor) || !isOpenToAuthors(seen.draft.state))
    throw new Problem('forbidden', { operation: name })
  return seen
}

export const inviteAuthor = operation({
  name: 'drafts.inviteAuthor',
  summary: 'Ask somebody to write a draft with one; whether they have an account here is not told',
  http: 'POST /drafts/:id/authors',
  input: Type.Object({ id: Id, email: Email }, closed),
  output: Done,
  allow: permission('draft.write'),
  run: async (context, { id, email }) => {
    const { db, now } = context
    const seen = await findOwn(context, id, 'drafts.inviteAuthor')
    const self = personIn(context)
    const store = invitations(db)
    const asked = await store.ofDraft(id)
    const emailKey = emailKeyOf(email)
    if (asked.some((one) => one.emailKey === emailKey)) return done
    if (seen.authors.length + asked.length >= mostPeople)
      throw violation('email', 'tooManyAuthors', { limit: String(mostPeople) })
    if (!(await isLetPass(db, 'invitationsBy', self, now()))) throw new Problem('tooManyTries')
    await countTry(db, 'invitationsBy', self, now())
    await store.add({ draftId: id, email: email.trim(), emailKey, byId: self, at: now().toISOString() })
    const account = await people(db).byEmail(emailKey)
    if (account?.state === 'active' && (await isLetPass(db, 'lettersTo', emailKey, now()))) {
      await countTry(db, 'lettersTo', emailKey, now())
      await tellInvited(context, account)
    }
    return done
  },
})

/** Nothing in it was written by the inviting author. */
const tellInvited = (context: Context, { id }: Account): Promise<void> =>
  notify(context, [id], { about: 'coauthor', topic: 'own', path: '/desk#invitations' })

export const withdrawInvitation = operation({
  name: 'drafts.withdrawInvitation',
  summary: 'Withdraw an invitation to write a draft together',
  http: 'POST /drafts/:id/authors/withdrawal',
  input: Type.Object({ id: Id, email: Email }, closed),
  output: Done,
  allow: permission('draft.write'),
  run: async (context, { id, email }) => {
    const seen = await findDraft(context, id)
    if (!isAuthor(seen, context.actor)) throw new Problem('forbidden', { operation: 'drafts.withdrawInvitation' })
    await invitations(context.db).drop(id, emailKeyOf(email))
    return done
  },
})

export const invitedAuthors = operation({
  name: 'drafts.invitedAuthors',
  summary: 'List the addresses that were asked to write a draft of one’s own',
  http: 'GET /drafts/:id/authors/invited',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ invited: Type.Array(Type.Object({ email: Type.String(), at: Type.String() })) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    const asked = isAuthor(seen, context.actor) ? await invitations(context.db).ofDraft(id) : []
    return { invited: asked.map(({ email, at }) => ({ email, at })) }
  },
})

const ownEmailKey = async (context: Context): Promise<string> =>
  (await people(context.db).byId(personIn(context)))?.emailKey ?? ''

export const listInvitations = operation({
  name: 'drafts.invitations',
  summary: 'List the drafts that one is asked to write with others; those published or withdrawn meanwhile are closed',
  http: 'GET /draft-invitations',
  input: Type.Object({}, closed),
  output: Type.Object({
    invitations: Type.Array(
      Type.Object({
        draft: DraftLine,
        by: Type.String(),
        at: Type.String(),
        isClosed: Type.Boolean({ description: 'It was published or withdrawn before it was answered' }),
      }),
    ),
  }),
  allow: (actor) => actor.kind === 'person',
  run: async (context) => {
    const { db } = context
    const asked = await invitations(db).to(await ownEmailKey(context))
    const by = await people(db).byIds([...new Set(asked.map(({ byId }) => byId))])
    const found = []
    for (const { draftId, byId, at } of asked) {
      const draft = await drafts(db).find(draftId)
      if (!draft) continue
      found.push({ draft: lineOf({ draft }), by: by.get(byId)?.name ?? '', at, isClosed: !takesAuthors(draft.state) })
    }
    return { invitations: found }
  },
})

/**
 * Whether somebody has its judgement in their hands: it was given to them, they reviewed it, or they sent it back, and
 * it is not with somebody else who may judge it.
 */
async function judges(context: Context, draft: Draft, accountId: string): Promise<boolean> {
  const { db } = context
  const store = drafts(db)
  const given = await store.assignments([draft.id])
  if (given.some(({ reviewerId }) => reviewerId === accountId)) return true
  if ((await reviews(db).by(accountId)).some((one) => one.draftId === draft.id)) return true
  const last = (await store.steps(draft.id)).findLast(({ toState }) => toState !== 'submitted' && toState !== 'draft')
  return last?.actorId === accountId && !(await isWithAnother(context, draft, given))
}

/** Whether one of these can judge it still: an open account with the right to, and no interest in it once this author writes it. */
async function isWithAnother(context: Context, draft: Draft, given: readonly AssignmentRow[]): Promise<boolean> {
  const { db, services } = context
  const collection = (await belongingsOf(db, [draft.id])).get(draft.id)
  const [authors, formerAuthors] = [await drafts(db).authors(draft.id), await invitations(db).formerAuthors(draft.id)]
  const kind = services.kinds.get(draft.kind)!
  const seen = { draft, kind, authors: [...authors, personIn(context)], formerAuthors, assignments: given, collection }
  const others = await people(db).byIds(given.map(({ reviewerId }) => reviewerId))
  for (const account of others.values())
    if (account.state === 'active' && isReviewerFor(seen, account) && !(await conflictOf(context, seen, account.id)))
      return true
  return false
}

export const answerDraftInvitation = operation({
  name: 'drafts.answerInvitation',
  summary:
    'Say whether one writes a draft with those who ask, until it is published; who judges it hands that on first',
  http: 'POST /draft-invitations/:id/answer',
  input: Type.Object({ id: Id, accepts: Type.Boolean() }, closed),
  output: Done,
  allow: permission('draft.write'),
  run: async (context, { id, accepts }) => {
    const { db } = context
    const self = personIn(context)
    const emailKey = await ownEmailKey(context)
    const asked = (await invitations(db).ofDraft(id)).find((one) => one.emailKey === emailKey)
    const draft = await drafts(db).find(id)
    if (!asked || !draft) throw noSuch('invitation', id)
    const isClosed = !takesAuthors(draft.state)
    if (accepts && isClosed) throw violation('accepts', 'invitationClosed')
    if (accepts && (await judges(context, draft, self))) throw violation('accepts', 'judges')
    await invitations(db).drop(id, emailKey)
    if (accepts) await drafts(db).addAuthor(id, self)
    if (!isClosed) await tellAsking(context, draft, asked.byId, accepts)
    return done
  },
})

async function tellAsking(context: Context, draft: Draft, byId: string, accepts: boolean): Promise<void> {
  const person = (await people(context.db).byId(personIn(context)))?.name ?? ''
  await notify(context, [byId], {
    about: accepts ? 'writesWith' : 'writesNotWith',
    topic: 'own',
    path: `/drafts/${draft.id}`,
    of: draft.body,
    person,
  })
}

export const leaveDraft = operation({
  name: 'drafts.leave',
  summary: 'Write a draft no more, where others go on; who has written it never judges it',
  http: 'POST /drafts/:id/authors/leave',
  input: Type.Object({ id: Id }, closed),
  output: Done,
  allow: permission('draft.write'),
  run: async (context, { id }) => {
    const seen = await findOwn(context, id, 'drafts.leave')
    const { authors, draft } = seen
    const self = personIn(context)
    const [next] = authors.filter((one) => one !== self)
    if (next === undefined) throw violation('id', 'lastAuthor')
    await invitations(context.db).addFormer(id, self)
    await drafts(context.db).removeAuthor(id, self, draft.ownerId === self ? next : draft.ownerId)
    await tellAuthors(context, seen, { about: 'left' })
    return done
  },
})
