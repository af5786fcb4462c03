/** What came with a draft from a table and has no field: the words of its authors, for them alone. No rules in here. */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'
import { chunks } from '#records/store.ts'

export type NoteRow = {
  id: string
  draftId: string
  /** Its order among the notes of the draft. */
  number: number
  /** The field that it was meant for and did not fit; empty where it is of a column without a field. */
  field: string
  /** What the column was called. */
  name: string
  text: string
}
type NoteTables = { draft_note: NoteRow }

export const noteMigration: Migration = {
  name: '0111-editorial-draft-notes',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table draft_note (id text primary key, "draftId" text not null, number integer not null, field text not null, name text not null, text text not null)',
    )
    await run('create index draft_note_by_draft on draft_note ("draftId", number)')
  },
}

export const draftNotes = (db: Kysely<unknown>) => {
  const own = db.withTables<NoteTables>()
  return {
    add: async (rows: readonly NoteRow[]): Promise<void> => {
      for (const some of chunks(rows)) await own.insertInto('draft_note').values(some).execute()
    },
    of: (draftId: string): Promise<NoteRow[]> =>
      own.selectFrom('draft_note').selectAll().where('draftId', '=', draftId).orderBy('number').execute(),
    ofMany: async (draftIds: readonly string[]): Promise<NoteRow[]> => {
      const found: NoteRow[] = []
      for (const some of chunks(draftIds))
        found.push(
          ...(await own
            .selectFrom('draft_note')
            .selectAll()
            .where('draftId', 'in', some)
            .orderBy('draftId')
            .orderBy('number')
            .execute()),
        )
      return found
    },
    remove: async (id: string): Promise<void> => {
      await own.deleteFrom('draft_note').where('id', '=', id).execute()
    },
    removeOf: async (draftIds: readonly string[]): Promise<void> => {
      for (const some of chunks(draftIds)) await own.deleteFrom('draft_note').where('draftId', 'in', some).execute()
    },
  }
}
