/** Bringing one’s own spreadsheet: chosen, mapped, looked through, imported, undone. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { violation, ofOthers, Problem, noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { isDescribable, undescribed, type Kind } from '#records/kind.ts'
import { languageTag } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { boundedCache } from '#kernel/bounded-cache.ts'
import type { Encoding as EncodingName } from '#codecs/csv/decode.ts'
import { summarise, type Summary } from './look.ts'
import { bestFor, MappingName, toKeep, withKept } from './kept-mappings.ts'
import { readSpreadsheet } from './reading.ts'
import { Encoding, lineOf, Mapping, Preview, SpreadsheetLine } from './shapes.ts'
import { linksOfRows } from './links-of-rows.ts'
import { sheets, type Spreadsheet } from './store.ts'
import type { Table } from './table.ts'
import { columnsOf, headerNames, identifierColumn, languageColumn, noteColumn, targetsOf } from './targets.ts'

const mostADay = 50
const dayMs = 24 * 60 * 60_000

/** One’s own; that of others is answered as one that is not there. @throws Problem notFound */
export async function findSpreadsheet(context: Pick<Context, 'db' | 'actor'>, id: string): Promise<Spreadsheet> {
  const sheet = await sheets(context.db).find(id)
  if (!sheet) throw noSuch('spreadsheet', id)
  if (sheet.ownerId !== personIn(context)) throw ofOthers('spreadsheet', id)
  return sheet
}

/** @throws Problem invalid where nobody describes such things by hand. */
export function kindNamed({ services }: Pick<Context, 'services'>, name: string): Kind {
  const kind = services.kinds.get(name)
  if (!kind || !isDescribable(kind)) throw undescribed(services.kinds)
  return kind
}

export const tableOf = (
  { services }: Pick<Context, 'services'>,
  { file, encoding, reading, kind }: Pick<Spreadsheet, 'file' | 'encoding' | 'reading' | 'kind'>,
) =>
  readSpreadsheet(services.files, {
    ...reading,
    names: headerNames(kindNamed({ services }, kind)),
    sha256: file,
    encoding: encoding === 'xlsx' ? 'auto' : (encoding as EncodingName),
    language: 'en',
  })

type Brought = { file: string; table: Table }

/** @throws Problem tooManyTries where somebody brought very many today */
async function expectFew(context: Pick<Context, 'db' | 'actor' | 'now'>): Promise<void> {
  const since = new Date(context.now().getTime() - dayMs).toISOString()
  if ((await sheets(context.db).countSince(personIn(context), since)) >= mostADay) throw new Problem('tooManyTries')
}

export const beginSpreadsheet = preparedOperation({
  name: 'spreadsheets.begin',
  summary: 'Upload a spreadsheet; its columns are guessed from their names',
  http: 'POST /spreadsheets',
  isForPages: true,
  input: Type.Object(
    {
      kind: Type.String({ maxLength: 50 }),
      language: Type.String({ pattern: languageTag, maxLength: 35, description: 'It is written in' }),
      encoding: Encoding,
      fileName: Type.String({ maxLength: 200 }),
      path: Type.String({ description: 'Where the file lies that came with the form' }),
    },
    closed,
  ),
  output: Type.Object({
    sheet: SpreadsheetLine,
    before: Type.Array(SpreadsheetLine, { description: 'The same file, brought before' }),
  }),
  allow: permission('draft.write'),
  prepare: async (context, { kind, path, encoding, language }): Promise<Brought> => {
    // Before anything is kept: what cannot become anything takes no room.
    const names = headerNames(kindNamed(context, kind))
    await expectFew(context)
    const { sha256: file } = await context.services.files.keep(path)
    return { file, table: await readSpreadsheet(context.services.files, { sha256: file, encoding, language, names }) }
  },
  run: async (context, { kind: name, language, fileName }, { file, table }: Brought) => {
    const { db, now, random } = context
    const kind = kindNamed(context, name)
    const ownerId = personIn(context)
    const at = now().toISOString()
    const store = sheets(db)
    await expectFew(context)
    const before = (await store.ofPerson(ownerId)).filter((one) => one.file === file && one.state !== 'mapping')
    const kept = bestFor(
      table.header,
      (await store.mappingsOf(ownerId)).filter((one) => one.kind === name),
    )
    const guessed: Spreadsheet['mapping'] = {
      language,
      separator: 'auto',
      columns: columnsOf(kind, table),
      words: await store.wordsOf(ownerId, kind.name),
    }
    const sheet: Spreadsheet = {
      id: newId(random),
      ownerId,
      kind: kind.name,
      fileName,
      file,
      encoding: table.encoding,
      reading: kept ? { mapping: kept.name } : {},
      mapping: kept ? withKept(table.header, guessed, kept) : guessed,
      state: 'mapping',
      publishes: false,
      rows: table.rows.length,
      done: 0,
      made: 0,
      published: 0,
      known: 0,
      refused: 0,
      reason: '',
      createdAt: at,
      changedAt: at,
    }
    await store.add(sheet)
    return { sheet: lineOf(sheet), before: before.map(lineOf) }
  },
})

export const readSheet = operation({
  name: 'spreadsheets.read',
  summary: 'Read how far the import of a spreadsheet is, and which columns it has',
  http: 'GET /spreadsheets/:id',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    sheet: SpreadsheetLine,
    header: Type.Array(Type.String()),
    examples: Type.Array(Type.String(), { description: 'What stands in each column' }),
    before: Type.Array(SpreadsheetLine),
    hidden: Type.Array(Type.Integer(), { description: 'Columns that the workbook does not show' }),
    headerRow: Type.Integer(),
    firstRows: Type.Array(Type.Object({ number: Type.Integer(), text: Type.String() })),
    sheetNames: Type.Array(Type.String()),
    sheetName: Type.String(),
    format: Type.String({ description: 'Of a metadata file; empty for a table' }),
    mappingName: Type.String({ description: 'The kept mapping that was used; empty where none was' }),
    mappings: Type.Array(Type.String(), { description: 'Kept mappings of this kind, the latest first' }),
    quoteLine: Type.Integer({
      description: 'The line of a quotation mark within a cell, read as text; 0 where none is',
    }),
    left: Type.Array(Type.Object({ recordId: Type.String(), row: Type.Integer(), isPublished: Type.Boolean() }), {
      description: 'What undoing left, because it had been changed',
    }),
  }),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const sheet = await findSpreadsheet(context, id)
    const store = sheets(context.db)
    const table = sheet.state === 'mapping' ? await tableOf(context, sheet) : undefined
    const all = await store.ofPerson(sheet.ownerId)
    const left = sheet.state === 'undone' ? await store.items(id, 'kept', 500) : []
    return {
      sheet: lineOf(sheet),
      header: table?.header ?? [],
      hidden: table?.hidden ?? [],
      headerRow: table?.headerRow ?? 1,
      firstRows: table?.first ?? [],
      sheetNames: table?.sheets ?? [],
      sheetName: table?.sheet ?? '',
      quoteLine: table?.quoteLine ?? 0,
      format: table?.format ?? '',
      mappingName: sheet.reading.mapping ?? '',
      mappings: (await store.mappingsOf(sheet.ownerId))
        .filter((one) => one.kind === sheet.kind)
        .map(({ name }) => name),
      examples: table?.header.map((_, at) => exampleIn(table, at)) ?? [],
      before: all.filter((one) => one.file === sheet.file && one.id !== id && one.state !== 'mapping').map(lineOf),
      left: left.map(({ recordId: of, row, isPublished }) => ({ recordId: of, row, isPublished: isPublished === 1 })),
    }
  },
})

const exampleIn = ({ rows }: Table, column: number): string =>
  rows
    .map(({ cells }) => cells[column] ?? '')
    .filter(Boolean)
    .slice(0, 2)
    .map((cell) => cell.slice(0, 80))
    .join(' · ')

export const listSpreadsheets = operation({
  name: 'spreadsheets.list',
  summary: 'List the spreadsheets that one brought, the latest first',
  http: 'GET /spreadsheets',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ sheets: Type.Array(SpreadsheetLine) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context) => ({ sheets: (await sheets(context.db).ofPerson(personIn(context))).map(lineOf) }),
})

export const mapSpreadsheet = preparedOperation({
  name: 'spreadsheets.map',
  summary: 'Say which column of a spreadsheet leads to which field',
  http: 'PUT /spreadsheets/:id',
  isForPages: true,
  input: Type.Object(
    {
      id: Id,
      mapping: Mapping,
      keepAs: Type.Optional(MappingName),
    },
    closed,
  ),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  prepare: async (context, { id, keepAs }): Promise<string[]> =>
    keepAs === undefined ? [] : (await tableOf(context, await findSpreadsheet(context, id))).header,
  run: async (context, { id, mapping: said, keepAs }, header: string[]) => {
    const sheet = await findSpreadsheet(context, id)
    const mapping = { ...said, words: sheet.mapping.words ?? [] }
    if (sheet.state !== 'mapping') throw new Problem('wrongState')
    const known = new Set([
      ...targetsOf(kindNamed(context, sheet.kind)).map(({ path }) => path),
      identifierColumn,
      languageColumn,
      noteColumn,
    ])
    const strange = mapping.columns.findIndex((one) => one !== null && !known.has(one.field))
    if (strange >= 0 || mapping.columns.length !== sheet.mapping.columns.length)
      throw violation(`columns.${strange}`, 'enum')
    if (!mapping.columns.some((one) => one?.field === 'title')) throw violation('columns', 'titleColumn')
    const changedAt = context.now().toISOString()
    const name = keepAs?.trim()
    const reading = name ? { ...sheet.reading, mapping: name } : sheet.reading
    await sheets(context.db).change(id, { mapping, reading, changedAt })
    if (name) {
      const { ownerId, kind } = sheet
      const { language, separator } = mapping
      const columns = toKeep(header, mapping.columns)
      await sheets(context.db).keepMapping({ ownerId, kind, name, columns, separator, language, changedAt })
    }
    return lineOf({ ...sheet, mapping, changedAt })
  },
})

const mostKept = 8
const summaries = boundedCache<Promise<Summary>>(mostKept)

/** Looked through once for each way of mapping it. */
function summaryOf(context: Preparing | Context, sheet: Spreadsheet, table: Table): Promise<Summary> {
  const key = `${context.services.files.path(sheet.file)} ${sheet.id} ${JSON.stringify(sheet.mapping)}`
  const known = summaries.get(key)
  if (known) return known
  const kind = kindNamed(context, sheet.kind)
  const made = linksOfRows(context, kind, sheet.mapping, table.rows).then((links) =>
    summarise(kind, sheet.mapping, table, links),
  )
  summaries.set(key, made)
  return made
}

export const previewSpreadsheet = operation({
  name: 'spreadsheets.preview',
  summary: 'Look through a spreadsheet: rows as they will be, and what does not fit',
  http: 'GET /spreadsheets/:id/preview',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Preview,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const sheet = await findSpreadsheet(context, id)
    const table = await tableOf(context, sheet)
    const { keys, ...summary } = await summaryOf(context, sheet, table)
    const known = await sheets(context.db).known(sheet.ownerId, keys)
    return { ...summary, sheet: lineOf(sheet), header: table.header, known: known.size }
  },
})
