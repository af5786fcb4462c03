/**
 * By which other records a record is found: those that name it, and what the records that it belongs to are found by in
 * turn. So a finding is found by the practice and by the approach that its study is of, in all languages of their titles.
 */
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { namedBy } from './document.ts'

type Named = Pick<StoredRecord, 'id' | 'kind' | 'body'>

export type Around<Found extends Named> = {
  kinds: ReadonlyMap<string, Kind>
  /** The records that others are found by, by identifier. */
  names: ReadonlyMap<string, Found>
  /** The records that name others, by the identifier of what they name. */
  namers: ReadonlyMap<string, readonly Found[]>
}

export const linkedNames = (record: Named, kinds: ReadonlyMap<string, Kind>): string[] =>
  kinds.has(record.kind) ? namedBy(kinds.get(record.kind)!, record.body) : []

/** Beside the records that it links to itself: those are found by their field. */
export function foundThrough<Found extends Named>(record: Found, { kinds, names, namers }: Around<Found>): Found[] {
  const own = linkedNames(record, kinds)
  const linked = own.flatMap((id) => names.get(id) ?? [])
  const naming = [record, ...linked].flatMap(({ id }) => namers.get(id) ?? [])
  const further = [...linked, ...naming].flatMap((one) => linkedNames(one, kinds)).flatMap((id) => names.get(id) ?? [])
  const told = new Set([record.id, ...own])
  return [...naming, ...further].filter(({ id }) => !told.has(id) && told.add(id))
}
