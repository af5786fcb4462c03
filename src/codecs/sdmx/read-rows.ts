/** Data messages as rows, one an observation, read as they come: SDMX-CSV 1.0 and 2.0, and DDFcsv, which is as flat. */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Problem } from '#kernel/problem.ts'

/** `cells` by the id of the dimension, measure or attribute; `flow` is the id of the dataflow, or of the structure. */
export type Row = {
  line: number
  flow: string
  action: string
  cells: ReadonlyMap<string, string>
  /** Of these the cells are dimensions; nothing where the message does not part them from attributes. */
  dimensions: ReadonlySet<string> | undefined
}
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export const rowLimits = { columns: 500, characters: 1024 * 1024 }

async function* tableOf(bytes: Bytes, delimiter: string): AsyncGenerator<{ line: number; cells: string[] }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  async function* text() {
    try {
      for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
      yield decoder.decode()
    } catch (cause) {
      if (cause instanceof TypeError) throw new Problem('notUtf8', {}, { cause })
      throw cause
    }
  }
  const parser = parse({
    bom: true,
    info: true,
    delimiter,
    max_record_size: rowLimits.characters,
    relax_column_count: true,
    skip_empty_lines: true,
  })
  const source = Readable.from(text())
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (record.length > rowLimits.columns)
        throw new Problem('tooLarge', { limit: rowLimits.columns, size: record.length })
      yield { line: info.lines, cells: record }
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new Problem('invalid', { line: Number(cause['lines'] ?? 0), rule: cause.code }, { cause })
  } finally {
    source.destroy()
    parser.destroy()
  }
}

/** `ESTAT:NA_MAIN(1.6.0): National accounts` → `NA_MAIN`. */
const flowIn = (written: string): string =>
  /^(?:[^:(]+:)?([A-Za-z0-9_@$.-]+)(?:\([^)]*\))?(?:: .*)?$/.exec(written)?.[1] ?? ''

/** `A: Annual`, as `labels=both` writes codes. */
const codeIn = (written: string, isLabelled: boolean): string =>
  isLabelled ? (/^([^\s:]+): /.exec(written)?.[1] ?? written) : written

/** Whether a file begins as SDMX-CSV does, and with which sign between cells. */
export function csvDelimiter(head: string): string | undefined {
  const [, delimiter] = /^\uFEFF?"?(?:DATAFLOW|STRUCTURE(?:\[[^\]]*\])?)"?([,;\t|])/.exec(head) ?? []
  return delimiter
}

/** @throws Problem notUtf8, tooLarge, invalid with the line */
export async function* readSdmxCsv(bytes: Bytes, delimiter: string): AsyncGenerator<Row> {
  let names: string[] | undefined
  let dimensions = new Set<string>()
  let isLabelled = false
  let flowAt = 0
  for await (const { line, cells } of tableOf(bytes, delimiter)) {
    if (!names) {
      names = cells.map((cell) => codeIn(cell, true))
      isLabelled = cells.some((cell) => /^[^\s:]+: /.test(cell))
      flowAt = names[0] === 'DATAFLOW' ? 0 : names.indexOf('STRUCTURE_ID')
      dimensions = dimensionsIn(names)
      continue
    }
    const values = names.map((name, at) => [name, codeIn(cells[at] ?? '', isLabelled && dimensions.has(name))] as const)
    const row = new Map(values)
    const action = row.get('ACTION') || 'I'
    yield { line, flow: flowIn(cells[flowAt] ?? ''), action, cells: row, dimensions }
  }
}

const heads = /^(?:DATAFLOW|STRUCTURE(?:\[.*)?|STRUCTURE_ID|STRUCTURE_NAME|ACTION|SERIES_KEY|OBS_KEY)$/

/** They stand before the measure; with `labels=name` the names of codes stand beside them under another word. */
function dimensionsIn(names: readonly string[]): Set<string> {
  const end = names.indexOf('OBS_VALUE')
  return new Set(
    names.slice(0, end < 0 ? names.length : end).filter((name) => !heads.test(name) && /^[A-Z][A-Z0-9_]*$/.test(name)),
  )
}

const ddfName = /(?:^|[\\/])ddf--datapoints--([a-z0-9_]{1,80})--by--((?:[a-z_]{1,40}--){0,12}[a-z_]{1,40})\.csv$/

/** What the name of a DDFcsv file says of it. */
export function ddfMeasure(name: string): { measure: string; by: readonly string[] } | undefined {
  const [, measure, by] = ddfName.exec(name) ?? []
  return measure === undefined || by === undefined ? undefined : { measure, by: by.split('--') }
}

/** @throws Problem notUtf8, tooLarge, invalid with the line */
export async function* readDdf(
  bytes: Bytes,
  { measure, by }: NonNullable<ReturnType<typeof ddfMeasure>>,
): AsyncGenerator<Row> {
  let names: string[] | undefined
  const dimensions = new Set(by.map((name) => name.toUpperCase()))
  for await (const { line, cells } of tableOf(bytes, ',')) {
    if (!names) {
      names = cells.map((name) => (name === measure ? 'OBS_VALUE' : name.toUpperCase()))
      continue
    }
    const row = new Map(names.map((name, at) => [name, cells[at] ?? ''] as const))
    yield { line, flow: measure, action: 'I', cells: row, dimensions }
  }
}
