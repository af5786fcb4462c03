/**
 * Data points of DDFcsv (https://open-numbers.github.io/ddf.html): a file for each measure, whose name says by which
 * dimensions, and a row for each value. Read a line at a time, whatever their number.
 */
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import { readCsv, readCsvRows } from '#codecs/csv/read-csv.ts'
import { isNamed } from '#records/sources/recognise.ts'
import { malformedFile } from '#records/sources/row.ts'
import type { Note } from '#records/sources/source.ts'
import { dimensionKey, type Dimensions } from '../dimensions.ts'
import type { Observation, ObservationFile, ObservationOrRefusal } from '../observations.ts'
import type { Status } from '../tables.ts'

export type PointsFile = { file: string; measure: string; by: readonly string[] }

const fileName = /(?:^|\/)ddf--datapoints--([a-z0-9_]{1,80})--by--((?:[a-z_]{1,40}--){0,12}[a-z_]{1,40})\.csv$/

/** The files of data points in a folder, in the order of their names. */
export async function pointsFiles(folder: Folder): Promise<PointsFile[]> {
  return (await folder.names()).flatMap((file) => {
    const [, measure, by] = fileName.exec(file) ?? []
    return measure && by ? [{ file, measure, by: by.split('--') }] : []
  })
}

const conceptsFile = 'ddf--concepts--continuous.csv'

/** Names and what else is known of concepts, by their identifier; nothing where the file is not there. */
export async function conceptsIn(folder: Folder): Promise<ReadonlyMap<string, Record<string, string>>> {
  const concepts = new Map<string, Record<string, string>>()
  const points = await pointsFiles(folder)
  // Concepts are those of the data points beside or below them: another publisher's are told in the same way.
  const isOfThese = (name: string) => points.some(({ file }) => file.startsWith(name.slice(0, -conceptsFile.length)))
  for (const file of (await folder.names()).filter((name) => isOfConcepts(name) && isOfThese(name)))
    for (const { cells } of readCsv(await folder.text(file))) concepts.set(cells['concept'] ?? '', cells)
  return concepts
}

export const isOfConcepts = (name: string) => isNamed(name, conceptsFile)

/** The files of data points with a dimension, and those of concepts: DDF says what a file is by its name. */
export const recogniseBy =
  (dimension: string, isMeasure: (measure: string) => boolean = () => true) =>
  (name: string): string | undefined => {
    const [, measure = '', by = ''] = fileName.exec(name) ?? []
    const isPoints = by.split('--').includes(dimension) && isMeasure(measure)
    return isPoints || isOfConcepts(name) ? name : undefined
  }

export type Reading = {
  indicator: string
  /** What the name of the measure says of all its values. */
  fixed: Dimensions
  /** The column that says when. */
  period: string
  areaOf: (cells: Readonly<Record<string, string>>) => string | undefined
  /** The names of dimensions that rows say themselves. */
  free: readonly string[]
  dimensionsOf: (cells: Readonly<Record<string, string>>) => Dimensions | Note
  statusOf: (cells: Readonly<Record<string, string>>) => { status: Status; reason?: string }
  isUnfit?: (cells: Readonly<Record<string, string>>) => Note | undefined
}

export const observationFile = (folder: Folder, points: PointsFile, reading: Reading): ObservationFile => ({
  indicator: reading.indicator,
  scope: { fixed: reading.fixed, free: reading.free },
  rows: () => rowsOf(folder, points, reading),
})

async function* rowsOf(folder: Folder, points: PointsFile, reading: Reading): AsyncGenerator<ObservationOrRefusal> {
  const wanted = [...points.by, points.measure]
  let names: readonly string[] | undefined
  for await (const { line, text } of folder.lines(points.file)) {
    if (!text.trim()) continue
    const place = `${points.file}:${line}`
    const cells = cellsOf(text)
    if (!names) {
      names = cells ?? []
      const absent = wanted.find((name) => !names!.includes(name))
      if (absent) {
        yield { place, refused: { code: 'columnMissing', values: { column: absent } } }
        return
      }
    } else if (!cells || cells.length !== names.length) {
      yield { place, refused: { code: 'malformedLine', values: { problem: 'invalid' } } }
    } else {
      yield observationOf(place, Object.fromEntries(names.map((name, at) => [name, cells[at]!])), points, reading)
    }
  }
}

/** The cells of a line; undefined where a quotation mark is never closed. */
function cellsOf(text: string): string[] | undefined {
  const line = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (!line.includes('"')) return line.split(',')
  try {
    return readCsvRows(line)[0]
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

const plainNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/
/** No indicator of education has values beyond; a number that large is a fault of whoever wrote it. */
const largest = 1e15

export const years = { first: 1900, last: 2100 }

/** A value as it is written; undefined for what is none: `NaN`, `1e400`, `12,5`. */
export function numberWritten(text: string): number | undefined {
  const value = plainNumber.test(text) ? Number(text) : Number.NaN
  return Math.abs(value) <= largest ? value : undefined
}

export function yearWritten(text: string): number | undefined {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0
  return year >= years.first && year <= years.last ? year : undefined
}

function observationOf(
  place: string,
  cells: Readonly<Record<string, string>>,
  { measure }: PointsFile,
  reading: Reading,
): ObservationOrRefusal {
  const refuse = (code: string, value = ''): ObservationOrRefusal => ({
    place,
    refused: { code, values: { value: value.slice(0, 100) } },
  })
  const unfit = reading.isUnfit?.(cells)
  if (unfit) return { place, refused: unfit }
  const area = reading.areaOf(cells)
  if (!area) return refuse('areaUnknown', cells['geo_area'] ?? cells['country'] ?? cells['geo'])
  const written = cells[reading.period]!.trim()
  const period = yearWritten(written)
  if (!period) return refuse('yearUnfit', written)
  const told = reading.dimensionsOf(cells)
  if ('code' in told && typeof told['code'] === 'string' && 'values' in told) return { place, refused: told as Note }
  const text = cells[measure]!.trim()
  const value = text === '' ? null : numberWritten(text)
  if (value === undefined) return refuse('valueUnfit', text)
  const known = { place, area, period, dimensions: dimensionKey({ ...reading.fixed, ...(told as Dimensions) }) }
  if (value === null) return { ...known, value, status: 'missing', reason: 'empty' } satisfies Observation
  return { ...known, value, ...reading.statusOf(cells) }
}

/** A file that cannot be read at all is a refusal in place of its rows. */
export async function* guarded(file: ObservationFile, place: string): AsyncGenerator<ObservationOrRefusal> {
  try {
    yield* file.rows()
  } catch (error) {
    yield { place, refused: malformedFile(error) }
  }
}
