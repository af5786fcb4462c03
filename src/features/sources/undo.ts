/** Taking back the last run of a source: records go back to the versions before it, what people changed since stays. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import type { RecordChanged } from '#kernel/journal.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { Id } from '#records/inputs.ts'
import { importer } from '#records/sources/import.ts'
import { records, type StoredRow } from '#records/store.ts'
import { change } from '#records/write.ts'
import { changesOf, findRun, findSource, newestOf } from './look-up.ts'
import { changed, wrongState } from './operations.ts'
import { RunLine } from './shapes.ts'
import type { SourceRun } from './store.ts'

const recordsAtOnce = 250

export const undoRun = operation({
  name: 'sources.undo',
  summary:
    'Undo the last run of a source: records go back to the versions before it, what people changed since is left',
  http: 'POST /source-runs/:id/undo',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: RunLine,
  allow: permission('record.withdraw'),
  run: async (context, { id }) => {
    const run = await findRun(context, id)
    if (run.state !== 'done') throw wrongState()
    const newest = await newestOf(context.db, run.source)
    if (newest?.id !== id) throw wrongState()
    return changed(context, run, { state: 'undoing', undoneTo: 0 })
  },
})

/** The next records; a process that falls in between has done them whole or not at all. */
export const undoNext = operation({
  name: 'sources.undoNext',
  summary: 'Undo the next records of a run',
  http: 'POST /source-runs/:id/undo-next',
  isForPages: true,
  changesPages: true,
  input: Type.Object({ id: Id }, closed),
  output: RunLine,
  allow: (actor) => actor.kind === 'system',
  run: async (context, { id }) => {
    const run = await findRun(context, id)
    if (run.state !== 'undoing') throw wrongState()
    const changes = await changesOf(context.db, run, { after: run.undoneTo, limit: recordsAtOnce })
    const held = await records(context.db).findMany(changes.map(({ recordId }) => recordId))
    let restored = 0
    for (const one of changes) {
      const record = held.get(one.recordId)
      // A later version is somebody's work; one that is gone was erased.
      if (record?.revision !== one.last) continue
      await putBack({ ...context, actor: importer(run.source) }, run, one, record)
      restored++
    }
    return changed(context, run, {
      restored: run.restored + restored,
      leftAlone: run.leftAlone + changes.length - restored,
      undoneTo: changes.at(-1)?.recordNumber ?? run.undoneTo,
      ...(changes.length < recordsAtOnce && { state: 'undone' }),
    })
  },
})

/** The version before the run, or no record where there was none. A later import reads it anew, so the digest goes. */
async function putBack(context: Context, run: SourceRun, { first }: RecordChanged, record: StoredRow): Promise<void> {
  const kind = context.services.kinds.get(record.kind)
  if (!kind) throw noSuch('kind', record.kind)
  const before = first > 1 ? await records(context.db).version(record.number, first - 1) : undefined
  if (!before) {
    if (record.status === 'withdrawn') return
    const note = `${findSource(context, run.source).title} (${run.fileName})`
    await change(context, kind, record, 'withdraw', { status: 'withdrawn', digest: null, note })
    return
  }
  const { body, origin, status, translations } = before
  const action = status === record.status ? 'revise' : status === 'withdrawn' ? 'withdraw' : 'restore'
  await change(context, kind, record, action, { body, origin, status, translations, digest: null })
}
