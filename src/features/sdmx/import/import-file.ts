/** Values of indicators from a file of SDMX-CSV, SDMX-ML or DDFcsv: looked through first, so that a broken one leaves nothing. */
import { createHash } from 'node:crypto'
import { Problem } from '#kernel/problem.ts'
import { csvDelimiter, ddfMeasure, readDdf, readSdmxCsv, type Row } from '#codecs/sdmx/read-rows.ts'
import { readSdmxMl } from '#codecs/sdmx/read-ml.ts'
import type { Note } from '#records/sources/source.ts'
import { malformedFile } from '#records/sources/row.ts'
import { observationsAtOnce, type ObservationRefusal, type ObserveInput } from '#features/indicators/observe.ts'
import type { TakeObservations, ValueCounts } from '#features/indicators/import-values.ts'
import { observationOf, type Read } from './observations.ts'

export type ValuesFile = {
  /** Its name without the folder. */
  name: string
  /** From its beginning, each time. */
  open: () => AsyncIterable<Uint8Array>
}
export type FileImport = {
  take: TakeObservations
  /** The source that an indicator is of; undefined where the node has no such indicator. */
  sourceOf: (code: string) => Promise<string | undefined>
  /** The day on which it was published, where somebody said so. */
  released?: string | undefined
  today: string
  dryRun?: boolean
  tell?: (counts: ValueCounts) => void
}
export type FileReport = { counts: ValueCounts; refused: ObservationRefusal[]; publishedOn: string }

const toldAtMost = 100_000
/** Rows that wait for more of their indicator. */
const waitingAtMost = 4 * observationsAtOnce
const headBytes = 4_096

type Reading = { rows: AsyncGenerator<Row>; prepared: () => string }

/** Of which kind it is, told from its name and beginning. @throws Problem nothingRecognised */
async function readerOf({ name, open }: ValuesFile): Promise<(bytes: AsyncIterable<Uint8Array>) => Reading> {
  const head = await headOf(open())
  const none = () => ''
  const ddf = ddfMeasure(name)
  if (ddf) return (bytes) => ({ rows: readDdf(bytes, ddf), prepared: none })
  if (/^\uFEFF?\s*</.test(head)) return readSdmxMl
  const delimiter = csvDelimiter(head)
  if (delimiter) return (bytes) => ({ rows: readSdmxCsv(bytes, delimiter), prepared: none })
  throw new Problem('nothingRecognised', {
    folder: name,
    source: 'SDMX, DDFcsv',
    expected: 'DATAFLOW,… · STRUCTURE,… · <GenericData> · ddf--datapoints--….csv',
  })
}

async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  for await (const chunk of bytes) return new TextDecoder().decode(chunk.subarray(0, headBytes))
  return ''
}

/** @throws Problem nothingRecognised for a file that is none of these */
export async function importValuesFile(file: ValuesFile, how: FileImport): Promise<FileReport> {
  const counts: ValueCounts = { read: 0, added: 0, changed: 0, ended: 0, unchanged: 0, refused: 0 }
  const report: FileReport = { counts, refused: [], publishedOn: '' }
  const refuse = (refusal: ObservationRefusal, times = 1) => {
    counts.refused += times
    if (report.refused.length < toldAtMost) report.refused.push(refusal)
  }
  const read = await readerOf(file)
  const seen = await lookedThrough(file, read)
  if ('fault' in seen) {
    refuse({ place: file.name, code: seen.fault.code, values: seen.fault.values ?? {} })
    return report
  }
  report.publishedOn = how.released ?? seen.publishedOn ?? how.today
  const taker = takerOf(how, { publishedOn: report.publishedOn, revision: seen.digest }, counts, refuse)
  for await (const row of read(file.open()).rows) {
    counts.read++
    const found = observationOf(row, file.name)
    if ('refused' in found) refuse({ place: found.place, code: found.refused.code, values: found.refused.values ?? {} })
    else await taker.add(found)
  }
  await taker.end()
  return report
}

/** Whether it can be read to its end, when it was published, and which bytes it is. */
async function lookedThrough(
  file: ValuesFile,
  read: (bytes: AsyncIterable<Uint8Array>) => Reading,
): Promise<{ fault: Note } | { publishedOn: string | undefined; digest: string }> {
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of file.open()) {
      hash.update(chunk)
      yield chunk
    }
  }
  const { rows, prepared } = read(hashed())
  let released = ''
  try {
    for await (const { cells } of rows) {
      const day = cells.get('RELEASE_DATE') ?? ''
      if (day > released && /^[12]\d{3}(-\d{2}(-\d{2})?)?$/.test(day)) released = day
    }
  } catch (error) {
    return { fault: malformedFile(error) }
  }
  const day = /^[12]\d{3}-\d{2}-\d{2}/.exec(prepared())?.[0]
  return { publishedOn: released || day, digest: `sha256:${hash.digest('hex').slice(0, 16)}` }
}

type Refuse = (refusal: ObservationRefusal, times?: number) => void
type Found = Exclude<Read, { refused: unknown }>

/** Keeps rows together by indicator, and takes them in when they are many. */
function takerOf(
  { take, sourceOf, dryRun, tell = () => {} }: FileImport,
  release: ObserveInput['release'],
  counts: ValueCounts,
  refuse: Refuse,
) {
  const waiting = new Map<string, Found['row'][]>()
  const sources = new Map<string, string | undefined>()
  let count = 0
  const send = async (code: string) => {
    const rows = waiting.get(code)!
    waiting.delete(code)
    count -= rows.length
    if (!sources.has(code)) sources.set(code, await sourceOf(code))
    const source = sources.get(code)
    const { place } = rows[0]!
    if (source === undefined)
      return refuse({ place, code: 'indicatorUnknown', values: { code, count: rows.length } }, rows.length)
    try {
      const { refused, ...taken } = await take({ code, source, release, rows, ...(dryRun && { dryRun }) })
      for (const one of refused) refuse(one)
      for (const name of ['added', 'changed', 'ended', 'unchanged'] as const) counts[name] += taken[name]
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'releaseOlder') throw error
      refuse({ place, code: 'releaseOlder', values: { ...error.values, code } }, rows.length)
    }
    tell(counts)
  }
  return {
    add: async ({ code, row }: Found) => {
      const rows = waiting.get(code) ?? []
      if (rows.length === 0) waiting.set(code, rows)
      rows.push(row)
      count++
      if (rows.length === observationsAtOnce) await send(code)
      else if (count >= waitingAtMost)
        await send([...waiting].reduce((most, one) => (one[1].length > most[1].length ? one : most))[0])
    },
    end: async () => {
      for (const code of waiting.keys()) await send(code)
    },
  }
}
