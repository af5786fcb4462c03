import type { Folder } from '#kernel/folder.ts'
import type { Sums } from './sum-up.ts'

/** Something to tell about a row: a code (the catalogue has its words, `note.<code>`) and what to fill in. */
export type Note = { code: string; values?: Record<string, string | number> }

/** A record as a collection gives it. Its identifier in the node is `idOf(identifier)`. */
export type Draft = {
  kind: string
  /** A URI that names it for ever; its own where it has one. */
  identifier: string
  /** Where people can see it at its source. */
  url?: string
  body: unknown
  /** By language: texts that came with it and are no words of its source. */
  translations?: Readonly<Record<string, { machine: boolean }>>
}

/** One row read: a record, perhaps with what was mended or is doubtful about it; or a refusal with its reason. */
export type Row = { place: string; record: Draft; notes?: Note[] } | { place: string; refused: Note }

/** A collection of records by others that the node can read, and whom to thank. */
export type Source = {
  /** As in `qingdao import african-storybook`. */
  name: string
  title: string
  publisher: string
  kinds: readonly string[]
  /** The folder's usual name within a folder of collections. */
  folder: string
  source: {
    address: string
    revision: string
    /** Licence of these metadata, as a URI, and the words that it asks to be shown. */
    licence: string
    attribution: string
  }
  /** What its files are called or begin with, for people whose file was not recognised. */
  expects?: string
  /** By kind: records that are told in many rows, perhaps of several files, are summed up over all of them. */
  sums?: Readonly<Record<string, Sums>>
  /** Rows in a fixed order; the same folder gives the same rows. */
  read(folder: Folder): AsyncIterable<Row>
}
