/** A file that is the whole of its source: what it no longer holds is withdrawn. */
import { nameOf, type Context } from '#kernel/context.ts'
import { records } from '../store.ts'
import type { StoredRecord } from '../record.ts'
import { change } from '../write.ts'
import type { Source, Whole } from './source.ts'

const readAtOnce = 1_000
/** A source that lost more than that of what it held is not believed. */
export const mostAbsent = 0.5

export type Absent = {
  withdrawn: number
  /** Records of which the file is the whole. */
  held: number
  absent: number
}
type How = { whole: Whole; dryRun: boolean; acceptLosses: boolean }

/**
 * Withdraws what the source gave before and `present` does not name; nothing where that is most of it, unless this is
 * accepted. What people here changed or withdrew stays as it is.
 */
export async function withdrawAbsent(
  context: Context,
  source: Source,
  present: readonly string[],
  { whole, dryRun, acceptLosses }: How,
): Promise<Absent> {
  const there = new Set(present)
  const held = await heldOf(context, source, whole, there)
  const absent = held.filter((id) => !there.has(id))
  const isAllowed = acceptLosses || absent.length <= held.length * mostAbsent
  if (isAllowed && !dryRun) await withdrawAll(context, source, absent)
  return { withdrawn: isAllowed ? absent.length : 0, held: held.length, absent: absent.length }
}

async function heldOf(context: Context, source: Source, whole: Whole, there: Set<string>): Promise<string[]> {
  const own = nameOf(context.actor)
  const belongs = ({ id, origin, changedBy, body }: StoredRecord) =>
    origin?.collection === source.name &&
    changedBy === own &&
    (whole === true || there.has(id) || there.has(String(body[whole.of])))
  const ids: string[] = []
  for (const kind of source.kinds) {
    let page: StoredRecord[] = []
    do {
      page = await records(context.db).list(kind, { after: page.at(-1)?.number ?? 0, limit: readAtOnce })
      ids.push(...page.filter(belongs).map(({ id }) => id))
    } while (page.length === readAtOnce)
  }
  return ids
}

/** Without its digest, a row that comes back is a new one to it, and publishes it again. */
async function withdrawAll(context: Context, source: Source, ids: readonly string[]): Promise<void> {
  const held = await records(context.db).findMany(ids)
  for (const before of held.values())
    await change(context, context.services.kinds.get(before.kind)!, before, 'withdraw', {
      status: 'withdrawn',
      digest: null,
      // In no language, as a record is read in each.
      note: `${source.title} (${source.source.address})`,
    })
}
