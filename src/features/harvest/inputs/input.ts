/** What an input is: how its documents are recognised, and what each of them lists or describes. */
import type { Stated } from '#codecs/metadata/statement.ts'
import type { Listed } from '#codecs/sitemap/read-sitemap.ts'
import type { Mapping } from '../shapes.ts'
import type { InputName } from '../tables.ts'

export type Document = {
  address: string
  text: string
  /** What the text is as JSON, or its lines where it is JSON Lines; undefined where it is neither. */
  json?: unknown
  isJsonLines?: boolean
}
export type Column = { name: string; means: string }
export type Found = {
  /** Other documents; those of a sitemap index list others in turn. */
  listed: Listed[]
  isList: boolean
  items: Stated[]
  /** How the document calls itself. */
  title?: string
  columns?: Column[]
}
export type Input = {
  name: InputName
  recognise: (document: Document) => boolean
  /** @throws Problem where the document is broken as a whole */
  read: (document: Document, mapping: Mapping) => Found
  /** A record as it was kept when it was refused, or as it was mended. */
  again: (document: Document, mapping: Mapping) => Stated[]
}
