/** What was withdrawn leaves the increments that are kept: they name it as withdrawn, as if it had been so when they were written. */
import { copyFile, link, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { parseJson } from '#kernel/input-limits.ts'
import { withdrawnAfter } from '#kernel/journal.ts'
import { attachmentsIn } from '#records/attachment.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { descriptionIn } from './apply-increments.ts'
import { attachmentFolder, putInPlace, type DumpFile } from './dump.ts'
import { lineWriter, packedLines } from './lines.ts'
import { incrementsOf, keptIncrements, type Increment, type WithdrawnLine } from './increment.ts'

/** The records that are no longer published, and since when. */
type Gone = ReadonlyMap<string, string>

/** Takes out of the increments beside a dump what was withdrawn after a place of the journal. @returns how many were written anew */
export async function takeOutWithdrawn(db: Kysely<unknown>, dumpFolder: string, since: number): Promise<number> {
  const found = await records(db).findMany(await withdrawnAfter(db, since))
  const withdrawn = [...found.values()].filter(({ status }) => status === 'withdrawn')
  const gone: Gone = new Map(withdrawn.map(({ id, changedAt }) => [id, changedAt]))
  let changed = 0
  if (gone.size === 0) return changed
  for (const name of await keptIncrements(dumpFolder))
    if (await takeOut(join(incrementsOf(dumpFolder), name), gone)) changed++
  return changed
}

async function takeOut(folder: string, gone: Gone): Promise<boolean> {
  const description = (await descriptionIn(folder)) as Increment
  const older = description.versions ?? []
  const holds = async (file: DumpFile) => {
    for await (const { id } of recordsIn(folder, file)) if (gone.has(id)) return true
    return false
  }
  const touched = new Set<DumpFile>()
  for (const file of [...description.resources, ...older]) if (await holds(file)) touched.add(file)
  if (touched.size === 0) return false
  const making = `${folder}.making-${process.pid}`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { recursive: true })
  const without = async (files: readonly DumpFile[]) => {
    const kept: DumpFile[] = []
    for (const file of files) kept.push(touched.has(file) ? await fileWithout(folder, making, file, gone) : file)
    return kept.filter(({ rows }) => rows > 0)
  }
  const resources = await without(description.resources)
  const versions = await without(older)
  const withdrawn = await withdrawnWith(folder, making, description, gone)
  const written = new Set([...touched, description.withdrawn].map(({ path }) => path))
  await bringOthers(folder, making, written)
  const attachments = description.attachments && (await attachmentsStillNamed(folder, making, description, resources))
  const said = { ...description, resources, versions, withdrawn, ...(attachments && { attachments }) }
  await writeFile(join(making, 'datapackage.json'), JSON.stringify(said, null, 2))
  await putInPlace(making, folder)
  return true
}

type Line = Pick<StoredRecord, 'id' | 'kind' | 'body'>

async function* linesIn(folder: string, { path }: DumpFile): AsyncIterable<{ text: string; record: Line }> {
  for await (const { text } of packedLines(folder, path)) yield { text, record: parseJson(text) as Line }
}

async function* recordsIn(folder: string, file: DumpFile): AsyncIterable<Line> {
  for await (const { record } of linesIn(folder, file)) yield record
}

async function fileWithout(folder: string, making: string, file: DumpFile, gone: Gone): Promise<DumpFile> {
  const writer = lineWriter(making, file.name)
  for await (const { text, record } of linesIn(folder, file)) if (!gone.has(record.id)) await writer.line(text)
  const written = await writer.end()
  if (written.rows === 0) await rm(join(making, written.path))
  return written
}

/** Who applies the increment takes out what was withdrawn since, too. */
async function withdrawnWith(folder: string, making: string, description: Increment, gone: Gone): Promise<DumpFile> {
  const writer = lineWriter(making, 'withdrawn')
  const named = new Set<string>()
  for await (const { text, record } of linesIn(folder, description.withdrawn)) {
    named.add(record.id)
    await writer.line(text)
  }
  for (const file of description.resources)
    for await (const { id, kind } of recordsIn(folder, file)) {
      const withdrawnAt = gone.get(id)
      if (withdrawnAt === undefined || named.has(id)) continue
      named.add(id)
      const line: WithdrawnLine = { id, kind, withdrawnAt }
      await writer.line(JSON.stringify(line))
    }
  return writer.end()
}

const bring = (from: string, to: string) => link(from, to).catch(() => copyFile(from, to))

async function bringOthers(folder: string, making: string, written: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder))
    if (name.endsWith('.jsonl.gz') && !written.has(name)) await bring(join(folder, name), join(making, name))
}

async function attachmentsStillNamed(
  folder: string,
  making: string,
  { attachments = [] }: Increment,
  resources: readonly DumpFile[],
): Promise<NonNullable<Increment['attachments']>> {
  const named = new Set<string>()
  for (const file of resources)
    for await (const { body } of recordsIn(making, file)) for (const one of attachmentsIn(body)) named.add(one.file)
  const kept = attachments.filter(({ file }) => named.has(file))
  await mkdir(join(making, attachmentFolder), { recursive: true })
  for (const { file } of kept) await bring(join(folder, attachmentFolder, file), join(making, attachmentFolder, file))
  return kept
}
