/** What everybody may know of a record’s review, since when. */
import type { Kysely } from 'kysely'
import { waitingStates } from './states.ts'
import type { DraftTables } from './tables.ts'

const own = (db: Kysely<unknown>) => db.withTables<DraftTables>()

/** Versions of these records on which review has said what it found. */
export const judgedVersions = (db: Kysely<unknown>, recordIds: readonly string[]) =>
  own(db).selectFrom('verdict').select(['recordId', 'revision']).where('recordId', 'in', recordIds).execute()

/** Changes of these records that were submitted since and are still under review. */
export const submittedSince = (db: Kysely<unknown>, recordIds: readonly string[], since: string) =>
  own(db)
    .selectFrom('draft_step')
    .innerJoin('draft', 'draft.id', 'draft_step.draftId')
    .select(['draft.recordId', 'draft_step.at'])
    .where('draft.recordId', 'in', recordIds)
    .where('draft.state', 'in', waitingStates)
    .where('draft_step.toState', '=', 'submitted')
    .where('draft_step.at', '>', since)
    .execute()
