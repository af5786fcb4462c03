/** What each page of a record asks of drafts and verdicts. */
import type { Kysely } from 'kysely'
import { compiledOnce } from '#kernel/database/compiled.ts'
import type { DraftTables } from './tables.ts'

/** Those of a record that are under way. */
export const openDrafts = compiledOnce((own: Kysely<DraftTables>, recordId: string) =>
  own
    .selectFrom('draft')
    .selectAll()
    .where('recordId', '=', recordId)
    .where('state', 'not in', ['published', 'withdrawn', 'declined']),
)

/** The newest first. */
export const verdictsOn = compiledOnce((own: Kysely<DraftTables>, recordId: string) =>
  own.selectFrom('verdict').selectAll().where('recordId', '=', recordId).orderBy('revision', 'desc'),
)
