import type { Feature } from '#kernel/feature.ts'
import { cells } from './columns/cells.ts'
import { concept, vocabulary } from './vocabularies/concept.ts'
import { ingest } from './sources/ingest.ts'
import { mergedMigration } from './merged.ts'
import { takeAddressOfRecords } from './take-address-out.ts'
import { recordOperations } from './operations.ts'
import { vocabularySources } from './vocabularies/sources/index.ts'
import { nameMigration, recordMigration } from './tables.ts'

const changedBy = (table: string) =>
  ({
    table,
    column: 'changedBy',
    erased: false,
    exported: false,
    because: 'The history of records must stay whole; it has the identifier of an account, and no name',
  }) as const

/** Records of any kind: their versions, links, names and translations, and the vocabularies they use. */
export const recordsFeature: Feature = {
  name: 'records',
  kinds: [vocabulary, concept],
  sources: vocabularySources,
  migrations: [recordMigration, nameMigration, mergedMigration],
  operations: [...recordOperations, cells, ingest],
  personalData: {
    columns: [changedBy('record'), changedBy('version'), { ...changedBy('merged'), column: 'by' }],
    erase: (context, { email }) => takeAddressOfRecords(context, email),
  },
}
