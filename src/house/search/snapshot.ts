/**
 * The index in a folder: a file for each segment, which never changes, and a manifest that names them.
 * The manifest comes last and by renaming, so a folder holds the old snapshot or the new one, never half of one.
 */
import { mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { arraysOf, type FacetColumn, type Segment, type SegmentArray } from './segment.ts'

export type SnapshotState = {
  seq: number
  parts: { segment: Segment; deleted: Uint8Array | null }[]
  dictionaries: [facet: string, values: string[]][]
}

/** Rises when the layout of the files or the terms that texts are turned into change. */
export const formatVersion = 5

const manifestName = 'manifest.json'
const oursPattern = /^(segment-[\w-]+\.bin|[\w-]+\.tmp)$/
const chunkBytes = 32 * 1024 * 1024

type ArrayEntry = { name: string; type: keyof typeof arrayTypes; start: number; length: number }
type SegmentFile = {
  file: string
  bytes: number
  check: number
  documents: number
  facets: string[]
  arrays: ArrayEntry[]
}
type Manifest = {
  version: number
  seq: number
  parts: (SegmentFile & { deleted: string | null })[]
  dictionaries: [facet: string, values: string[]][]
}

const arrayTypes = { Uint8Array, Uint32Array, Int32Array, Float64Array }

/** Segments that already lie in a folder are not written again. */
const written = new WeakMap<Segment, { folder: string; entry: SegmentFile }>()
let temporary = 0

const aligned = (bytes: number) => Math.ceil(bytes / 8) * 8

function layOut(segment: Segment): { arrays: ArrayEntry[]; bytes: number } {
  let bytes = 0
  const arrays = arraysOf(segment).map(([name, array]) => {
    const start = bytes
    bytes = aligned(bytes + array.byteLength)
    return { name, type: array.constructor.name as ArrayEntry['type'], start, length: array.length }
  })
  return { arrays, bytes }
}

async function writeWhole(folder: string, name: string, pieces: Uint8Array[]): Promise<void> {
  const draft = join(folder, `${process.pid}-${temporary++}.tmp`)
  const handle = await open(draft, 'w')
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;) {
        const { bytesWritten } = await handle.write(piece, at, Math.min(chunkBytes, piece.length - at))
        at += bytesWritten
      }
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, join(folder, name))
}

function bytesUnder(array: SegmentArray): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

async function writeSegment(folder: string, name: string, segment: Segment): Promise<SegmentFile> {
  const known = written.get(segment)
  if (known?.folder === folder && (await sizeOf(join(folder, known.entry.file))) === known.entry.bytes)
    return known.entry
  const pieces = arraysOf(segment).flatMap(([, array]) => {
    const bytes = bytesUnder(array)
    return [bytes, new Uint8Array(aligned(bytes.length) - bytes.length)]
  })
  const check = pieces.reduce((sum, piece) => crc32(piece, sum), 0)
  const file = `segment-${name}-${check.toString(16)}.bin`
  await writeWhole(folder, file, pieces)
  const entry = { file, ...layOut(segment), check, documents: segment.documents, facets: [...segment.facets.keys()] }
  written.set(segment, { folder, entry })
  return entry
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isAbsent(error)) return -1
    throw error
  }
}

const isAbsent = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of it.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The state must not change while it is written: deleted bits are copied by the caller. */
export async function writeSnapshot(folder: string, state: SnapshotState): Promise<void> {
  await mkdir(folder, { recursive: true })
  const parts: Manifest['parts'] = []
  for (const [place, { segment, deleted }] of state.parts.entries()) {
    const entry = await writeSegment(folder, `${state.seq}-${place}`, segment)
    parts.push({ ...entry, deleted: deleted ? Buffer.from(deleted).toString('base64') : null })
  }
  const manifest: Manifest = { version: formatVersion, seq: state.seq, parts, dictionaries: state.dictionaries }
  const text = JSON.stringify(manifest)
  await writeWhole(folder, manifestName, [Buffer.from(`${crc32(text).toString(16)}\n${text}`)])
  await syncFolder(folder)
  const kept = new Set(parts.map(({ file }) => file))
  for (const name of await readdir(folder)) {
    if (oursPattern.test(name) && !kept.has(name)) await rm(join(folder, name), { force: true })
  }
}

async function readSegment(folder: string, entry: SegmentFile): Promise<Segment | null> {
  const path = join(folder, entry.file)
  if ((await sizeOf(path)) !== entry.bytes) return null
  const bytes = new Uint8Array(entry.bytes)
  const handle = await open(path, 'r')
  let check = 0
  try {
    for (let at = 0; at < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, at, Math.min(chunkBytes, bytes.length - at), at)
      if (bytesRead === 0) return null
      check = crc32(bytes.subarray(at, at + bytesRead), check)
      at += bytesRead
    }
  } finally {
    await handle.close()
  }
  if (check !== entry.check) return null
  const segment = segmentOver(bytes.buffer, entry)
  written.set(segment, { folder, entry })
  return segment
}

function segmentOver(buffer: ArrayBuffer, { arrays, documents, facets }: SegmentFile): Segment {
  const views = new Map(
    arrays.map(({ name, type, start, length }) => [name, new arrayTypes[type](buffer, start, length)]),
  )
  const columns = facets.map((facet) => {
    const column = { starts: views.get(`facet:starts:${facet}`), ordinals: views.get(`facet:ordinals:${facet}`) }
    return [facet, column as FacetColumn] as const
  })
  const plain = [...views].filter(([name]) => !name.startsWith('facet:'))
  return { documents, ...Object.fromEntries(plain), facets: new Map(columns) } as Segment
}

async function readManifest(folder: string): Promise<Manifest | null> {
  let text: string
  try {
    text = await readFile(join(folder, manifestName), 'utf8')
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
  const line = text.indexOf('\n')
  const body = text.slice(line + 1)
  if (line < 0 || crc32(body).toString(16) !== text.slice(0, line)) return null
  const manifest: Manifest = JSON.parse(body)
  return manifest.version === formatVersion ? manifest : null
}

/** What a folder holds; null if that is nothing, damaged, or of another format. */
export async function readSnapshot(folder: string): Promise<SnapshotState | null> {
  const manifest = await readManifest(folder)
  if (!manifest) return null
  const parts: SnapshotState['parts'] = []
  for (const entry of manifest.parts) {
    const segment = await readSegment(folder, entry)
    if (!segment) return null
    parts.push({
      segment,
      deleted: entry.deleted === null ? null : new Uint8Array(Buffer.from(entry.deleted, 'base64')),
    })
  }
  return { seq: manifest.seq, parts, dictionaries: manifest.dictionaries }
}
