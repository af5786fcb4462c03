/** Reading a whole collection into the node, batch by batch, so that a stop in the middle loses and doubles nothing. */
import { createHash } from 'node:crypto'
import type { Actor } from '#kernel/context.ts'
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Source, Draft, Note } from './source.ts'
import type { Refusal } from './ingest.ts'

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

/** Says where an identifier stood before with another content: of two that differ, the later is not the better one. */
function repeatsOf() {
  const seen = new Map<string, { place: string; digest: string }>()
  return (place: string, { identifier, body }: Draft): string | undefined => {
    const digest = createHash('sha256').update(JSON.stringify(body)).digest('base64')
    const before = seen.get(identifier)
    if (!before) seen.set(identifier, { place, digest })
    return before && before.digest !== digest ? before.place : undefined
  }
}

/** @throws Problem when a file is missing or cannot be read at all; rows that do not fit are in the report. */
export async function importSource(
  collection: Pick<Source, 'name' | 'title' | 'folder' | 'expects' | 'read' | 'sums'>,
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
  const repeats = repeatsOf()
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
    const isSummedUp = collection.sums?.[row.record.kind] !== undefined
    const first = isSummedUp ? undefined : repeats(row.place, row.record)
    if (first) {
      refuse({ place: row.place, code: 'identifierRepeated', values: { identifier: row.record.identifier, first } })
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
  if (counts.read === 0)
    throw new Problem('nothingRecognised', {
      folder: folder.path,
      source: collection.title,
      expected: collection.expects ?? collection.folder,
    })
  return report
}
