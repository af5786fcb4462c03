/** A record as it stands in its table, and as it is used. */
import type { Insertable, Selectable } from 'kysely'
import type { Body, Origin, StoredRecord, Translation } from './record.ts'
import type { RecordTables } from './tables.ts'

export type Row = Selectable<RecordTables['record']>
type NewRow = Insertable<RecordTables['record']>
export type VersionRow = Selectable<RecordTables['version']>

/** A record with its digest, as rows are compared by it. */
export type StoredRow = StoredRecord & { digest: string | null }

export const open = (row: Row | VersionRow): StoredRecord => ({
  number: row.number,
  id: row.id,
  kind: row.kind,
  status: row.status,
  revision: row.revision,
  sourceRevision: row.sourceRevision,
  createdAt: row.createdAt,
  changedAt: row.changedAt,
  changedBy: row.changedBy,
  note: row.note,
  origin: row.origin === null ? null : (JSON.parse(row.origin) as Origin),
  translations: JSON.parse(row.translations) as Record<string, Translation>,
  body: JSON.parse(row.body) as Body,
})

export const close = ({ number: _, ...record }: StoredRow): NewRow => ({
  ...record,
  origin: record.origin && JSON.stringify(record.origin),
  translations: JSON.stringify(record.translations),
  body: JSON.stringify(record.body),
})
