/** Looking through a whole table before anything is made of it. */
import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Kind } from '#records/kind.ts'
import { fitRow, type FittedRow, type Mapping } from './fit.ts'
import type { RowError } from './shapes.ts'
import type { Row, Table } from './table.ts'

export type Looked = Row & FittedRow & { key: string }

const rowsBetweenBreaths = 20

/** Rows as they fit, with a breath now and then, in which the node serves others. */
export async function* look(kind: Kind, mapping: Mapping, rows: readonly Row[]): AsyncGenerator<Looked> {
  let sinceBreath = 0
  for (const row of rows) {
    if (++sinceBreath % rowsBetweenBreaths === 0) await breathe()
    const fitted = fitRow(kind, mapping, row.cells)
    yield { ...row, ...fitted, key: keyOf(kind, fitted) }
  }
}

/** A row is the same by what it is called, where a column says so; else by all that it holds. */
function keyOf(kind: Kind, { identifier, body }: FittedRow): string {
  const told = identifier ? `#${identifier}` : JSON.stringify(body)
  return createHash('sha256').update(`${kind.name} ${told}`).digest('base64url')
}

const shownFirst = 5
const mostErrors = 10_000

export type Summary = {
  sample: { row: number; body: Record<string, unknown> }[]
  fits: number
  complete: number
  wrong: number
  errors: RowError[]
  missing: string[]
  keys: string[]
}

export async function summarise(kind: Kind, mapping: Mapping, { rows }: Table): Promise<Summary> {
  const told: Summary = { sample: [], fits: 0, complete: 0, wrong: 0, errors: [], missing: [], keys: [] }
  const first = new Map<string, number>()
  const missing = new Set<string>()
  for await (const { number, cells, body, key, violations, missing: lacks } of look(kind, mapping, rows)) {
    const same = first.get(key)
    const all = same === undefined ? violations : [...violations, repeats(same)]
    if (all.length > 0) told.wrong++
    else {
      first.set(key, number)
      told.keys.push(key)
      told.fits++
      if (lacks.length === 0) told.complete++
      if (told.sample.length < shownFirst) told.sample.push({ row: number, body })
      for (const field of lacks) missing.add(field)
    }
    for (const { column, ...violation } of all)
      if (told.errors.length < mostErrors)
        told.errors.push({ row: number, column: column ?? null, ...violation, cell: cells[column ?? -1] ?? '' })
  }
  return { ...told, missing: [...missing] }
}

const repeats = (row: number) => ({ column: undefined, field: 'title', rule: 'repeatedRow', values: { row } })
