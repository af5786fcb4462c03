/** Listing, using and deleting the mappings of columns that one kept. */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { Id } from '#records/inputs.ts'
import { MappingName, withKept } from './kept-mappings.ts'
import { findSpreadsheet, tableOf } from './operations.ts'
import { lineOf, NamedMapping, SpreadsheetLine } from './shapes.ts'
import { sheets } from './store.ts'

export const listMappings = operation({
  name: 'spreadsheets.mappings',
  summary: 'List the mappings of columns that one kept, the latest first',
  http: 'GET /spreadsheets/mappings',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ mappings: Type.Array(NamedMapping) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context) => ({
    mappings: (await sheets(context.db).mappingsOf(personIn(context))).map(({ kind, name, changedAt }) => ({
      kind,
      name,
      changedAt,
    })),
  }),
})

export const applyMapping = operation({
  name: 'spreadsheets.applyMapping',
  summary: 'Match the columns of a spreadsheet as a kept mapping does',
  http: 'POST /spreadsheets/:id/mapping',
  isForPages: true,
  input: Type.Object({ id: Id, name: MappingName }, closed),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  run: async (context, { id, name }) => {
    const sheet = await findSpreadsheet(context, id)
    if (sheet.state !== 'mapping') throw new Problem('wrongState')
    const kept = (await sheets(context.db).mappingsOf(sheet.ownerId)).find(
      (one) => one.kind === sheet.kind && one.name === name,
    )
    if (!kept) throw noSuch('mapping', name)
    const { header } = await tableOf(context, sheet)
    const mapping = withKept(header, sheet.mapping, kept)
    const reading = { ...sheet.reading, mapping: name }
    await sheets(context.db).change(id, { mapping, reading })
    return lineOf({ ...sheet, mapping })
  },
})

export const deleteMapping = operation({
  name: 'spreadsheets.deleteMapping',
  summary: 'Delete a kept mapping of columns; what was imported with it stays',
  http: 'POST /spreadsheets/mappings/delete',
  isForPages: true,
  input: Type.Object({ kind: Type.String({ maxLength: 50 }), name: MappingName }, closed),
  output: Type.Object({}),
  allow: (actor) => actor.kind === 'person',
  run: async (context, { kind, name }) => {
    await sheets(context.db).removeMapping(personIn(context), kind, name)
    return {}
  },
})
