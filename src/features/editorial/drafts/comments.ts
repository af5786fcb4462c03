/** Comments, each pinned to a field or about the whole, answered, resolved, and kept with the record for good. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { violation, noSuch } from '#kernel/problem.ts'
import { newId } from '#records/identifier.ts'
import { personIn } from '#accounts/sessions.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { findDraft, isAuthor } from './access.ts'
import { namingFor } from './naming.ts'
import { tell } from './notices.ts'
import { drafts } from './store.ts'
import type { CommentRow } from './tables.ts'

const OrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

export const Comment = Type.Object(
  {
    id: Type.String(),
    place: Type.String({ description: 'The field it is pinned to; empty where it is about the whole' }),
    parentId: OrNull('The comment it answers'),
    author: Type.String({ description: 'Name of who wrote it; empty where it is not told' }),
    authorId: Type.String(),
    text: Type.String(),
    at: Type.String(),
    resolvedAt: OrNull('Since when it is settled'),
  },
  { $id: 'Comment' },
)
export type Comment = Static<typeof Comment>

export const listComments = operation({
  name: 'drafts.comments',
  summary: 'List the comments on a draft',
  http: 'GET /drafts/:id/comments',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ comments: Type.Array(Comment) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const seen = await findDraft(context, id)
    const found = await drafts(context.db).comments(id)
    const { nameOf, idOf } = await namingFor(
      context,
      seen,
      found.map(({ authorId }) => authorId),
    )
    return { comments: found.map((one) => told({ ...one, authorId: idOf(one.authorId) }, nameOf(one.authorId))) }
  },
})

const told = ({ id, place, parentId, authorId, text, at, resolvedAt }: CommentRow, author: string): Comment => ({
  id,
  place,
  parentId,
  author,
  authorId,
  text,
  at,
  resolvedAt,
})

export const comment = operation({
  name: 'drafts.comment',
  summary: 'Comment on a field of a draft, or answer a comment',
  http: 'POST /drafts/:id/comments',
  input: Type.Object(
    {
      id: Id,
      place: Type.String({ maxLength: 100, default: '' }),
      parentId: Type.Optional(Id),
      text: Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' }),
    },
    closed,
  ),
  output: Type.Object({ id: Type.String() }),
  makes: (comment, { id }) => `/drafts/${id}/comments/${comment.id}`,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, place, parentId, text }) => {
    const seen = await findDraft(context, id)
    const store = drafts(context.db)
    const parent = parentId === undefined ? undefined : await store.comment(parentId)
    if (parentId !== undefined && parent?.draftId !== id) throw noSuch('comment', parentId)
    const isField = place === '' || place in seen.kind.body.properties
    if (!isField) throw violation('place', 'enum')
    const authorId = personIn(context)
    const commentId = newId(context.random)
    await store.addComment({
      id: commentId,
      draftId: id,
      recordId: seen.draft.recordId,
      place: parent?.place ?? place,
      // Threads are one level deep: an answer to an answer stands in the same thread.
      parentId: parent ? (parent.parentId ?? parent.id) : null,
      authorId,
      text: text.trim(),
      at: context.now().toISOString(),
      resolvedAt: null,
      resolvedBy: null,
    })
    const thread = (await store.comments(id)).filter((one) => one.id === parent?.id || one.parentId === parent?.id)
    const others = [...seen.authors, ...thread.map((one) => one.authorId)].filter((one) => one !== authorId)
    const field = parent?.place ?? place
    const about = parent ? 'answer' : field ? 'fieldComment' : 'comment'
    const handedTo = parent ? [] : seen.assignments.map(({ reviewerId }) => reviewerId)
    await tell(context, seen, [...others, ...(isAuthor(seen, context.actor) ? handedTo : [])], {
      about,
      field,
      note: text,
    })
    return { id: commentId }
  },
})

export const resolveComment = operation({
  name: 'drafts.resolveComment',
  summary: 'Call a comment settled, or open it again',
  http: 'PUT /drafts/:id/comments/:comment',
  input: Type.Object({ id: Id, comment: Id, isResolved: Type.Boolean() }, closed),
  output: Done,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, comment: commentId, isResolved }) => {
    await findDraft(context, id)
    const store = drafts(context.db)
    const found = await store.comment(commentId)
    if (found?.draftId !== id) throw noSuch('comment', commentId)
    const by = personIn(context)
    await store.resolve(commentId, isResolved ? context.now().toISOString() : null, isResolved ? by : null)
    return done
  },
})
