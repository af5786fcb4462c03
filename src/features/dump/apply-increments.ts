/** A dump brought up to date with increments, without asking the node: what comes of it is what a new dump would hold. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { fileDigest } from '#records/fields.ts'
import { attachmentsIn } from '#records/attachment.ts'
import type { StoredRecord } from '#records/record.ts'
import {
  attachmentFolder,
  expectOurs,
  filesOf,
  putInPlace,
  type DataPackage,
  type DumpFile,
  type SourceOfDump,
} from './dump.ts'
import type { Increment, WithdrawnLine } from './increment.ts'
import { lineWriter, packedLines } from './lines.ts'

type Version = Omit<StoredRecord, 'number'>
/** A record of the increments: its line and those of its versions; none where it is no longer published. */
type Change = { kind: string; line: string | undefined; versions: string[] }
type Part<Description> = { folder: string; description: Description }

const mostDescription = 4 * 1024 * 1024

/** @throws Problem dumpDamaged where there is no dump or increment */
export async function descriptionIn(folder: string): Promise<DataPackage | Increment> {
  const path = join(folder, 'datapackage.json')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Problem('dumpDamaged', { file: path }, { cause })
  })
  const said = parseJson(text, { bytes: mostDescription }) as Partial<DataPackage> | null
  if (!Array.isArray(said?.resources) || !Number.isSafeInteger(said.journal))
    throw new Problem('dumpDamaged', { file: path })
  return said as DataPackage | Increment
}

const isIncrement = (description: DataPackage | Increment): description is Increment => 'since' in description

/**
 * Writes `to` from a dump and increments, each of which goes on where the one before it ended.
 * Records of the increments are held in memory, those of the dump are not.
 * @throws Problem dumpDamaged where a file is not what its checksum says; incrementMissing where they do not join
 */
export async function applyIncrements(to: string, [base, ...rest]: readonly string[]): Promise<DataPackage> {
  await expectOurs(to)
  const dump = { folder: base!, description: await descriptionIn(base!) }
  const increments: Part<Increment>[] = []
  let last: DataPackage | Increment = dump.description
  if (isIncrement(last)) throw new Problem('incrementMissing', { folder: base! })
  for (const folder of rest) {
    const description = await descriptionIn(folder)
    if (!isIncrement(description) || !joins(description, last)) throw new Problem('incrementMissing', { folder })
    increments.push({ folder, description })
    last = description
  }
  const parts = [dump as Part<DataPackage | Increment>, ...increments]
  for (const { folder, description } of parts) await expectWhole(folder, description)
  const making = `${to}.making-${process.pid}`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  const description = await writeApplied(making, dump as Part<DataPackage>, increments)
  await writeFile(join(making, 'datapackage.json'), JSON.stringify(description, null, 2))
  await putInPlace(making, to)
  return description
}

const joins = ({ since }: Increment, { journal, created, log }: DataPackage | Increment): boolean =>
  since.journal === journal && since.created === created && since.checkpoint === log?.checkpoint

async function expectWhole(folder: string, description: DataPackage | Increment): Promise<void> {
  const files = [...filesOf(description as DataPackage), ...(isIncrement(description) ? [description.withdrawn] : [])]
  for (const { path, hash } of files) {
    if (!/^[a-z0-9-]+\.jsonl\.gz$/.test(String(path))) throw new Problem('dumpDamaged', { file: 'datapackage.json' })
    const digest = createHash('sha256')
    try {
      for await (const chunk of createReadStream(join(folder, path))) digest.update(chunk as Uint8Array)
    } catch (cause) {
      throw new Problem('dumpDamaged', { file: path }, { cause })
    }
    if (`sha256:${digest.digest('hex')}` !== hash) throw new Problem('dumpDamaged', { file: path })
  }
}

const textLines = (folder: string, { path }: DumpFile) => packedLines(folder, path)

async function readChanges(increments: readonly Part<Increment>[]): Promise<Map<string, Change>> {
  const changes = new Map<string, Change>()
  for (const { folder, description } of increments) {
    for await (const { text } of textLines(folder, description.withdrawn)) {
      const { id, kind } = parseJson(text) as WithdrawnLine
      changes.set(id, { kind, line: undefined, versions: [] })
    }
    for (const file of description.resources)
      for await (const { text } of textLines(folder, file)) {
        const { id, kind } = parseJson(text) as Version
        changes.set(id, { kind, line: text, versions: [] })
      }
    for (const file of description.versions ?? [])
      for await (const { text } of textLines(folder, file))
        changes.get((parseJson(text) as Version).id)?.versions.push(text)
  }
  return changes
}

async function writeApplied(
  making: string,
  { folder, description }: Part<DataPackage>,
  increments: readonly Part<Increment>[],
): Promise<DataPackage> {
  const last = increments.at(-1)?.description ?? description
  const changes = await readChanges(increments)
  const writing = newWriting(making)
  for (const file of description.resources) {
    const versions = description.versions?.find(({ name }) => name === `versions-${file.name}`)
    const older = versions ? textLines(folder, versions)[Symbol.asyncIterator]() : undefined
    let next = await older?.next()
    for await (const { text } of textLines(folder, file)) {
      const { id } = parseJson(text) as Version
      const own: string[] = []
      for (; next && !next.done && (parseJson(next.value.text) as Version).id === id; next = await older!.next())
        own.push(next.value.text)
      const change = changes.get(id)
      changes.delete(id)
      await writing.put(change ?? { kind: file.name, line: text, versions: own })
    }
  }
  for (const change of changes.values()) await writing.put(change)
  const { resources, versions, used, named } = await writing.end()
  const all = [{ folder, description }, ...increments]
  const attachments = await bringAttachments(making, named, all)
  const { observations, log } = await bringRest(making, all)
  const { profile, title, homepage, created, journal, licenses, observedAt } = last
  return {
    profile,
    name: 'qingdao-dump',
    title,
    ...(homepage && { homepage }),
    created,
    journal,
    resources,
    versions,
    ...(description.attachments && { attachments }),
    sources: sourcesIn(all, used),
    licenses,
    ...(observations && { observations, ...(observedAt && { observedAt }) }),
    ...(log && { log }),
  }
}

function newWriting(folder: string) {
  const writers = new Map<string, ReturnType<typeof lineWriter>>()
  const used = new Set<string>()
  const named = new Map<string, NonNullable<DataPackage['attachments']>[number]>()
  const to = (name: string) => {
    const writer = writers.get(name) ?? lineWriter(folder, name)
    writers.set(name, writer)
    return writer
  }
  return {
    put: async ({ kind, line, versions }: Change): Promise<void> => {
      if (line === undefined) return
      const { body, origin } = parseJson(line) as Version
      if (origin?.collection) used.add(origin.collection)
      for (const { file, mediaType, bytes } of attachmentsIn(body)) named.set(file, { file, mediaType, bytes })
      await to(kind).line(line)
      for (const version of versions) await to(`versions-${kind}`).line(version)
    },
    end: async () => {
      const files = await Promise.all([...writers.values()].map((writer) => writer.end()))
      const isOlder = ({ name }: DumpFile) => name.startsWith('versions-')
      return {
        resources: files.filter((file) => !isOlder(file)),
        versions: files.filter(isOlder),
        used,
        named: [...named.values()],
      }
    },
  }
}

const sourcesIn = (all: readonly Part<DataPackage | Increment>[], used: ReadonlySet<string>): SourceOfDump[] => [
  ...new Map(
    all
      .flatMap(({ description }) => description.sources)
      .filter(({ name }) => name === undefined || used.has(name))
      .map((source) => [source.name ?? source.title, source]),
  ).values(),
]

async function bringAttachments(
  making: string,
  named: NonNullable<DataPackage['attachments']>,
  all: readonly Part<DataPackage | Increment>[],
): Promise<NonNullable<DataPackage['attachments']>> {
  await mkdir(join(making, attachmentFolder), { recursive: true })
  const brought: NonNullable<DataPackage['attachments']> = []
  for (const one of named) {
    const from = all.find(({ description }) => description.attachments?.some(({ file }) => file === one.file))
    if (!from || !new RegExp(fileDigest).test(one.file)) continue
    await copyFile(join(from.folder, attachmentFolder, one.file), join(making, attachmentFolder, one.file))
    brought.push(one)
  }
  return brought
}

/** Values of indicators come whole with the newest that has them; entries of the log follow one another. */
async function bringRest(
  making: string,
  all: readonly Part<DataPackage | Increment>[],
): Promise<Pick<DataPackage, 'observations' | 'log'>> {
  const observed = all.findLast(({ description }) => description.observations)
  const observations = observed?.description.observations
  if (observations) await copyFile(join(observed.folder, observations.path), join(making, observations.path))
  const logs = all.flatMap(({ folder, description: { log } }) => (log ? [{ folder, log }] : []))
  const newest = logs.at(-1)?.log
  if (!newest) return { ...(observations && { observations }) }
  const writer = lineWriter(making, 'log')
  for (const { folder, log } of logs) for await (const { text } of textLines(folder, log.file)) await writer.line(text)
  return { ...(observations && { observations }), log: { ...newest, file: await writer.end() } }
}
