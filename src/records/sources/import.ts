/** Reading a whole collection into the node, batch by batch, so that a stop in the middle loses and doubles nothing. */
import { createHash } from 'node:crypto'
import type { Actor } from '#kernel/context.ts'
import type { Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import { idOf } from '../identifier.ts'
import type { Source, Draft, Note, Told } from './source.ts'
import type { ingest, Refusal } from './ingest.ts'
import { recognised } from './recognise.ts'
import type { Absent } from './withdraw-absent.ts'

export type ImportCounts = {
  read: number
  added: number
  changed: number
  unchanged: number
  refused: number
  notes: number
  /** What a whole no longer holds, where the file is one. */
  withdrawn?: number
}
export type ImportReport = { counts: ImportCounts; refused: Refusal[]; notes: (Note & { place: string })[] }

type Taken = { added: number; changed: number; unchanged: number; refused: Refusal[]; absent?: Absent }
/** After the last rows of a whole: identifiers in the node of everything that it holds, and whether what is absent stays. */
type WholeRead = { present: string[]; keepsAbsent: boolean }
export type TakeRows = (rows: (Draft & { place: string })[], actor: Actor, whole?: WholeRead) => Promise<Taken>

export type How = { dryRun?: boolean; acceptLosses?: boolean; whole?: boolean }
type Perform = (operation: typeof ingest, actor: Actor, input: Parameters<(typeof ingest)['run']>[1]) => Promise<Taken>

/** Keeps rows in the node. */
export const keeping =
  (perform: Perform, operation: typeof ingest, name: string, how: How = {}): TakeRows =>
  (rows, actor, read) =>
    perform(operation, actor, {
      name,
      rows,
      ...how,
      ...(read && { present: read.present, dryRun: read.keepsAbsent || how.dryRun }),
    })

export type ReadingOptions = {
  told?: Told
  /** The files are all of the source, though it does not declare that. */
  whole?: boolean
  tell?: (counts: ImportCounts) => void
}

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

/** What of a source an import needs. */
export type Importable = Pick<
  Source,
  'name' | 'title' | 'folder' | 'expects' | 'read' | 'recognise' | 'isBeside' | 'sums' | 'whole'
>

/** @throws Problem when a file is missing or cannot be read at all; rows that do not fit are in the report. */
export async function importSource(
  source: Importable,
  folder: Folder,
  take: TakeRows,
  { told = {}, whole = false, tell = () => {} }: ReadingOptions = {},
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
  const note = (one: Note & { place: string }) => {
    counts.notes++
    if (report.notes.length < toldAtMost) report.notes.push(one)
  }
  const isWhole = whole || source.whole !== undefined
  const present = new Set<string>()
  let unreadable = 0
  const repeats = repeatsOf()
  let waiting: (Draft & { place: string })[] = []
  const send = async () => {
    const { added, changed, unchanged, refused } = await take(waiting, importer(source.name))
    waiting = []
    counts.added += added
    counts.changed += changed
    counts.unchanged += unchanged
    refused.forEach(refuse)
    tell(counts)
  }
  for await (const row of source.read(await recognised(folder, source), told)) {
    counts.read++
    if ('refused' in row) {
      unreadable++
      refuse({ place: row.place, code: row.refused.code, values: row.refused.values ?? {} })
      continue
    }
    const { record, place } = row
    if (isWhole) for (const name of [record.identifier, ...(record.alsoNamed ?? [])]) present.add(idOf(name))
    const first = source.sums?.[record.kind] ? undefined : repeats(place, record)
    if (first) {
      refuse({ place, code: 'identifierRepeated', values: { identifier: record.identifier, first } })
      continue
    }
    for (const one of row.notes ?? []) note({ ...one, place })
    waiting.push({ ...record, place })
    if (waiting.length >= rowsAtOnce) await send()
  }
  if (waiting.length) await send()
  if (counts.read === 0)
    throw new Problem('nothingRecognised', {
      folder: folder.path,
      source: source.title,
      expected: source.expects ?? source.folder,
    })
  if (!isWhole) return report
  const { absent } = await take([], importer(source.name), { present: [...present], keepsAbsent: unreadable > 0 })
  if (!absent) return report
  // A row that could not be read names no record, so what looks absent may stand in it.
  if (unreadable > 0) {
    if (absent.absent > 0) note({ place: source.title, code: 'absentKept', values: { count: unreadable } })
    return report
  }
  counts.withdrawn = absent.withdrawn
  if (absent.withdrawn < absent.absent)
    refuse({ place: source.title, code: 'mostAbsent', values: { absent: absent.absent, held: absent.held } })
  return report
}
