/** The public change log: who changed what, when and why, newest first. Nothing that is published changes silently. */
import { sql } from 'kysely'
import { Type, type Static } from 'typebox'
import type { Migration } from '#kernel/database/migrate.ts'
import { isBeside, newestInJournal } from '#kernel/journal.ts'
import { closed, operation } from '#kernel/operation.ts'
import { isDemonstration } from '#records/demonstration.ts'
import { records } from '#records/store.ts'
import { ingest } from '#records/sources/ingest.ts'

/** Imports come by the thousand; what people did must be found among them without reading them all. */
export const changesMigration: Migration = {
  name: '0007-house-changes',
  up: async (db) => {
    await sql`create index journal_of_people on journal (seq) where ${isBeside(ingest.name)}`.execute(db)
  },
}

const Change = Type.Object({
  seq: Type.Integer({ description: 'Its number in the journal of this node' }),
  at: Type.String(),
  by: Type.String({ description: '`person:` and their identifier, or `system:` and its name' }),
  action: Type.Enum(['share', 'revise', 'withdraw', 'restore', 'translate']),
  operation: Type.String(),
  id: Type.String(),
  kind: Type.String(),
  revision: Type.Integer(),
  title: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()], {
    description: 'As it was in that version; null where it is withdrawn today',
  }),
  originalLanguage: Type.Union([Type.String(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()], { description: 'The reason that was given' }),
  previous: Type.Union([Type.Integer(), Type.Null()], {
    description: 'The version to compare with; null where there is none to see',
  }),
})
export type Change = Static<typeof Change>

export const changes = operation({
  name: 'changes.list',
  summary: 'List what was changed on this node, by whom and why, newest first',
  http: 'GET /changes',
  input: Type.Object(
    {
      before: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Only what happened before this place' }),
      ),
      imports: Type.Boolean({ default: false, description: 'Also what was imported' }),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({ changes: Type.Array(Change), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: () => true,
  run: async ({ db }, { before, imports, limit }) => {
    const lines = await newestInJournal(db, { before, beside: imports ? undefined : ingest.name, limit: limit + 1 })
    const shown = lines.slice(0, limit)
    const store = records(db)
    const numbers = [...new Set(shown.map(({ recordNumber }) => recordNumber))]
    const today = new Map((await store.byNumbers(numbers)).map((one) => [one.number, one]))
    const isTold = ({ recordNumber }: { recordNumber: number }) => {
      const record = today.get(recordNumber)
      return !record || !isDemonstration(record)
    }
    const versions = await store.atRevisions(
      shown.map(({ recordNumber, revision }) => ({ number: recordNumber, revision })),
    )
    return {
      changes: shown.filter(isTold).map((line): Change => {
        const version = versions.get(`${line.recordNumber}/${line.revision}`)
        const isSeen = today.get(line.recordNumber)?.status === 'published'
        return {
          seq: Number(line.seq),
          at: line.at,
          by: line.actor,
          action: line.action,
          operation: line.operation,
          id: line.recordId,
          kind: line.kind,
          revision: line.revision,
          title: isSeen ? (version?.body.title ?? null) : null,
          originalLanguage: isSeen ? (version?.body.originalLanguage ?? null) : null,
          note: version?.note ?? null,
          previous:
            isSeen && line.revision > 1 && line.action !== 'withdraw' && line.action !== 'restore'
              ? line.revision - 1
              : null,
        }
      }),
      next: lines.length > limit ? Number(shown.at(-1)!.seq) : null,
    }
  },
})
