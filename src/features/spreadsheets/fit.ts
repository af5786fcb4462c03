/** From a row of a spreadsheet to the body of a record, by way of the form: what a form takes, a row takes. */
import type { Violation } from '#kernel/problem.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { stepsOf, type FormField } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import type { Kind } from '#records/kind.ts'
import { violationsOfBody } from '#records/check.ts'
import { moneyIn, placeIn, textsFor, type Separator } from './cells.ts'
import { identifierColumn, isText, languageColumn, targetsOf, type Column, type Target } from './targets.ts'

export type Mapping = { language: string; separator: Separator; columns: readonly (Column | null)[] }

/** What does not fit, and in which column; none where no column leads to the field. */
export type CellViolation = { column: number | undefined; field: string; rule: string; values: Record<string, unknown> }

export type FittedRow = {
  body: Record<string, unknown>
  identifier: string
  violations: CellViolation[]
  /** Fields that must be told before it is published, and are not. */
  missing: string[]
}

type Filled = { target: Target; column: number; cell: string; language: string | undefined; row: number }
type Read = { values: Record<string, unknown>; violations: CellViolation[] }

export function fitRow(kind: Kind, mapping: Mapping, cells: readonly string[]): FittedRow {
  const violations: CellViolation[] = []
  const language = languageOf(mapping, cells, violations)
  const filled = filledIn(kind, mapping, cells)
  let values: Record<string, unknown> = {}
  for (const tag of new Set([language, ...filled.flatMap((one) => one.language ?? [])])) {
    const own = filled.filter((one) => (one.language ?? language) === tag)
    const read = readIn(kind, own, { language: tag, separator: mapping.separator, before: values })
    values = { ...values, ...read.values }
    violations.push(...read.violations)
  }
  const body = {
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    originalLanguage: language,
  }
  const wrong = new Set(violations.map(({ field }) => field))
  const judged = judge(kind, body, (field) => wrong.has(field))
  violations.push(...judged.violations.map((one) => ({ ...one, column: columnOf(mapping, one.field) })))
  const at = mapping.columns.findIndex((one) => one?.field === identifierColumn)
  return { body, identifier: cells[at] ?? '', violations, missing: judged.missing }
}

const columnOf = ({ columns }: Mapping, field: string): number | undefined => {
  const at = columns.findIndex((one) => one?.field.split('.')[0] === field)
  return at < 0 ? undefined : at
}

function languageOf({ columns, language }: Mapping, cells: readonly string[], violations: CellViolation[]): string {
  const column = columns.findIndex((one) => one?.field === languageColumn)
  const cell = cells[column] ?? ''
  if (cell === '') return language
  const tag = languageNamed(cell)
  if (tag === undefined) violations.push({ column, field: languageColumn, rule: 'unknownName', values: { text: cell } })
  return tag ?? language
}

/** The cells that lead somewhere and hold something; the second column of one part makes the second row of a group. */
function filledIn(kind: Kind, { columns }: Mapping, cells: readonly string[]): Filled[] {
  const targets = new Map(targetsOf(kind).map((target) => [target.path, target]))
  const times = new Map<string, number>()
  return columns.flatMap((column, at): Filled[] => {
    const target = column ? targets.get(column.field) : undefined
    if (!column || !target) return []
    const row = times.get(target.path) ?? 0
    times.set(target.path, row + 1)
    const cell = cells[at] ?? ''
    // Parts of a group are in the language of the row.
    const language = isText(target) && target.path === target.top.name ? column.language : undefined
    return cell === '' ? [] : [{ target, column: at, cell, language, row }]
  })
}

function readIn(
  kind: Kind,
  filled: readonly Filled[],
  { language, separator, before }: { language: string; separator: Separator; before: Record<string, unknown> },
): Read {
  const form = new URLSearchParams()
  const violations: CellViolation[] = []
  const fieldsOfRow = new Map<string, FormField>()
  for (const one of filled) {
    const { top } = one.target
    const field = top.name
    if (put(form, one, { separator, language })) fieldsOfRow.set(field, top)
    else violations.push({ column: one.column, field, rule: 'unknownName', values: { text: one.cell } })
  }
  // A period in the cell of its beginning fills in both.
  const ends = [...fieldsOfRow.values()].flatMap(({ field }) => field.endsIn ?? [])
  for (const end of stepsOf(kind).flatMap(({ asked }) => asked))
    if (ends.includes(end.name)) fieldsOfRow.set(end.name, end)
  const read = readStep({ name: 'row', asked: [...fieldsOfRow.values()] }, form, language, before)
  return {
    values: read.values,
    violations: [...violations, ...read.violations.map((violation) => inColumn(violation, filled))],
  }
}

/** A field filled from several columns: the one that holds what was not understood. */
function inColumn({ place, rule, values }: Violation, filled: readonly Filled[]): CellViolation {
  const [field = ''] = place.split('.')
  const own = filled.filter(({ target }) => target.top.name === field)
  const said = typeof values.text === 'string' ? values.text : undefined
  const column = (own.find(({ cell }) => said !== undefined && cell.includes(said)) ?? own[0])?.column
  return { column, field, rule, values }
}

/** Puts a cell where the form would have it; false where it cannot be. */
function put(
  form: URLSearchParams,
  { target, cell, row }: Filled,
  { separator, language }: { separator: Separator; language: string },
): boolean {
  const { path, top, asked: formField } = target
  if (path === top.name && (top.control === 'money' || top.control === 'place')) {
    const parts = top.control === 'money' ? moneyIn(cell) : placeIn(cell)
    for (const [part, text] of Object.entries(parts)) form.set(`${path}.${part}`, text)
    return true
  }
  const texts = textsFor(formField, cell, separator, language)
  const name = top.control === 'groups' && top.isList ? `${top.name}.${row}.${formField.name}` : path
  for (const text of texts ?? []) form.append(name, text)
  return texts !== undefined
}

/** What the kind says of the whole: what is missing may come later, before it is published; the rest must be mended. */
function judge(kind: Kind, body: Record<string, unknown>, isKnown: (field: string) => boolean) {
  const fields = stepsOf(kind).flatMap((step) => step.asked)
  const all = violationsOfBody(kind, body).map((violation) => ({ ...violation, field: violation.place.split('.')[0]! }))
  const isMissing = ({ rule, place }: Violation) => rule === 'required' && !place.includes('.')
  const missing = new Set([
    ...all.filter(isMissing).map(({ field }) => field),
    ...fields.filter(({ name, isRequired }) => isRequired && body[name] === undefined).map(({ name }) => name),
  ])
  const violations = all.filter((violation) => !isMissing(violation) && !isKnown(violation.field))
  // Without a title nobody would find it again.
  if (missing.delete('title') && !isKnown('title'))
    violations.push({ place: 'title', field: 'title', rule: 'required', values: {} })
  return {
    violations: violations.map(({ field, rule, values }) => ({ field, rule, values })),
    missing: [...missing].filter((name) => name !== 'originalLanguage' && !isKnown(name)),
  }
}
