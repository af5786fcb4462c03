import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { Id } from '#records/inputs.ts'
import { findSpreadsheet, kindNamed } from './operations.ts'
import { lineOf, SpreadsheetLine, WordMeaning } from './shapes.ts'
import { sheets } from './store.ts'
import { asNote, ignored, listOf, termNamed, withWords } from './words.ts'

export const mapSpreadsheetWords = operation({
  name: 'spreadsheets.mapWords',
  summary: 'Say once for all rows what words stand for that no vocabulary knows; it is kept for the next table',
  http: 'PUT /spreadsheets/:id/words',
  isForPages: true,
  input: Type.Object({ id: Id, words: Type.Array(WordMeaning, { maxItems: 500 }) }, closed),
  output: SpreadsheetLine,
  allow: permission('draft.write'),
  run: async (context, { id, words }) => {
    const sheet = await findSpreadsheet(context, id)
    if (sheet.state !== 'mapping') throw new Problem('wrongState')
    const kind = kindNamed(context, sheet.kind)
    const violations: { place: string; rule: string; values: Record<string, string> }[] = []
    const read = words.map((one, at) => {
      if (['', ignored, asNote].includes(one.to)) return one
      const list = listOf(kind, one.field)
      const to = list === undefined ? undefined : termNamed(list, one.to)
      if (to === undefined) violations.push({ place: `words.${at}`, rule: 'unknownName', values: { text: one.to } })
      return { ...one, to: to ?? '' }
    })
    if (violations.length > 0) throw new Problem('invalid', { count: violations.length }, { violations })
    const changedAt = context.now().toISOString()
    const mapping = { ...sheet.mapping, words: withWords(sheet.mapping.words ?? [], read) }
    await sheets(context.db).change(id, { mapping, changedAt })
    await sheets(context.db).keepWords(sheet, read, changedAt)
    return lineOf({ ...sheet, mapping, changedAt })
  },
})
