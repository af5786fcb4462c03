/** Reading a whole collection into the house, batch by batch, so that a stop in the middle loses and doubles nothing. */
import type { Actor } from '#core/context.ts'
import type { Folder } from '#core/disk.ts'
import { Problem } from '#core/problem.ts'
import type { Collection, Draft, Note } from './collection.ts'
import type { Refusal } from './take.ts'

export type ImportCounts = {
  read: number
  added: number
  changed: number
  unchanged: number
  refused: number
  notes: number
}
export type ImportReport = { counts: ImportCounts; refused: Refusal[]; notes: (Note & { place: string })[] }

type Taken = { added: number; changed: number; unchanged: number; refused: Refusal[] }
export type TakeRows = (rows: (Draft & { place: string })[], actor: Actor) => Promise<Taken>

const rowsAtOnce = 1_000
const toldAtMost = 100_000

export const importer = (collection: string): Actor => ({ kind: 'system', id: `import/${collection}` })

/** @throws Problem when a file is missing or cannot be read at all; rows that do not fit are in the report. */
export async function importCollection(
  collection: Pick<Collection, 'name' | 'read'>,
  folder: Folder,
  take: TakeRows,
  tell: (counts: ImportCounts) => void = () => {},
): Promise<ImportReport> {
  const report: ImportReport = {
    counts: { read: 0, added: 0, changed: 0, unchanged: 0, refused: 0, notes: 0 },
    refused: [],
    notes: [],
  }
  const { counts } = report
  const refuse = (refusal: Refusal) => {
    counts.refused++
    if (report.refused.length < toldAtMost) report.refused.push(refusal)
  }
  let waiting: (Draft & { place: string })[] = []
  const send = async () => {
    const { added, changed, unchanged, refused } = await take(waiting, importer(collection.name))
    waiting = []
    counts.added += added
    counts.changed += changed
    counts.unchanged += unchanged
    refused.forEach(refuse)
    tell(counts)
  }
  for await (const row of collection.read(folder)) {
    counts.read++
    if ('refused' in row) {
      refuse({ place: row.place, code: row.refused.code, values: row.refused.values ?? {} })
      continue
    }
    for (const note of row.notes ?? []) {
      counts.notes++
      if (report.notes.length < toldAtMost) report.notes.push({ ...note, place: row.place })
    }
    waiting.push({ ...row.record, place: row.place })
    if (waiting.length >= rowsAtOnce) await send()
  }
  if (waiting.length) await send()
  if (counts.read === 0) throw new Problem('fileNotFound', { file: folder.path })
  return report
}
