/** What is listed follows the journal: before each answer, and by itself between them. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { journalAfter, journalHead } from '#kernel/journal.ts'
import { closed, operation } from '#kernel/operation.ts'
import { toSecond } from '#codecs/oai-pmh/arguments.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { isListed, setsOf } from './sets.ts'
import { oaiItems, type Item } from './store.ts'
import type { PlaceRow } from './tables.ts'

const recordsAtOnce = 500
const linesAtOnce = 1_000

/**
 * A record is stamped with the time at which it came into the list, which is after every answer that did not have it: so a
 * harvester that asks from its last answer on misses nothing, however long the transaction took that wrote the record.
 * What was there before the list was first made bears the time of its last change.
 */
export const followJournal = operation({
  name: 'oai.follow',
  summary: 'Bring what OAI-PMH lists nearer to what the node holds',
  http: 'POST /oai/follow',
  isForPages: true,
  input: Type.Object({ anew: Type.Boolean({ default: false, description: 'Make it all again' }) }, closed),
  output: Type.Object({ isDone: Type.Boolean() }),
  allow: (actor) => actor.kind === 'system',
  run: async (context, { anew }) => {
    const items = oaiItems(context.db)
    if (anew) await items.clear()
    const place = (await items.place()) ?? { builtTo: 0, isBuilt: 0, seq: await journalHead(context.db) }
    return { isDone: await (place.isBuilt ? follow(context, place) : build(context, place)) }
  },
})

async function build(context: Context, { builtTo, seq }: Omit<PlaceRow, 'one'>): Promise<boolean> {
  const items = oaiItems(context.db)
  const page = await records(context.db).all(builtTo, recordsAtOnce)
  await items.put(page.flatMap((record) => itemOf(context, record, toSecond(record.changedAt))))
  const isBuilt = page.length < recordsAtOnce
  await items.setPlace({ builtTo: page.at(-1)?.number ?? builtTo, isBuilt: Number(isBuilt), seq })
  return isBuilt && (await journalHead(context.db)) <= seq
}

async function follow(context: Context, place: Omit<PlaceRow, 'one'>): Promise<boolean> {
  const lines = await journalAfter(context.db, place.seq, linesAtOnce)
  if (lines.length === 0) return true
  const changed = await records(context.db).byNumbers([...new Set(lines.map(({ recordNumber }) => recordNumber))])
  const now = toSecond(context.now().toISOString())
  const items = oaiItems(context.db)
  await items.put(changed.flatMap((record) => itemOf(context, record, now)))
  await items.setPlace({ builtTo: place.builtTo, isBuilt: 1, seq: lines.at(-1)!.seq })
  return lines.length < linesAtOnce
}

function itemOf({ services }: Context, record: StoredRecord, datestamp: string): Item[] {
  const kind = services.kinds.get(record.kind)
  if (!kind || !isListed(kind) || isDemonstration(record)) return []
  const { number, id, status } = record
  return [{ number, id, kind: kind.name, datestamp, isDeleted: status === 'withdrawn', sets: setsOf(kind, record) }]
}

/** Whether anything is to be done. */
export async function isBehind(db: Context['db']): Promise<boolean> {
  const place = await oaiItems(db).place()
  return !place?.isBuilt || place.seq < (await journalHead(db))
}
