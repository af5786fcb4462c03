/** The queries of imported spreadsheets. No rules in here. */
import type { Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import { plainName } from '#records/vocabularies/names.ts'
import type { Mapping } from './fit.ts'
import type { Word } from './words.ts'
import type { Separator } from './cells.ts'
import type { Column } from './targets.ts'
import type { ItemRow, MappingRow, SpreadsheetRow, SpreadsheetState, SheetTables } from './tables.ts'

export type Spreadsheet = Omit<SpreadsheetRow, 'mapping' | 'publishes' | 'reading'> & {
  mapping: Mapping
  publishes: boolean
  reading: { sheet?: string | undefined; headerRow?: number | undefined; mapping?: string | undefined }
}

export type KeptMapping = Omit<MappingRow, 'columns' | 'separator'> & {
  columns: { name: string; to: Column | null }[]
  separator: Separator
}

const open = (row: SpreadsheetRow): Spreadsheet => ({
  ...row,
  mapping: JSON.parse(row.mapping) as Mapping,
  publishes: row.publishes === 1,
  reading: JSON.parse(row.reading) as Spreadsheet['reading'],
})

const close = ({ mapping, publishes, reading, ...rest }: Partial<Spreadsheet>): Partial<SpreadsheetRow> => ({
  ...rest,
  ...(reading && { reading: JSON.stringify(reading) }),
  ...(mapping && { mapping: JSON.stringify(mapping) }),
  ...(publishes !== undefined && { publishes: publishes ? 1 : 0 }),
})

export const sheets = (db: Kysely<unknown>) => {
  const own = db.withTables<SheetTables>()
  return {
    add: async (sheet: Spreadsheet): Promise<void> => {
      await own
        .insertInto('sheet')
        .values(close(sheet) as SpreadsheetRow)
        .execute()
    },
    find: async (id: string): Promise<Spreadsheet | undefined> => {
      const row = await own.selectFrom('sheet').selectAll().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    ofPerson: async (ownerId: string, limit = 200): Promise<Spreadsheet[]> =>
      (
        await own
          .selectFrom('sheet')
          .selectAll()
          .where('ownerId', '=', ownerId)
          .orderBy('createdAt', 'desc')
          .limit(limit)
          .execute()
      ).map(open),
    countSince: async (ownerId: string, since: string): Promise<number> =>
      Number(
        (
          await own
            .selectFrom('sheet')
            .select(({ fn }) => fn.countAll<number | string>().as('count'))
            .where('ownerId', '=', ownerId)
            .where('createdAt', '>', since)
            .executeTakeFirstOrThrow()
        ).count,
      ),
    inStates: async (states: readonly SpreadsheetState[], changedBefore: string): Promise<Spreadsheet[]> =>
      (
        await own
          .selectFrom('sheet')
          .selectAll()
          .where('state', 'in', states)
          .where('changedAt', '<', changedBefore)
          .orderBy('changedAt')
          .limit(100)
          .execute()
      ).map(open),
    change: async (id: string, changes: Partial<Spreadsheet>): Promise<void> => {
      await own.updateTable('sheet').set(close(changes)).where('id', '=', id).execute()
    },
    /** What became of their rows stays; which table it came of is known no more. Answers the files they came in. */
    removeAllOf: async (ownerId: string): Promise<string[]> => {
      const brought = await own.selectFrom('sheet').select('file').distinct().where('ownerId', '=', ownerId).execute()
      await own.deleteFrom('sheet_item').where('ownerId', '=', ownerId).execute()
      await own.deleteFrom('sheet').where('ownerId', '=', ownerId).execute()
      await own.deleteFrom('sheet_word').where('ownerId', '=', ownerId).execute()
      await own.deleteFrom('sheet_mapping').where('ownerId', '=', ownerId).execute()
      return brought.map(({ file }) => file)
    },
    remove: async (ids: readonly string[]): Promise<void> => {
      for (const some of chunks(ids)) await own.deleteFrom('sheet').where('id', 'in', some).execute()
    },
    /** Files of sheets that somebody did something with lately. */
    isFileUsed: async (file: string, since: string): Promise<boolean> =>
      (await own
        .selectFrom('sheet')
        .select('id')
        .where('file', '=', file)
        .where('changedAt', '>', since)
        .executeTakeFirst()) !== undefined,

    /** The latest first. */
    mappingsOf: async (ownerId: string): Promise<KeptMapping[]> =>
      (
        await own
          .selectFrom('sheet_mapping')
          .selectAll()
          .where('ownerId', '=', ownerId)
          .orderBy('changedAt', 'desc')
          .orderBy('name')
          .limit(200)
          .execute()
      ).map((row) => ({
        ...row,
        columns: JSON.parse(row.columns) as KeptMapping['columns'],
        separator: row.separator as Separator,
      })),
    /** In the place of one of the same name. */
    keepMapping: async ({ columns, ...rest }: KeptMapping): Promise<void> => {
      const row = { ...rest, columns: JSON.stringify(columns) }
      const { separator, language, changedAt } = row
      await own
        .insertInto('sheet_mapping')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['ownerId', 'kind', 'name'])
            .doUpdateSet({ columns: row.columns, separator, language, changedAt }),
        )
        .execute()
    },
    removeMapping: async (ownerId: string, kind: string, name: string): Promise<void> => {
      await own
        .deleteFrom('sheet_mapping')
        .where('ownerId', '=', ownerId)
        .where('kind', '=', kind)
        .where('name', '=', name)
        .execute()
    },

    /** What this person said words of tables of a kind stand for; the latest first, as far as a mapping holds them. */
    wordsOf: async (ownerId: string, kind: string): Promise<Word[]> =>
      (
        await own
          .selectFrom('sheet_word')
          .selectAll()
          .where('ownerId', '=', ownerId)
          .where('kind', '=', kind)
          .orderBy('changedAt', 'desc')
          .limit(5_000)
          .execute()
      ).map(({ field, word, target: to }) => ({ field, word, to })),
    allWordsOf: (ownerId: string) =>
      own.selectFrom('sheet_word').selectAll().where('ownerId', '=', ownerId).orderBy('changedAt').execute(),
    keepWords: async (
      { ownerId, kind }: Pick<Spreadsheet, 'ownerId' | 'kind'>,
      words: readonly Word[],
      changedAt: string,
    ): Promise<void> => {
      for (const { field, word: typed, to: target } of words) {
        const word = plainName(typed)
        const row = { ownerId, kind, field, word, target, changedAt }
        if (target === '')
          await own
            .deleteFrom('sheet_word')
            .where('ownerId', '=', ownerId)
            .where('kind', '=', kind)
            .where('field', '=', field)
            .where('word', '=', word)
            .execute()
        else
          await own
            .insertInto('sheet_word')
            .values(row)
            .onConflict((conflict) =>
              conflict.columns(['ownerId', 'kind', 'field', 'word']).doUpdateSet({ target, changedAt }),
            )
            .execute()
      }
    },

    addItems: async (items: readonly ItemRow[]): Promise<void> => {
      for (const some of chunks(items)) await own.insertInto('sheet_item').values(some).execute()
    },
    /** Rows of this person that were brought before, and whose draft or record is still there. */
    known: async (ownerId: string, keys: readonly string[]): Promise<Map<string, ItemRow>> => {
      const found = new Map<string, ItemRow>()
      for (const some of chunks(keys))
        for (const row of await own
          .selectFrom('sheet_item')
          .selectAll()
          .where('ownerId', '=', ownerId)
          .where('key', 'in', some)
          .where(({ eb, or }) => or([eb('undone', 'is', null), eb('undone', '=', 'kept')]))
          .execute())
          found.set(row.key, row)
      return found
    },
    items: (sheetId: string, undone: ItemRow['undone'], limit: number) =>
      own
        .selectFrom('sheet_item')
        .selectAll()
        .where('sheetId', '=', sheetId)
        .where('undone', undone === null ? 'is' : '=', undone)
        .orderBy('row')
        .limit(limit)
        .execute(),
    setUndone: async (sheetId: string, rows: readonly number[], undone: 'gone' | 'kept'): Promise<void> => {
      for (const some of chunks(rows))
        await own
          .updateTable('sheet_item')
          .set({ undone })
          .where('sheetId', '=', sheetId)
          .where('row', 'in', some)
          .execute()
    },
  }
}
