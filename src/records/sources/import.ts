/** Reading a whole collection into the node, batch by batch, so that a stop in the middle loses and doubles nothing. */
import { createHash } from 'node:crypto'
import type { Actor } from '#kernel/context.ts'
import { scratchMap } from '#kernel/database/scratch-map.ts'
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
/** Of what was refused and of what was noted the first `toldAtMost`; all of them are counted. */
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

/** What is held of a source before it is kept: so many rows, or bodies of so many characters. */
export const heldAtMost = { rows: 1_000, characters: 8_000_000 }
/** Of what was refused, and of what was noted. */
export const toldAtMost = 10_000

export const importer = (collection: string): Actor => ({ kind: 'system', id: `import/${collection}` })

/** Says where an identifier stood before with another content: of two that differ, the later is not the better one. */
function repeatsOf() {
  const seen = scratchMap()
  return {
    [Symbol.dispose]: () => seen.close(),
    find(place: string, identifier: string, body: string): string | undefined {
      const digest = createHash('sha256').update(body).digest('base64')
      const before = seen.get(identifier)
      if (before === undefined) seen.set(identifier, `${digest} ${place}`)
      return before === undefined || before.startsWith(digest) ? undefined : before.slice(digest.length + 1)
    },
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
  using repeats = repeatsOf()
  let waiting: (Draft & { place: string })[] = []
  let characters = 0
  const send = async () => {
    const { added, changed, unchanged, refused } = await take(waiting, importer(source.name))
    waiting = []
    characters = 0
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
    const body = JSON.stringify(record.body)
    const first = source.sums?.[record.kind] ? undefined : repeats.find(place, record.identifier, body)
    if (first) {
      refuse({ place, code: 'identifierRepeated', values: { identifier: record.identifier, first } })
      continue
    }
    for (const one of row.notes ?? []) note({ ...one, place })
    waiting.push({ ...record, place })
    characters += body.length
    if (waiting.length >= heldAtMost.rows || characters >= heldAtMost.characters) await send()
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
