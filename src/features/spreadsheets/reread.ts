import { Type } from 'typebox'
import { closed, preparedOperation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { Id } from '#records/inputs.ts'
import { findSpreadsheet, kindNamed } from './operations.ts'
import { readSpreadsheet } from './reading.ts'
import { Encoding, lineOf, SpreadsheetLine } from './shapes.ts'
import { sheets } from './store.ts'
import { columnsOf } from './targets.ts'

export const rereadSpreadsheet = preparedOperation({
  name: 'spreadsheets.reread',
  summary: 'Read a spreadsheet again in another encoding; its columns are guessed anew',
  http: 'POST /spreadsheets/:id/reread',
  isForPages: true,
  input: Type.Object({ id: Id, encoding: Encoding }, closed),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  prepare: async (context, { id, encoding }) => {
    const { file, mapping } = await findSpreadsheet(context, id)
    return readSpreadsheet(context.services.files, { sha256: file, encoding, language: mapping.language })
  },
  run: async (context, { id }, table) => {
    const sheet = await findSpreadsheet(context, id)
    if (sheet.state !== 'mapping') throw new Problem('conflict', { id, yours: 'mapping', newest: sheet.state })
    const columns = columnsOf(kindNamed(context, sheet.kind), table)
    const changes = { encoding: table.encoding, rows: table.rows.length, mapping: { ...sheet.mapping, columns } }
    await sheets(context.db).change(id, changes)
    return lineOf({ ...sheet, ...changes })
  },
})
