/** Mappings of columns that somebody kept under a name, for the next file of the same shape. */
import { Type } from 'typebox'
import { plainName } from '#records/vocabularies/names.ts'
import type { Mapping } from './fit.ts'
import type { KeptMapping } from './store.ts'
import type { Column } from './targets.ts'

export const MappingName = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })

/** By the names of columns, as the next file may have them in another order. */
export function toKeep(header: readonly string[], columns: readonly (Column | null)[]): KeptMapping['columns'] {
  return header.flatMap((name, at) =>
    plainName(name) === '' ? [] : [{ name: plainName(name), to: columns[at] ?? null }],
  )
}

/** How many of its columns a file has, from 0 to 1. */
function share(header: readonly string[], { columns }: KeptMapping): number {
  const there = new Set(header.map(plainName))
  return columns.length === 0 ? 0 : columns.filter(({ name }) => there.has(name)).length / columns.length
}

const alike = 0.8

/** The one of whose columns most are in this file, if nearly all are. */
export const bestFor = (header: readonly string[], kept: readonly KeptMapping[]): KeptMapping | undefined =>
  kept
    .map((one) => ({ one, share: share(header, one) }))
    .filter((found) => found.share >= alike)
    .toSorted((a, b) => b.share - a.share)[0]?.one

/** Columns that it does not know stay as they were guessed. */
export function withKept(header: readonly string[], mapping: Mapping, kept: KeptMapping): Mapping {
  const left = new Map(
    Map.groupBy(kept.columns, ({ name }) => name)
      .entries()
      .map(([name, all]) => [name, [...all]]),
  )
  const columns = header.map((name, at) => {
    const next = left.get(plainName(name))?.shift()
    return next === undefined ? (mapping.columns[at] ?? null) : next.to
  })
  return { ...mapping, columns, separator: kept.separator, language: kept.language }
}
