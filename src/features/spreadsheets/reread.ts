import { Type } from 'typebox'
import { closed, preparedOperation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { Id } from '#records/inputs.ts'
import { findSpreadsheet, kindNamed } from './operations.ts'
import { readSpreadsheet } from './reading.ts'
import { Encoding, lineOf, SpreadsheetLine } from './shapes.ts'
import { sheets } from './store.ts'
import { columnsOf, headerNames } from './targets.ts'

export const rereadSpreadsheet = preparedOperation({
  name: 'spreadsheets.reread',
  summary: 'Read a spreadsheet again: another encoding, sheet or row of headers; its columns are guessed anew',
  http: 'POST /spreadsheets/:id/reread',
  isForPages: true,
  input: Type.Object(
    {
      id: Id,
      encoding: Encoding,
      sheet: Type.String({ default: '', maxLength: 200, description: 'The name of the sheet of a workbook' }),
      headerRow: Type.Integer({ default: 0, minimum: 0, maximum: 100_000, description: 'That names the columns' }),
    },
    closed,
  ),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  prepare: async (context, { id, encoding, ...chosen }) => {
    const { file, mapping, kind } = await findSpreadsheet(context, id)
    const names = headerNames(kindNamed(context, kind))
    const how = { ...readingOf(chosen), encoding, language: mapping.language, names }
    return readSpreadsheet(context.services.files, { sha256: file, ...how })
  },
  run: async (context, { id, sheet: name, headerRow }, table) => {
    const sheet = await findSpreadsheet(context, id)
    if (sheet.state !== 'mapping') throw new Problem('wrongState')
    const columns = columnsOf(kindNamed(context, sheet.kind), table)
    const reading = readingOf({ sheet: name, headerRow })
    const changes = {
      reading,
      encoding: table.encoding,
      rows: table.rows.length,
      mapping: { ...sheet.mapping, columns },
    }
    await sheets(context.db).change(id, changes)
    return lineOf({ ...sheet, ...changes })
  },
})

/** What is empty is guessed. */
const readingOf = ({ sheet, headerRow }: { sheet: string; headerRow: number }) => ({
  ...(sheet && { sheet }),
  ...(headerRow > 0 && { headerRow }),
})
