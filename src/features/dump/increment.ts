/** What changed since an earlier dump or increment, as files of the same form: only the records that are otherwise now. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { FileStore } from '#kernel/file-store.ts'
import { journalAfter } from '#kernel/journal.ts'
import { parseCheckpoint } from '#codecs/tlog/checkpoint.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { Source } from '#records/sources/source.ts'
import { lastTaken } from '#features/indicators/dump.ts'
import { attachmentsIn, type Attachment } from '#records/attachment.ts'
import type { StoredRecord } from '#records/record.ts'
import { chunks, records } from '#records/store.ts'
import {
  attachmentFolder,
  expectOurs,
  licenses,
  publicLine,
  putInPlace,
  sourcesOf,
  writeAttachments,
  writeLog,
  writeObservations,
  type DataPackage,
  type DumpFile,
  type LogOfDump,
} from './dump.ts'
import { lineWriter, packedLines } from './lines.ts'

/** A record that is no longer published, and when that became so. */
export type WithdrawnLine = { id: string; kind: string; withdrawnAt: string }

export type Increment = Omit<DataPackage, 'name'> & {
  name: 'qingdao-dump-increment'
  /** What it is to be applied to: how far that was in the journal, and the checkpoint of its log. */
  since: { journal: number; created: string; checkpoint?: string }
  /** Records that are in the earlier dump and are not published now. */
  withdrawn: DumpFile
}

const atOnce = 500

type Writing = {
  created: string
  /** The head of the journal, read before anything else is. */
  journal: number
  sources: readonly Source[]
  title: string
  homepage?: string
  files?: FileStore
  /** The log of the node, or as a dump that was just written has it. */
  log?: LogOfDump | WrittenLog
}
type WrittenLog = { folder: string; written: NonNullable<DataPackage['log']> }

/** Writes beside the folder, and puts it in place when it is whole. `since`: what the earlier one says of itself. */
export async function writeIncrement(
  db: Kysely<unknown>,
  folder: string,
  since: DataPackage | Increment,
  { sources, files, log, ...said }: Writing,
): Promise<Increment> {
  await expectOurs(folder)
  const making = `${folder}.making-${process.pid}`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  const written = await writeChanged(db, making, await changedSince(db, since.journal))
  const observedAt = await lastTaken(db)
  const observed = observedAt && observedAt !== since.observedAt ? await writeObservations(making, db) : undefined
  const checkpoint = since.log?.checkpoint
  const after = checkpoint ? parseCheckpoint(checkpoint).size : 0
  const withLog = log && ('written' in log ? await copyLog(making, log, after) : await writeLog(making, db, log, after))
  const { used, named, ...listed } = written
  const attachments = files && (await writeAttachments(join(making, attachmentFolder), named, files))
  const description: Increment = {
    profile: 'data-package',
    name: 'qingdao-dump-increment',
    ...said,
    since: { journal: since.journal, created: since.created, ...(checkpoint && { checkpoint }) },
    ...listed,
    ...(attachments && { attachments }),
    sources: sourcesOf(sources, used),
    licenses,
    ...(observed && { observations: observed }),
    ...(observedAt && { observedAt }),
    ...(withLog && { log: withLog }),
  }
  await writeFile(join(making, 'datapackage.json'), JSON.stringify(description, null, 2))
  await putInPlace(making, folder)
  return description
}

async function copyLog(making: string, { folder, written }: WrittenLog, after: number): Promise<DataPackage['log']> {
  const writer = lineWriter(making, 'log')
  const lines = packedLines(folder, written.file.path)
  for await (const { line, text } of lines) if (line > after) await writer.line(text)
  return { ...written, file: await writer.end() }
}

/** So many increments are kept beside the dump of a node that serves, and none for longer than a month. What was withdrawn since is taken out of them (`take-out.ts`). */
const mostKept = 30
const longestKeptMs = 30 * 24 * 60 * 60_000
export const incrementsOf = (dumpFolder: string): string => `${dumpFolder}-increments`

/** The names of the increments that are kept, the oldest first. */
export const keptIncrements = async (dumpFolder: string): Promise<string[]> =>
  (await readdir(incrementsOf(dumpFolder)).catch(() => [])).filter((name) => isNameOfIncrement.test(name)).sort()
const nameAt = (time: string): string => time.replaceAll(/[-:]|\.\d+/g, '')
export const isNameOfIncrement = /^\d{8}T\d{6}Z$/

/** Keeps beside a new dump what leads to it from the dump before. */
export async function keepIncrement(
  db: Kysely<unknown>,
  folder: string,
  { before, dump }: { before: DataPackage | Increment; dump: DataPackage },
  { log: _, ...asked }: Writing,
): Promise<void> {
  await mkdir(incrementsOf(folder), { recursive: true })
  const name = nameAt(dump.created)
  await writeIncrement(db, join(incrementsOf(folder), name), before, {
    ...asked,
    ...(dump.log && { log: { folder, written: dump.log } }),
  })
  const oldest = nameAt(new Date(Date.parse(dump.created) - longestKeptMs).toISOString())
  const kept = await keptIncrements(folder)
  for (const old of kept.filter((one, i) => one < oldest || i < kept.length - mostKept))
    await rm(join(incrementsOf(folder), old), { recursive: true, force: true })
}

type Changed = { number: number; id: string; kind: string; at: string }

/** All records that the journal tells of after a line, in their order. */
async function changedSince(db: Kysely<unknown>, seq: number): Promise<Changed[]> {
  const changed = new Map<number, Changed>()
  for (let lines = await journalAfter(db, seq, atOnce); lines.length;) {
    for (const { recordNumber: number, recordId: id, kind, at } of lines) changed.set(number, { number, id, kind, at })
    lines = await journalAfter(db, lines.at(-1)!.seq, atOnce)
  }
  return [...changed.values()].sort((one, other) => one.number - other.number)
}

/** Each record as it is now with all its versions, so that what is applied twice changes nothing. */
async function writeChanged(db: Kysely<unknown>, folder: string, changed: readonly Changed[]) {
  const writers = new Map<string, ReturnType<typeof lineWriter>>()
  const to = (name: string) => {
    const writer = writers.get(name) ?? lineWriter(folder, name)
    writers.set(name, writer)
    return writer
  }
  const withdrawn = lineWriter(folder, 'withdrawn')
  const used = new Set<string>()
  const named = new Map<string, Attachment>()
  const putRecord = async (record: StoredRecord) => {
    const { kind, revision, number, origin, body } = record
    if (origin?.collection) used.add(origin.collection)
    for (const one of attachmentsIn(body)) named.set(one.file, one)
    await to(kind).line(publicLine(record))
    if (revision === 1) return
    for (const version of await records(db).versions(number)) await to(`versions-${kind}`).line(publicLine(version))
  }
  for (const some of chunks(changed)) {
    const found = await records(db).byNumbers(some.map(({ number }) => number))
    const byNumber = new Map(found.map((record) => [record.number, record]))
    for (const { number, id, kind, at } of some) {
      const record = byNumber.get(number)
      if (record && isDemonstration(record)) continue
      if (record?.status === 'published') await putRecord(record)
      else {
        const line: WithdrawnLine = { id, kind, withdrawnAt: record?.changedAt ?? at }
        await withdrawn.line(JSON.stringify(line))
      }
    }
  }
  const ended = await Promise.all([...writers].map(async ([, writer]) => writer.end()))
  return {
    resources: ended.filter(({ name }) => !name.startsWith('versions-')),
    versions: ended.filter(({ name }) => name.startsWith('versions-')),
    withdrawn: await withdrawn.end(),
    used,
    named: [...named.values()],
  }
}
