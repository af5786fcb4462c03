import type { Folder } from '#kernel/folder.ts'
import type { Sums } from './sum-up.ts'

/** Something to tell about a row: a code (the catalogue has its words, `note.<code>`) and what to fill in. */
export type Note = { code: string; values?: Record<string, string | number> }

/** A record as a collection gives it. Its identifier in the node is `idOf(identifier)`. */
export type Draft = {
  kind: string
  /** A URI that names it for ever; its own where it has one. */
  identifier: string
  /** Other spellings of it: a record held under one of them is this record, and keeps that identifier. */
  alsoNamed?: string[]
  /** Where people can see it at its source. */
  url?: string
  body: unknown
  /** By language: texts that came with it and are no words of its source. */
  translations?: Readonly<Record<string, { machine: boolean }>>
}

/** One row read: a record, perhaps with what was mended or is doubtful about it; or a refusal with its reason. */
export type Row = { place: string; record: Draft; notes?: Note[] } | { place: string; refused: Note }

/**
 * Of what a file holds everything: of all that the source gives, or of the records whose field `of` names one that the
 * file holds (the competencies of a framework).
 */
export type Whole = true | { of: string }

/** What a person says of a file that does not say it itself; it goes before what the source is known for. */
export type Told = {
  /** A code of the vocabulary of licences. */
  licence?: string
  publisher?: string
  /** Codes of ISCED-F 2013. */
  subjects?: readonly string[]
  /** Of activities, those alone whose purpose codes (DAC) begin so: `11` is education. */
  sectors?: readonly string[]
  /** Where the files are published, without a closing slash: identifiers are made of it. */
  baseAddress?: string
}

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
  /** Its records show how something looks and are about nothing real (`records/demonstration.ts`). */
  isDemonstration?: true
  /** The page of a source that is asked over the network; it has no files. */
  harvestedAt?: string
  /** It is read no more; its records stay, and name it. */
  isLeft?: true
  /** What its files are called or begin with, for people whose file was not recognised. */
  expects?: string
  /** By kind: records that are told in many rows, perhaps of several files, are summed up over all of them. */
  sums?: Readonly<Record<string, Sums>>
  /** Its files hold all there is: what is absent from them is withdrawn. Else a file adds, and takes nothing away. */
  whole?: Whole
  /**
   * The name by which `read` knows a file that is one of its own, told from its usual name or from what it begins with;
   * nothing where it is none.
   */
  recognise(name: string, head: string): string | undefined
  /** Files that say something of others and mean nothing alone, such as the readme of a repository. */
  isBeside?(name: string): boolean
  /** Rows in a fixed order; the same folder gives the same rows. */
  read(folder: Folder, told?: Told): AsyncIterable<Row>
}
