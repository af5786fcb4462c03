/** Reading the values of a source into the node, file by file, so that a stop in the middle loses and doubles nothing. */
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Static } from 'typebox'
import { guarded } from './sources/ddf.ts'
import { observationsAtOnce, type observe, type ObservationRefusal, type ObserveInput } from './observe.ts'
import type { Observation, ObservationFile, StatisticalSource } from './observations.ts'

export type ValueCounts = {
  read: number
  added: number
  changed: number
  ended: number
  unchanged: number
  refused: number
}
export type ValueReport = { counts: ValueCounts; refused: ObservationRefusal[] }

export type TakeObservations = (input: ObserveInput) => Promise<Static<(typeof observe)['output']>>

const toldAtMost = 100_000

/**
 * A file with a row that cannot be read keeps its other rows; what it no longer has is then not taken for gone. A file that
 * cannot be read to its end is left out as a whole.
 */
export async function importValues(
  source: StatisticalSource,
  folder: Folder,
  take: TakeObservations,
  tell: (counts: ValueCounts) => void = () => {},
): Promise<ValueReport> {
  const counts = { read: 0, added: 0, changed: 0, ended: 0, unchanged: 0, refused: 0 }
  const report: ValueReport = { counts, refused: [] }
  const refuse = (refusal: ObservationRefusal) => {
    counts.refused++
    if (report.refused.length < toldAtMost) report.refused.push(refusal)
  }
  for await (const file of source.files(folder)) {
    if ('refused' in file) refuse({ place: file.place, code: file.refused.code, values: file.refused.values ?? {} })
    else
      for await (const { rows, scope } of batchesOf(file, refuse, counts)) {
        const { refused, ...taken } = await takenOrRefused(take, {
          code: file.indicator,
          source: source.name,
          release: source.release,
          rows,
          ...(scope && { scope }),
        })
        refused.forEach(refuse)
        for (const name of ['added', 'changed', 'ended', 'unchanged'] as const) counts[name] += taken[name]
        tell(counts)
      }
  }
  return report
}

/** Values of an indicator that no record describes are left out, and do not keep the others out. */
async function takenOrRefused(take: TakeObservations, input: ObserveInput): ReturnType<TakeObservations> {
  try {
    return await take(input)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'notFound') throw error
    const [{ place } = { place: input.code }] = input.rows
    const refused = [{ place, code: 'indicatorUnknown', values: { code: input.code, count: input.rows.length } }]
    return { added: 0, changed: 0, ended: 0, unchanged: 0, refused }
  }
}

type Batch = { rows: Observation[]; scope?: ObserveInput['scope'] }

async function* batchesOf(
  file: ObservationFile,
  refuse: (refusal: ObservationRefusal) => void,
  counts: ValueCounts,
): AsyncGenerator<Batch> {
  let isWhole = true
  let rows: Observation[] = []
  const { readable } = await lookedThrough(file)
  for await (const row of guarded(file, file.indicator)) {
    counts.read++
    if ('refused' in row) {
      isWhole = false
      refuse({ place: row.place, code: row.refused.code, values: row.refused.values ?? {} })
    } else if (readable) rows.push(row)
    if (rows.length === observationsAtOnce) {
      yield { rows }
      isWhole = false
      rows = []
    }
  }
  if (rows.length > 0)
    yield { rows, ...(isWhole && { scope: { fixed: { ...file.scope.fixed }, free: [...file.scope.free] } }) }
}

/** Whether it can be read to its end: found before any of it is kept, and without keeping it in memory. */
async function lookedThrough(file: ObservationFile): Promise<{ readable: boolean }> {
  let readable = true
  for await (const row of guarded(file, file.indicator))
    if ('refused' in row && (row.refused.code === 'malformedFile' || row.refused.code === 'columnMissing'))
      readable = false
  return { readable }
}
