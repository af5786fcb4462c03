/** The queries of collections: who curates, what belongs, what is submitted. No rules in here. */
import type { Kysely } from 'kysely'
import type { DraftTables } from '../drafts/tables.ts'
import { compiledOnce } from '#kernel/database/compiled.ts'
import { isOfPublished } from '#records/queries.ts'
import type { CurationTables, DraftCollectionRow, MemberRow } from './tables.ts'

const collectionsWith = compiledOnce((own: Kysely<CurationTables>, recordId: string) =>
  own
    .selectFrom('collection_member')
    .select('collectionId')
    .where('recordId', '=', recordId)
    .where('state', '=', 'member')
    .orderBy('at')
    .orderBy('collectionId')
    .limit(100),
)

export const curation = (db: Kysely<unknown>) => {
  const own = db.withTables<CurationTables & DraftTables>()
  return {
    chosenBy: async (draftIds: readonly string[]): Promise<DraftCollectionRow[]> =>
      draftIds.length === 0
        ? []
        : own.selectFrom('draft_collection').selectAll().where('draftId', 'in', draftIds).execute(),
    choose: async (draftId: string, chosen: Omit<DraftCollectionRow, 'draftId'> | null): Promise<void> => {
      await own.deleteFrom('draft_collection').where('draftId', '=', draftId).execute()
      if (chosen)
        await own
          .insertInto('draft_collection')
          .values({ draftId, ...chosen })
          .execute()
    },

    curators: async (collectionIds: readonly string[]) =>
      collectionIds.length === 0
        ? []
        : own.selectFrom('collection_curator').selectAll().where('collectionId', 'in', collectionIds).execute(),
    curatedBy: async (accountId: string): Promise<string[]> =>
      (
        await own.selectFrom('collection_curator').select('collectionId').where('accountId', '=', accountId).execute()
      ).map(({ collectionId }) => collectionId),
    appoint: async (collectionId: string, accountId: string): Promise<void> => {
      await own
        .insertInto('collection_curator')
        .values({ collectionId, accountId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    dismiss: async (collectionId: string, accountId: string): Promise<void> => {
      await own
        .deleteFrom('collection_curator')
        .where('collectionId', '=', collectionId)
        .where('accountId', '=', accountId)
        .execute()
    },

    member: (collectionId: string, recordId: string) =>
      own
        .selectFrom('collection_member')
        .selectAll()
        .where('collectionId', '=', collectionId)
        .where('recordId', '=', recordId)
        .executeTakeFirst(),
    putMember: async (row: MemberRow): Promise<void> => {
      const { state, at, byId } = row
      await own
        .insertInto('collection_member')
        .values(row)
        .onConflict((conflict) => conflict.columns(['collectionId', 'recordId']).doUpdateSet({ state, at, byId }))
        .execute()
    },
    dropMember: async (collectionId: string, recordId: string): Promise<void> => {
      await own
        .deleteFrom('collection_member')
        .where('collectionId', '=', collectionId)
        .where('recordId', '=', recordId)
        .execute()
    },
    /** The latest first. */
    members: (collectionId: string, state: MemberRow['state'], { after, limit }: { after: number; limit: number }) =>
      own
        .selectFrom('collection_member')
        .selectAll()
        .where('collectionId', '=', collectionId)
        .where('state', '=', state)
        .orderBy('at', 'desc')
        .orderBy('recordId')
        .offset(after)
        .limit(limit)
        .execute(),
    collectionsOf: async (recordId: string): Promise<string[]> =>
      (await collectionsWith(db.withTables<CurationTables>(), recordId)).map(({ collectionId }) => collectionId),
    /** All that ties a record to collections: in them, invited, declined. */
    membershipsOf: (recordId: string): Promise<MemberRow[]> =>
      own.selectFrom('collection_member').selectAll().where('recordId', '=', recordId).execute(),
    /** What is invited and waits for an answer; whose it is, is for the caller to see. */
    invitedOf: async (recordIds: readonly string[]): Promise<MemberRow[]> =>
      recordIds.length === 0
        ? []
        : own
            .selectFrom('collection_member')
            .selectAll()
            .where('recordId', 'in', recordIds)
            .where('state', '=', 'invited')
            .execute(),

    countMembers: async (collectionIds: readonly string[]): Promise<Map<string, number>> =>
      counted(
        collectionIds.length === 0
          ? []
          : await own
              .selectFrom('collection_member')
              .select(({ fn }) => ['collectionId', fn.countAll<number>().as('count')])
              .where('collectionId', 'in', collectionIds)
              .where('state', '=', 'member')
              .where(isOfPublished('collection_member.recordId', 'id'))
              .groupBy('collectionId')
              .execute(),
      ),
    countWaiting: async (collectionIds: readonly string[], states: readonly string[]): Promise<Map<string, number>> =>
      counted(
        collectionIds.length === 0
          ? []
          : await own
              .selectFrom('draft_collection')
              .innerJoin('draft', 'draft.id', 'draft_collection.draftId')
              .select(({ fn }) => ['draft_collection.collectionId', fn.countAll<number>().as('count')])
              .where('draft_collection.collectionId', 'in', collectionIds)
              .where('draft.state', 'in', states as never)
              .groupBy('draft_collection.collectionId')
              .execute(),
      ),
  }
}

const counted = (rows: readonly { collectionId: string; count: number | string }[]) =>
  new Map(rows.map(({ collectionId, count }) => [collectionId, Number(count)]))
