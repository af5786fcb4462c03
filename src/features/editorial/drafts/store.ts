/** The queries of drafts. No rules in here. */
import type { Kysely } from 'kysely'
import type { CurationTables } from '../collections/tables.ts'
import type { ReviewingTables } from '../reviewing/tables.ts'
import { invitations } from './invitation-store.ts'
import { openDrafts, verdictsOn } from './of-record.ts'
import { draftNotes } from './note-store.ts'
import { nobody } from './nobody.ts'
import type { State } from './states.ts'
import type { AssignmentRow, CommentRow, DraftRow, DraftTables, StepRow, VerdictRow } from './tables.ts'

export type Values = Record<string, unknown>
export type Draft = Omit<DraftRow, 'body' | 'unread'> & { body: Values; unread: Record<string, string> }

/** More than an hour of typing: a form that is open for longer is compared with nothing, and all that differs is shown. */
const keptSaves = 500

type Wanted = {
  kind?: string | undefined
  collections?: readonly string[] | undefined
  reviewer?: string | undefined
  except?: readonly string[]
  /** The day: what was due before it, and is not there. */
  overdueOn?: string | undefined
  after: number
  limit: number
}

const open = (row: DraftRow): Draft => ({
  ...row,
  body: JSON.parse(row.body) as Values,
  unread: JSON.parse(row.unread) as Record<string, string>,
})

export const drafts = (db: Kysely<unknown>) => {
  const own = db.withTables<DraftTables & CurationTables & ReviewingTables>()
  return {
    find: async (id: string): Promise<Draft | undefined> => {
      const row = await own.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    isFileNamed: async (file: string): Promise<boolean> =>
      (await own.selectFrom('draft').select('id').where('body', 'like', `%"file":"${file}"%`).executeTakeFirst()) !==
      undefined,
    /** Those of a record that are under way. */
    openOf: async (recordId: string): Promise<Draft[]> => (await openDrafts(own, recordId)).map(open),
    ofPerson: async (accountId: string): Promise<Draft[]> =>
      (
        await own
          .selectFrom('draft')
          .innerJoin('draft_author', 'draft_author.draftId', 'draft.id')
          .selectAll('draft')
          .where('draft_author.accountId', '=', accountId)
          .orderBy('draft.changedAt', 'desc')
          .limit(500)
          .execute()
      ).map(open),
    inStates: async (
      states: readonly State[],
      { kind, limit }: { kind?: string | undefined; limit: number },
    ): Promise<Draft[]> => {
      let query = own.selectFrom('draft').selectAll().where('state', 'in', states)
      if (kind) query = query.where('kind', '=', kind)
      return (await query.orderBy('changedAt').limit(limit).execute()).map(open)
    },

    /** What waits, the longest first, as far as it is asked for. */
    waiting: async (
      states: readonly State[],
      { kind, collections, reviewer, except = [], overdueOn, after, limit }: Wanted,
    ) => {
      let query = own.selectFrom('draft').selectAll().where('state', 'in', states)
      if (kind) query = query.where('kind', '=', kind)
      if (except.length > 0) query = query.where('draft.id', 'not in', except)
      if (collections)
        query = query.where(({ eb, selectFrom }) =>
          eb(
            'draft.id',
            'in',
            selectFrom('draft_collection').select('draftId').where('collectionId', 'in', collections),
          ),
        )
      if (reviewer !== undefined)
        query = query.where(({ eb, selectFrom }) =>
          eb('draft.id', 'in', selectFrom('assignment').select('draftId').where('reviewerId', '=', reviewer)),
        )
      if (overdueOn !== undefined) {
        let late = own
          .selectFrom('assignment')
          .leftJoin('review_sheet', (join) =>
            join
              .onRef('review_sheet.draftId', '=', 'assignment.draftId')
              .onRef('review_sheet.reviewerId', '=', 'assignment.reviewerId')
              .on('review_sheet.handedInAt', 'is not', null)
              .on('review_sheet.round', '=', ({ selectFrom }) =>
                selectFrom('draft_step')
                  .select(({ fn }) => fn.countAll<number>().as('round'))
                  .whereRef('draft_step.draftId', '=', 'assignment.draftId')
                  .where('draft_step.toState', '=', 'submitted'),
              ),
          )
          .select('assignment.draftId')
          .where('assignment.dueOn', '<', overdueOn)
          .where('review_sheet.draftId', 'is', null)
        if (reviewer !== undefined) late = late.where('assignment.reviewerId', '=', reviewer)
        query = query.where('draft.id', 'in', late)
      }
      return (await query.orderBy('changedAt').orderBy('id').offset(after).limit(limit).execute()).map(open)
    },

    add: async (draft: Draft): Promise<void> => {
      const { body, unread, ...rest } = draft
      await own
        .insertInto('draft')
        .values({ ...rest, body: JSON.stringify(body), unread: JSON.stringify(unread) })
        .execute()
      if (draft.ownerId !== nobody)
        await own.insertInto('draft_author').values({ draftId: draft.id, accountId: draft.ownerId }).execute()
      await keepSave(draft)
    },
    save: async (draft: Draft): Promise<void> => {
      const { body, unread, revision, changedAt, changedBy } = draft
      await own
        .updateTable('draft')
        .set({ body: JSON.stringify(body), unread: JSON.stringify(unread), revision, changedAt, changedBy })
        .where('id', '=', draft.id)
        .execute()
      await keepSave(draft)
      await forgetSaves(draft.id, revision - keptSaves)
    },
    /** All that led to what is there now. */
    forgetSaves,
    /** Whether nobody else writes with its owner, said anything of it, or was ever given it. */
    isAlone: async (id: string): Promise<boolean> => {
      const authors = own.selectFrom('draft_author').select('accountId').where('draftId', '=', id).limit(2).execute()
      if ((await authors).length > 1) return false
      for (const table of ['draft_comment', 'assignment', 'review_sheet'] as const)
        if (await own.selectFrom(table).select('draftId').where('draftId', '=', id).executeTakeFirst()) return false
      return true
    },
    /** Begun before this moment, and never saved again. */
    neverSaved: async (before: string): Promise<string[]> =>
      (
        await own
          .selectFrom('draft')
          .select('id')
          .where('state', '=', 'draft')
          .where('changedAt', '<', before)
          .where('revision', '=', 1)
          .execute()
      ).map(({ id }) => id),
    /** Drafts that were never more than that leave nothing. */
    remove: async (ids: readonly string[]): Promise<void> => {
      if (ids.length === 0) return
      for (const table of ['draft_save', 'draft_author', 'draft_step', 'draft_collection'] as const)
        await own.deleteFrom(table).where('draftId', 'in', ids).execute()
      await invitations(db).dropOf(ids)
      await draftNotes(db).removeOf(ids)
      await own.deleteFrom('draft').where('id', 'in', ids).execute()
    },
    /** From now on it changes this version of this record. */
    rebase: async ({ id, recordId, baseRevision, body }: Draft): Promise<void> => {
      await own
        .updateTable('draft')
        .set({ recordId, baseRevision, body: JSON.stringify(body) })
        .where('id', '=', id)
        .execute()
    },
    setState: async (id: string, state: State, changedAt: string): Promise<void> => {
      await own.updateTable('draft').set({ state, changedAt }).where('id', '=', id).execute()
    },
    bodyAt: async (draftId: string, revision: number): Promise<Values | undefined> => {
      const row = await own
        .selectFrom('draft_save')
        .select('body')
        .where('draftId', '=', draftId)
        .where('revision', '=', revision)
        .executeTakeFirst()
      return row && (JSON.parse(row.body) as Values)
    },

    authors: async (draftId: string): Promise<string[]> =>
      (await own.selectFrom('draft_author').select('accountId').where('draftId', '=', draftId).execute()).map(
        ({ accountId }) => accountId,
      ),
    authorsOf: async (draftIds: readonly string[]): Promise<Map<string, string[]>> => {
      const rows =
        draftIds.length === 0
          ? []
          : await own.selectFrom('draft_author').selectAll().where('draftId', 'in', draftIds).execute()
      const byDraft = Map.groupBy(rows, ({ draftId }) => draftId)
      return new Map([...byDraft].map(([id, all]) => [id, all.map(({ accountId }) => accountId)]))
    },
    /** Of the draft that a record was published from first. */
    firstAuthors: async (recordId: string): Promise<string[]> =>
      (
        await own
          .selectFrom('draft_author')
          .innerJoin('draft', 'draft.id', 'draft_author.draftId')
          .select('draft_author.accountId')
          .distinct()
          .where('draft.recordId', '=', recordId)
          .where('draft.state', '=', 'published')
          .where('draft.baseRevision', 'is', null)
          .orderBy('draft_author.accountId')
          .execute()
      ).map(({ accountId }) => accountId),
    firstWrittenBy: async (accountId: string): Promise<string[]> =>
      (
        await own
          .selectFrom('draft_author')
          .innerJoin('draft', 'draft.id', 'draft_author.draftId')
          .select('draft.recordId')
          .distinct()
          .where('draft_author.accountId', '=', accountId)
          .where('draft.state', '=', 'published')
          .where('draft.baseRevision', 'is', null)
          .execute()
      ).map(({ recordId }) => recordId),
    addAuthor: async (draftId: string, accountId: string): Promise<void> => {
      await own
        .insertInto('draft_author')
        .values({ draftId, accountId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    removeAuthor: async (draftId: string, accountId: string, ownerId: string): Promise<void> => {
      await own.deleteFrom('draft_author').where('draftId', '=', draftId).where('accountId', '=', accountId).execute()
      await own.updateTable('draft').set({ ownerId }).where('id', '=', draftId).execute()
    },

    addStep: async (step: StepRow): Promise<void> => {
      await own.insertInto('draft_step').values(step).execute()
    },
    steps: (draftId: string) =>
      own.selectFrom('draft_step').selectAll().where('draftId', '=', draftId).orderBy('number').execute(),

    addComment: async (comment: CommentRow): Promise<void> => {
      await own.insertInto('draft_comment').values(comment).execute()
    },
    comment: (id: string) => own.selectFrom('draft_comment').selectAll().where('id', '=', id).executeTakeFirst(),
    comments: (draftId: string) =>
      own.selectFrom('draft_comment').selectAll().where('draftId', '=', draftId).orderBy('at').orderBy('id').execute(),
    commentsBy: (authorId: string) =>
      own
        .selectFrom('draft_comment')
        .selectAll()
        .where('authorId', '=', authorId)
        .orderBy('at')
        .orderBy('id')
        .execute(),
    resolve: async (id: string, resolvedAt: string | null, resolvedBy: string | null): Promise<void> => {
      await own.updateTable('draft_comment').set({ resolvedAt, resolvedBy }).where('id', '=', id).execute()
    },

    assign: async (row: AssignmentRow): Promise<void> => {
      const { draftId: _, reviewerId: __, ...rest } = row
      await own
        .insertInto('assignment')
        .values(row)
        .onConflict((conflict) => conflict.columns(['draftId', 'reviewerId']).doUpdateSet(rest))
        .execute()
    },
    unassign: async (draftId: string, reviewerId: string): Promise<void> => {
      await own.deleteFrom('assignment').where('draftId', '=', draftId).where('reviewerId', '=', reviewerId).execute()
    },
    assignments: async (draftIds: readonly string[]): Promise<AssignmentRow[]> =>
      draftIds.length === 0 ? [] : own.selectFrom('assignment').selectAll().where('draftId', 'in', draftIds).execute(),

    addVerdict: async (row: VerdictRow): Promise<void> => {
      await own.insertInto('verdict').values(row).execute()
    },
    /** Records whose drafts somebody reviewed or accepted. */
    judgedBy: async (accountId: string): Promise<string[]> => {
      const wrote = own.selectFrom('review_sheet').select('draftId').where('reviewerId', '=', accountId)
      const accepted = own
        .selectFrom('draft_step')
        .select('draftId')
        .where('actorId', '=', accountId)
        .where('toState', '=', 'accepted')
      const rows = await own
        .selectFrom('draft')
        .select('recordId')
        .distinct()
        .where(({ eb, or }) => or([eb('id', 'in', wrote), eb('id', 'in', accepted)]))
        .execute()
      return rows.map((row) => row.recordId)
    },
    setReviewers: async (recordId: string, revision: number, reviewers: string): Promise<void> => {
      await own
        .updateTable('verdict')
        .set({ reviewers })
        .where('recordId', '=', recordId)
        .where('revision', '=', revision)
        .execute()
    },
    verdicts: (recordId: string) => verdictsOn(own, recordId),
  }

  async function forgetSaves(draftId: string, upTo: number): Promise<void> {
    if (upTo > 0)
      await own.deleteFrom('draft_save').where('draftId', '=', draftId).where('revision', '<=', upTo).execute()
  }
  async function keepSave({ id, revision, body, changedBy, changedAt }: Draft): Promise<void> {
    await own
      .insertInto('draft_save')
      .values({ draftId: id, revision, body: JSON.stringify(body), changedBy, changedAt })
      .execute()
  }
}
