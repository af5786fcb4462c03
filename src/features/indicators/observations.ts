/** What sources yield beside their records: files of observations, read row by row. */
import type { Folder } from '#kernel/folder.ts'
import type { Note } from '#records/sources/source.ts'
import type { Dimensions } from './dimensions.ts'
import type { Status } from './tables.ts'

export type Observation = {
  place: string
  area: string
  period: number
  dimensions: string
  value: number | null
  status: Status
  reason?: string
}
export type ObservationOrRefusal = Observation | { place: string; refused: Note }

/** Which series of an indicator a file is the whole of: those that have just these dimensions beside the free ones. */
export type Scope = { fixed: Dimensions; free: readonly string[] }

export type ObservationFile = {
  indicator: string
  scope: Scope
  rows: () => AsyncIterable<ObservationOrRefusal>
}

/** A source of statistics: as its records are read by `Source.read`, so are its values by this. */
export type StatisticalSource = {
  /** Name of the source of records. */
  name: string
  release: { publishedOn: string; revision: string }
  files: (folder: Folder) => AsyncIterable<ObservationFile | { place: string; refused: Note }>
}
