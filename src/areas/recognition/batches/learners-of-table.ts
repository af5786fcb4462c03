/** Learners of a table: which column says what, and what is wrong with a row. */
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn, type Translate } from '#kernel/i18n/messages.ts'
import { violation } from '#kernel/problem.ts'
import { withFormulas } from '#codecs/csv/formulas.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { markOf, type Learner } from './award.ts'

export const columns = ['name', 'number', 'email', 'date', 'result'] as const
export type Column = (typeof columns)[number]

/** The names of the columns in a language, as the empty table has them. */
export const columnNames = (t: Translate): Record<Column, string> => ({
  name: t('awardSheet.name'),
  number: t('awardSheet.number'),
  email: t('awardSheet.email'),
  date: t('awardSheet.date'),
  result: t('awardSheet.result'),
})

/** Further names that exports of learning platforms have. */
const usual: Record<Column, readonly string[]> = {
  name: ['full name', 'learner', 'student', 'participant', 'pseudonym', 'student name'],
  number: ['id', 'student id', 'id number', 'learner id', 'matricule', 'student number'],
  email: ['e-mail', 'mail', 'email', 'email address'],
  date: ['completed', 'completed on', 'completion date', 'date of completion', 'awarded on', 'timecompleted'],
  result: ['grade', 'score', 'mark', 'points'],
}

const columnOf: ReadonlyMap<string, Column> = new Map(
  columns.flatMap((column) =>
    [...languages.map((one) => columnNames(messagesIn(one))[column]), ...usual[column]].map((name) => [
      plainName(name),
      column,
    ]),
  ),
)

const mostAbove = 15
/** The places of the columns, where a row names them; a table with no date or nobody in it is none. */
export function placesIn(row: readonly string[]): ReadonlyMap<Column, number> | undefined {
  const places = new Map<Column, number>()
  for (const [at, cell] of row.entries()) {
    const column = columnOf.get(plainName(cell.slice(0, 200)))
    if (column && !places.has(column)) places.set(column, at)
  }
  return places.has('date') && ['name', 'number', 'email'].some((one) => places.has(one as Column)) ? places : undefined
}

export type RowFault = { row: number; column: Column; rule: string; values: Record<string, string | number> }
export type Read = { learner: Learner } | { fault: RowFault }

/** `today`: YYYY-MM-DD. @throws Problem invalid where no row names the columns */
export async function* learnersIn(rows: AsyncIterable<string[]>, today: string): AsyncGenerator<Read> {
  let places: ReadonlyMap<Column, number> | undefined
  let number = 0
  const seen = new Map<string, number>()
  for await (const row of rows) {
    number++
    if (!places) {
      places = placesIn(row)
      if (!places && number >= mostAbove) break
      continue
    }
    if (row.every((cell) => cell.trim() === '')) continue
    yield readRow(number, row, places, { today, seen })
  }
  if (!places) throw violation('file', 'columnsMissing')
}

type Around = { today: string; seen: Map<string, number> }

function readRow(
  row: number,
  cells: readonly string[],
  places: ReadonlyMap<Column, number>,
  { today, seen }: Around,
): Read {
  const said = Object.fromEntries(
    columns.map((column) => [column, plain(cells[places.get(column) ?? -1] ?? '')]),
  ) as Record<Column, string>
  const wrong = (column: Column, rule: string, values: RowFault['values'] = {}): Read => ({
    fault: { row, column, rule, values },
  })
  for (const column of ['name', 'number', 'result'] as const)
    if (said[column].length > longest) return wrong(column, 'learnerLong', { max: longest })
  if (!said.name && !said.number && !said.email) return wrong('name', 'learnerUnnamed')
  if (said.email && !isEmail(said.email)) return wrong('email', 'learnerEmail')
  const date = dayIn(said.date)
  if (date === undefined) return wrong('date', said.date ? 'awardDate' : 'required')
  if (date > today) return wrong('date', 'dayPast')
  const mark = markOf(said)
  const before = seen.get(mark)
  if (before !== undefined) return wrong('name', 'learnerTwice', { row: before })
  seen.set(mark, row)
  return { learner: { ...said, row, date } }
}

const longest = 200
const plain = (cell: string): string =>
  withFormulas(cell)
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
    .trim()
const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/.test(text)

/** 2026-05-17, 17.05.2026, and 17/05/2026 or 05/17/2026 where only one reading is a day. */
export function dayIn(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text)
  if (iso) return dayOf(iso[1]!, iso[2]!, iso[3]!)
  const [, first, sign, second, year] = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text) ?? []
  if (!first || !second || !year) return undefined
  const dayFirst = dayOf(year, second, first)
  if (sign === '.') return dayFirst
  const monthFirst = dayOf(year, first, second)
  return dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst
    ? undefined
    : (dayFirst ?? monthFirst)
}

function dayOf(year: string, month: string, day: string): string | undefined {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) && year >= '1900' ? iso : undefined
}
