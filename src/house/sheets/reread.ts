import { Type } from 'typebox'
import { closed, preparedOperation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { permission } from '#core/permission.ts'
import { Id } from '../record/inputs.ts'
import { findSheet, kindNamed } from './operations.ts'
import { readSpreadsheet } from './reading.ts'
import { Encoding, lineOf, SheetLine } from './shapes.ts'
import { sheets } from './store.ts'
import { guessColumns } from './targets.ts'

export const rereadSheet = preparedOperation({
  name: 'sheets.reread',
  summary: 'Read a spreadsheet again in another encoding; its columns are guessed anew',
  http: 'POST /sheets/:id/reread',
  isForPages: true,
  input: Type.Object({ id: Id, encoding: Encoding }, closed),
  output: SheetLine,
  allow: permission('draft.write'),
  prepare: async (context, { id, encoding }) => {
    const { file, mapping } = await findSheet(context, id)
    return readSpreadsheet(context.services.files, { sha256: file, encoding, language: mapping.language })
  },
  run: async (context, { id }, table) => {
    const sheet = await findSheet(context, id)
    if (sheet.state !== 'mapping') throw new Problem('conflict', { id, yours: 'mapping', newest: sheet.state })
    const columns = guessColumns(kindNamed(context, sheet.kind), table.header)
    const changes = { encoding: table.encoding, rows: table.rows.length, mapping: { ...sheet.mapping, columns } }
    await sheets(context.db).change(id, changes)
    return lineOf({ ...sheet, ...changes })
  },
})
