/** The records that rows name in columns which lead to records: found by title as in a form, before the rows are read. */
import type { Preparing } from '#kernel/operation.ts'
import { nobody } from '#kernel/http/server.ts'
import { validate } from '#kernel/schema.ts'
import { recordsCalled } from '#features/editorial/record-choices.ts'
import { linkedIdIn } from '#records/form/read.ts'
import type { Kind } from '#records/kind.ts'
import { textsFor } from './cells.ts'
import type { Mapping } from './fit.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { Row } from './table.ts'
import { targetsOf } from './targets.ts'

/** A table names few records many times; what comes after these is left for the form of each draft. */
const mostLookedUp = 500

export type LinksOfRows = ReadonlyMap<string, string>

/** By what was typed: the one record that is called so. What may mean several is left out. */
export async function linksOfRows(
  context: Preparing,
  kind: Kind,
  mapping: Mapping,
  rows: readonly Row[],
): Promise<LinksOfRows> {
  const meant = new Map<string, string>()
  const ask: Pick<PageContext, 'askAs'> = {
    askAs: async (_, op, raw) => op.run({ ...context, journal: () => {} }, validate(op.input, raw)),
  }
  for (const [typed, to] of textsIn(kind, mapping, rows)) {
    const { called } = await recordsCalled(ask, nobody, { typed, to })
    if (called.length === 1) meant.set(typed, called[0]!.id)
  }
  return meant
}

function textsIn(kind: Kind, mapping: Mapping, rows: readonly Row[]): Map<string, readonly string[]> {
  const targets = new Map(targetsOf(kind).map((target) => [target.path, target]))
  const columns = mapping.columns.flatMap((column, at) => {
    const asked = column ? targets.get(column.field)?.asked : undefined
    return asked?.field.type === 'link' ? [{ at, asked, separator: column!.separator ?? mapping.separator }] : []
  })
  const texts = new Map<string, readonly string[]>()
  for (const { cells } of columns.length > 0 ? rows : [])
    for (const { at, asked, separator } of columns)
      for (const text of textsFor(asked, cells[at] ?? '', separator, mapping.language) ?? [])
        if (text && linkedIdIn(text) === null && texts.size < mostLookedUp) texts.set(text, asked.field.to ?? [])
  return texts
}
