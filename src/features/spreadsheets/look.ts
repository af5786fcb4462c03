/** Looking through a whole table before anything is made of it. */
import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Kind } from '#records/kind.ts'
import { fitRow, type CellViolation, type FittedRow, type Mapping } from './fit.ts'
import type { LinksOfRows } from './links-of-rows.ts'
import type { RowError, WordCount } from './shapes.ts'
import type { Row, Table } from './table.ts'
import { listOf, meanings, wordKey } from './words.ts'

export type Looked = Row & FittedRow & { key: string }

const rowsBetweenBreaths = 20

/** Rows as they fit, with a breath now and then, in which the node serves others. */
export async function* look(
  kind: Kind,
  mapping: Mapping,
  rows: readonly Row[],
  links?: LinksOfRows,
): AsyncGenerator<Looked> {
  let sinceBreath = 0
  for (const row of rows) {
    if (++sinceBreath % rowsBetweenBreaths === 0) await breathe()
    const fitted = fitRow(kind, mapping, row.cells, links)
    yield { ...row, ...fitted, key: keyOf(kind, fitted) }
  }
}

/** A row is the same by what it is called, where a column says so; else by all that its fields hold. */
function keyOf(kind: Kind, { identifier, body, unread }: FittedRow): string {
  const held = Object.keys(unread).length > 0 ? [body, unread] : body
  const told = identifier ? `#${identifier}` : JSON.stringify(held)
  return createHash('sha256').update(`${kind.name} ${told}`).digest('base64url')
}

const shownFirst = 5
const mostErrors = 10_000
const mostWords = 2_000

export type Summary = {
  sample: { row: number; body: Record<string, unknown> }[]
  fits: number
  complete: number
  /** Rows that become drafts with something noted. */
  noted: number
  wrong: number
  errors: RowError[]
  missing: string[]
  words: WordCount[]
  keys: string[]
}

export async function summarise(kind: Kind, mapping: Mapping, { rows }: Table, links?: LinksOfRows): Promise<Summary> {
  const told = { sample: [], fits: 0, complete: 0, noted: 0, wrong: 0, errors: [], missing: [], keys: [] } as Omit<
    Summary,
    'words'
  >
  const first = new Map<string, number>()
  const missing = new Set<string>()
  const words = new Map<string, WordCount>()
  const tell = (row: number, cells: readonly string[], all: readonly CellViolation[], isNoted: boolean) => {
    for (const { column, ...violation } of all)
      if (told.errors.length < mostErrors)
        told.errors.push({ row, column: column ?? null, ...violation, cell: cells[column ?? -1] ?? '', isNoted })
  }
  for await (const { number, cells, ...row } of look(kind, mapping, rows, links)) {
    const same = first.get(row.key)
    const refusing = same === undefined ? row.violations : [...row.violations, repeats(same)]
    if (refusing.length > 0) told.wrong++
    else {
      first.set(row.key, number)
      told.keys.push(row.key)
      told.fits++
      if (row.odd.length > 0) told.noted++
      else if (row.missing.length === 0) told.complete++
      if (told.sample.length < shownFirst) told.sample.push({ row: number, body: row.body })
      for (const field of row.missing) missing.add(field)
    }
    for (const one of wordsOf(kind, mapping, row)) count(words, one)
    tell(number, cells, refusing, false)
    if (same === undefined) tell(number, cells, row.odd, refusing.length === 0)
  }
  const counted = [...words.values()].toSorted((a, b) => b.count - a.count)
  return { ...told, missing: [...missing], words: counted.slice(0, mostWords) }
}

const longestWord = 200

/** What a vocabulary should know and does not, and what somebody said such words stand for. */
function wordsOf(kind: Kind, mapping: Mapping, { odd, mapped }: FittedRow): Omit<WordCount, 'count'>[] {
  const said = meanings(mapping.words ?? [])
  const unknown = odd.flatMap(({ column, rule, values: { text } }) => {
    const field = mapping.columns[column ?? -1]?.field ?? ''
    const isWord = (rule === 'unknownName' || rule === 'nearName') && typeof text === 'string'
    return isWord && text.length <= longestWord && listOf(kind, field) ? [{ field, word: text, to: '' }] : []
  })
  return [...unknown, ...mapped.map((one) => ({ ...one, to: said.get(wordKey(one.field, one.word)) ?? '' }))]
}

function count(words: Map<string, WordCount>, one: Omit<WordCount, 'count'>): void {
  const key = wordKey(one.field, one.word)
  words.set(key, { ...one, ...words.get(key), count: (words.get(key)?.count ?? 0) + 1 })
}

const repeats = (row: number) => ({ column: undefined, field: 'title', rule: 'repeatedRow', values: { row } })
