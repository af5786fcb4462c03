/** Reading the dump of another node into this one, some hundred records at a time. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '#kernel/context.ts'
import { parseJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { fileDigest } from '#records/fields.ts'
import type { StoredRecord } from '#records/record.ts'
import type { ImportCounts } from '#records/sources/import.ts'
import type { Refusal } from '#records/sources/ingest.ts'
import { takeObservationLines } from '#features/indicators/dump.ts'
import { observe } from '#features/indicators/observe.ts'
import { attachmentFolder, readDump, readLines, type DataPackage, type DumpFile } from './dump.ts'
import { takeAttachment, takeDump, type DumpRow } from './take-dump.ts'
import type { Perform } from '#kernel/operation.ts'

/** `scratch`: a folder on the disk of the data, for a moment. */
type Into = {
  perform: Perform
  scratch: string
  dryRun?: boolean
  tell?: (counts: ImportCounts) => void
}
export type DumpReport = { title: string; counts: ImportCounts; attachments: number; refused: Refusal[] }

const rowsAtOnce = 200
const toldAtMost = 100_000
const mostDescription = 4 * 1024 * 1024

/** What a folder says of itself, if it holds the dump of a node. @throws Problem malformedJson */
export async function dumpIn(folder: string): Promise<DataPackage | undefined> {
  const text = await readFile(join(folder, 'datapackage.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const said = parseJson(text, { bytes: mostDescription }) as Partial<DataPackage> | null
  return said?.name === 'qingdao-dump' && Array.isArray(said.resources) ? (said as DataPackage) : undefined
}

/**
 * @throws Problem dumpDamaged where a file is not what its checksum says: then nothing of it was taken.
 * Records that do not fit are in the report.
 */
export async function importDump(
  folder: string,
  description: DataPackage,
  { perform, scratch, dryRun = false, tell = () => {} }: Into,
): Promise<DumpReport> {
  const actor: Actor = { kind: 'system', id: `import/${nodeNameOf(description)}` }
  const { observations } = description
  const files = [...description.resources, ...(description.versions ?? []), ...(observations ? [observations] : [])]
  for (const file of files) await expectWhole(folder, file)
  const counts: ImportCounts = { read: 0, added: 0, changed: 0, unchanged: 0, refused: 0, notes: 0 }
  const report: DumpReport = { title: String(description.title), counts, attachments: 0, refused: [] }
  if (!dryRun)
    report.attachments = await takeAttachments(folder, description, scratch, (path, file) =>
      perform(takeAttachment, actor, { path, file }),
    )

  let waiting: DumpRow[] = []
  const send = async () => {
    const homepage = typeof description.homepage === 'string' ? { homepage: description.homepage } : {}
    const { added, changed, unchanged, refused } = await perform(takeDump, actor, {
      rows: waiting,
      dryRun,
      ...homepage,
    })
    waiting = []
    counts.added += added
    counts.changed += changed
    counts.unchanged += unchanged
    counts.refused += refused.length
    report.refused.push(...refused.slice(0, toldAtMost - report.refused.length))
    tell(counts)
  }
  for (const file of description.resources)
    for await (const row of withVersions(folder, file, description.versions ?? [])) {
      counts.read++
      waiting.push(row)
      if (waiting.length >= rowsAtOnce) await send()
    }
  if (waiting.length > 0) await send()
  if (observations && !dryRun)
    for (const refusal of await takeObservations(perform, actor, folder, observations)) {
      counts.refused++
      report.refused.push(refusal)
    }
  return report
}

/** Values of indicators; a release that is older than the one here is told once, and does not keep the others out. */
async function takeObservations(
  perform: Perform,
  actor: Actor,
  folder: string,
  { path }: DumpFile,
): Promise<Refusal[]> {
  const refused: Refusal[] = []
  await takeObservationLines(readLines(folder, path), (source) => async (input) => {
    try {
      return await perform(observe, actor, input)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'releaseOlder') throw error
      const place = `${path}: ${source} ${input.release.publishedOn}`
      if (!refused.some((one) => one.place === place))
        refused.push({ place, code: 'releaseOlder', values: error.values })
      return { added: 0, changed: 0, ended: 0, unchanged: 0, refused: [] }
    }
  })
  return refused
}

/** By its address, so that another dump of the same node goes on where this one ended. */
const nodeNameOf = ({ homepage, title }: DataPackage): string =>
  homepage && URL.canParse(homepage) ? new URL(homepage).host : String(title).slice(0, 80)

/** @throws Problem dumpDamaged */
async function expectWhole(folder: string, { path, hash }: DumpFile): Promise<void> {
  if (!/^[a-z0-9-]+\.jsonl\.gz$/.test(String(path))) throw new Problem('dumpDamaged', { file: 'datapackage.json' })
  const digest = createHash('sha256')
  try {
    for await (const chunk of createReadStream(join(folder, path))) digest.update(chunk as Uint8Array)
  } catch (cause) {
    throw new Problem('dumpDamaged', { file: path }, { cause })
  }
  if (`sha256:${digest.digest('hex')}` !== hash) throw new Problem('dumpDamaged', { file: path })
}

type Version = Omit<StoredRecord, 'number'>
const numbered = (version: Version): StoredRecord => ({ ...version, number: 0 })

/** Both files are in the order of the records, so that they are read side by side. */
async function* withVersions(folder: string, { name, path }: DumpFile, all: readonly DumpFile[]) {
  const file = all.find((one) => one.name === `versions-${name}`)
  const earlier = file ? readDump(folder, file.path)[Symbol.asyncIterator]() : undefined
  let next = await earlier?.next()
  let line = 0
  for await (const record of readDump(folder, path)) {
    const versions: StoredRecord[] = []
    for (; next && !next.done && next.value.id === record.id; next = await earlier!.next())
      versions.push(numbered(next.value))
    yield { place: `${path}:${++line}`, record: numbered(record), versions }
  }
}

/** Each from a copy of its own, which is moved to its place. */
async function takeAttachments(
  folder: string,
  { attachments = [] }: DataPackage,
  scratch: string,
  take: (path: string, file: string) => Promise<unknown>,
): Promise<number> {
  if (attachments.length === 0) return 0
  await mkdir(scratch, { recursive: true })
  const between = await mkdtemp(join(scratch, 'attachments-'))
  try {
    for (const { file } of attachments) {
      if (!new RegExp(fileDigest).test(String(file))) throw new Problem('dumpDamaged', { file: 'datapackage.json' })
      const path = join(between, file)
      await copyFile(join(folder, attachmentFolder, file), path).catch((cause: unknown) => {
        throw new Problem('dumpDamaged', { file: `${attachmentFolder}/${file}` }, { cause })
      })
      await take(path, file)
    }
    return attachments.length
  } finally {
    await rm(between, { recursive: true, force: true })
  }
}
