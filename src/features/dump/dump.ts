/** Everything public in one folder: JSON Lines by kind, with a data package description (Frictionless Data Package 1.0). */
import { copyFile, link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { FileStore } from '#kernel/file-store.ts'
import { Problem } from '#kernel/problem.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { journalHead } from '#kernel/journal.ts'
import { levelOf } from '#codecs/tlog/tiles.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { Source } from '#records/sources/source.ts'
import { lastTaken, observationLines } from '#features/indicators/dump.ts'
import type { LogKeys } from '#features/transparency/keys.ts'
import { readBundle, readCheckpoint, readKeys, type LogSource } from '#features/transparency/source.ts'
import { attachmentsIn, type Attachment } from '#records/attachment.ts'
import { records } from '#records/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { lineWriter, packedLines } from './lines.ts'

export type DumpFile = {
  name: string
  path: string
  format: string
  mediatype: string
  encoding: string
  bytes: number
  hash: string
  rows: number
}
/** A source of records, with the licence that its records come under. */
export type SourceOfDump = { name?: string; title: string; path: string; licence: string; attribution: string }
export type DataPackage = {
  profile: string
  name: string
  title: string
  /** The node that it is of. */
  homepage?: string
  created: string
  journal: number
  resources: DumpFile[]
  /** Earlier versions of the records, by kind, in the order of the records. */
  versions?: DumpFile[]
  /** Pictures and documents that records name, each below its SHA-256 in `attachments/`. */
  attachments?: { file: string; mediaType: string; bytes: number }[]
  sources: SourceOfDump[]
  licenses: { name: string; title: string }[]
  /** Values of indicators, which are no records: a line each for releases and for series with all that they ever held. */
  observations?: DumpFile
  /** When values of indicators were last taken in. */
  observedAt?: string
  /** The transparency log as it was when the dump was whole: so the dump can be checked without asking the node. */
  log?: { file: DumpFile; checkpoint: string; keys: LogKeys['keys'] }
}
/** All files of lines that a dump has. */
export const filesOf = ({ resources, versions, observations, log }: DataPackage): DumpFile[] => [
  ...resources,
  ...(versions ?? []),
  ...(observations ? [observations] : []),
  ...(log ? [log.file] : []),
]

/** The log that goes with a dump, brought up to a line of the journal. */
export type LogOfDump = { source: LogSource; reach: (seq: number) => Promise<void> }

const atOnce = 1_000
export const attachmentFolder = 'attachments'

/** Writes the dump beside the folder and puts it in place when it is whole. */
export async function writeDump(
  db: Kysely<unknown>,
  folder: string,
  {
    created,
    journal,
    sources,
    title,
    homepage,
    files,
    log,
    demonstrations = false,
  }: {
    created: string
    journal: number
    sources: readonly Source[]
    title: string
    homepage?: string
    /** Attachments come along where it is given. */
    files?: FileStore
    log?: LogOfDump
    /** Demonstrations too, which come with the project and go to no other node. */
    demonstrations?: boolean
  },
  tell: (done: number) => void = () => {},
): Promise<DataPackage> {
  await expectOurs(folder)
  const making = `${folder}.making-${process.pid}`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  const writers = new Map<string, ReturnType<typeof lineWriter>>()
  const used = new Set<string>()
  const named = new Map<string, Attachment>()
  const earlier = new Map<string, ReturnType<typeof lineWriter>>()
  let done = 0
  for (
    let after = 0, page: StoredRecord[];
    (page = await records(db).all(after, atOnce)).length;
    after = page.at(-1)!.number
  ) {
    for (const record of page.filter(
      (one) => one.status === 'published' && (demonstrations || !isDemonstration(one)),
    )) {
      const writer = writers.get(record.kind) ?? lineWriter(making, record.kind)
      writers.set(record.kind, writer)
      if (record.origin?.collection) used.add(record.origin.collection)
      await writer.line(publicLine(record))
      for (const one of attachmentsIn(record.body)) named.set(one.file, one)
      if (record.revision > 1) {
        const older = earlier.get(record.kind) ?? lineWriter(making, `versions-${record.kind}`)
        earlier.set(record.kind, older)
        for (const version of await records(db).versions(record.number)) await older.line(publicLine(version))
      }
    }
    done += page.length
    tell(done)
  }
  const resources = await Promise.all([...writers.values()].map((writer) => writer.end()))
  const observedAt = await lastTaken(db)
  const observed = await writeObservations(making, db)
  const versions = await Promise.all([...earlier.values()].map((writer) => writer.end()))
  const attachments = files && (await writeAttachments(join(making, attachmentFolder), [...named.values()], files))
  const withLog = log && (await writeLog(making, db, log))
  const description: DataPackage = {
    profile: 'data-package',
    name: 'qingdao-dump',
    title,
    ...(homepage && { homepage }),
    created,
    journal,
    resources,
    versions,
    ...(attachments && { attachments }),
    sources: sourcesOf(sources, used),
    licenses,
    ...(observed && observedAt && { observations: observed, observedAt }),
    ...(withLog && { log: withLog }),
  }
  await writeFile(join(making, 'datapackage.json'), JSON.stringify(description, null, 2))
  await putInPlace(making, folder)
  return description
}

/** A folder takes the place of the one before when it is whole. */
export async function putInPlace(making: string, folder: string): Promise<void> {
  const old = `${folder}.old-${process.pid}`
  await rename(folder, old).catch(() => {})
  await rename(making, folder)
  await rm(old, { recursive: true, force: true })
}

export const licenses = [{ name: 'by-source', title: 'Each record under the licence of its source; see sources' }]

export const sourcesOf = (sources: readonly Source[], used: ReadonlySet<string>): SourceOfDump[] =>
  sources
    .filter(({ name }) => used.has(name))
    .map(({ name, title, source: { address, licence, attribution } }) => ({
      name,
      title,
      path: address,
      licence,
      attribution,
    }))

export async function writeObservations(folder: string, db: Kysely<unknown>): Promise<DumpFile | undefined> {
  let writer: ReturnType<typeof lineWriter> | undefined
  for await (const line of observationLines(db)) {
    writer ??= lineWriter(folder, 'observations')
    await writer.line(line)
  }
  return writer?.end()
}

/** Every entry of the log after so many, a line each as it was hashed; it reaches as far as any record that was written. */
export async function writeLog(
  folder: string,
  db: Kysely<unknown>,
  { source, reach }: LogOfDump,
  after = 0,
): Promise<DataPackage['log']> {
  await reach(await journalHead(db))
  const head = await readCheckpoint(source)
  const keys = await readKeys(source)
  if (!head || !keys) return undefined
  const writer = lineWriter(folder, 'log')
  let at = 0
  for (const { n, width } of levelOf('entries', head.size)) {
    at += width
    if (at <= after) continue
    const entries = await readBundle(source, n, width)
    for (const entry of entries.slice(Math.max(0, after - (at - width))))
      await writer.line(new TextDecoder().decode(entry))
  }
  return { file: await writer.end(), checkpoint: head.text, keys: keys.keys }
}

/** The same bytes on the same disk where that can be; a file that is missing here is not in the dump. */
export async function writeAttachments(
  folder: string,
  named: readonly Attachment[],
  files: FileStore,
): Promise<NonNullable<DataPackage['attachments']>> {
  await mkdir(folder, { recursive: true })
  const written: NonNullable<DataPackage['attachments']> = []
  for (const { file, mediaType, bytes } of named) {
    if (!(await files.has(file))) continue
    const to = join(folder, file)
    await link(files.path(file), to).catch(() => copyFile(files.path(file), to))
    written.push({ file, mediaType, bytes })
  }
  return written
}

/** Only a folder that holds a dump, or nothing, may be replaced by one. @throws Problem folderInUse */
export async function expectOurs(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (
    names.length &&
    !names.every((name) => name === 'datapackage.json' || name === attachmentFolder || name.endsWith('.jsonl.gz'))
  )
    throw new Problem('folderInUse', { folder })
}

/** What others can use; the number of the record in this node is not. */
export const publicLine = ({ number: _, ...record }: StoredRecord) => JSON.stringify(record)

/** The records of a dump's file, checked line by line. @throws Problem malformedJson with the file and line. */
export const readDump = (folder: string, path: string): AsyncIterable<Omit<StoredRecord, 'number'>> =>
  readLines(folder, path) as AsyncIterable<Omit<StoredRecord, 'number'>>

/** A dump's file line by line. @throws Problem malformedJson with the file and line. */
export async function* readLines(folder: string, path: string): AsyncIterable<unknown> {
  for await (const { line, text: json } of packedLines(folder, path)) {
    try {
      yield parseJson(json)
    } catch (cause) {
      throw new Problem('malformedJson', { file: path, line }, { cause })
    }
  }
}
